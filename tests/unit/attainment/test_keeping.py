"""What was attained, kept as measurements."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sm_planner.engine import plan_file
from sm_planner.engine.attainment import (
    by_period,
    evaluate,
    load_log_map,
    measurements,
    parse_log,
    tickets_of,
)
from sm_planner.engine.catalogue_import import find_map
from sm_planner.engine.model.fields import LINE_LENGTH

PLAN = plan_file.load(Path(__file__).parents[3] / "fixtures" / "plans" / "incidents.yaml")
MAP = load_log_map(find_map("servicenow-incidents"))
LOG = """number,incident_state,sys_updated_at,opened_at,sys_mod_count,priority,assignment_group
INC1,New,07-03-2016 09:00,07-03-2016 09:00,0,1 - Critical,Desk
INC1,Resolved,07-03-2016 10:00,07-03-2016 09:00,1,1 - Critical,Desk
INC2,New,07-03-2016 09:00,07-03-2016 09:00,0,1 - Critical,Desk
INC2,Resolved,07-03-2016 14:30,07-03-2016 09:00,1,1 - Critical,Desk
INC3,New,07-03-2016 09:00,07-03-2016 09:00,0,2 - High,Desk
"""
DAY = date(2016, 3, 7)


def kept(log: str, name: str = "log.csv"):
    events = parse_log(log, MAP)
    until = events.known_until(DAY)
    lines = by_period(evaluate(PLAN, tickets_of(events, until), until), DAY)
    return list(measurements(lines, DAY, name, "sha256:" + "0" * 64))


def test_what_nearly_all_tickets_took_is_kept_in_the_unit_of_the_target_where_tickets_ended():
    (fact,) = (one for one in kept(LOG) if one.metric == "Resolution")

    assert (fact.agreement, fact.priority, fact.day, fact.value) == (
        PLAN.agreements[0].id,
        "P1",
        DAY,
        5.5,
    )
    assert fact.evidence == "log.csv, sha256:" + "0" * 64
    assert not list(fact.misfits())


def test_the_hash_of_the_log_is_kept_whole_however_long_its_name_is():
    fact = kept(LOG, "l" * 200)[0]

    assert len(fact.evidence) == LINE_LENGTH
    assert fact.evidence.endswith("l, sha256:" + "0" * 64)
