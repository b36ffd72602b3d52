"""The attainment report and its command, and a real log judged by a sensible plan."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from sm_planner.cli import cli
from sm_planner.engine import plan_file
from sm_planner.engine.attainment import (
    GROUPINGS,
    Outcome,
    State,
    evaluate,
    load_log_map,
    parse_log,
    read_log,
    tickets_of,
)
from sm_planner.engine.catalogue_import import find_map
from sm_planner.engine.model import Plan
from sm_planner.reports import sla_attainment

PLAN = Path(__file__).parents[3] / "fixtures" / "plans" / "incidents.yaml"
REAL = Path(__file__).parents[4] / "shared" / "data" / "incidents-2016-a.csv"
MAP = load_log_map(find_map("servicenow-incidents"))
HEADER = "number,incident_state,sys_updated_at,opened_at,sys_mod_count,priority,assignment_group"
LOG = "\n".join(
    [
        HEADER,
        "INC1,New,07-03-2016 09:00,07-03-2016 09:00,0,3 - Moderate,Desk",
        "INC1,Active,07-03-2016 10:00,07-03-2016 09:00,1,3 - Moderate,Desk",
        "INC1,Resolved,08-03-2016 10:00,07-03-2016 09:00,2,3 - Moderate,Network",
        "INC2,New,07-03-2016 09:00,07-03-2016 09:00,0,1 - Critical,Desk",
        "INC2,Resolved,07-03-2016 14:00,07-03-2016 09:00,1,1 - Critical,Desk",
        "INC3,New,01-04-2016 09:00,01-04-2016 09:00,0,?,Desk",
        "",
    ]
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_file.load(PLAN)


def shown(table) -> list[tuple]:
    names = ("group", "metric", "met", "missed", "percent", "not_evaluated")
    return [tuple(row[name] for name in names) for row in table.as_dict()["rows"]]


def test_a_row_for_each_service_level_with_what_was_promised(plan):
    table = sla_attainment.report(plan, date(2016, 4, 30), log=parse_log(LOG, MAP))

    rows = [
        (row["group"], row["metric"], row["promised"], row["met"], row["missed"])
        for row in table.as_dict()["rows"]
    ]
    assert rows == [
        ("IT services for all users", "Response", "30 Minutes", 0, 1),
        ("IT services for all users", "Response", "4 Hours", 1, 0),
        ("IT services for all users", "Response", "", 0, 0),
        ("IT services for all users", "Resolution", "4 Hours", 0, 1),
        ("IT services for all users", "Resolution", "24 Hours", 1, 0),
        ("IT services for all users", "Resolution", "", 0, 0),
    ]
    assert table.rows[3]["worst"] == "INC2 (60)"
    assert (table.rows[4]["p50"], table.rows[3]["over"]) == (11.0, 60)
    assert str(table.rows[5]["reason"]) == "Its priority has no target"
    assert table.rows[5]["reasons"] == {"no_target": 1}


def test_rows_by_month_and_party(plan):
    log = parse_log(LOG, MAP)

    assert shown(sla_attainment.report(plan, date(2016, 4, 30), log=log, by="month"))[:2] == [
        ("2016-03", "Response", 1, 1, 50.0, 0),
        ("2016-03", "Resolution", 1, 1, 50.0, 0),
    ]
    assert shown(sla_attainment.report(plan, date(2016, 4, 30), log=log, by="party"))[:2] == [
        ("Desk", "Response", 0, 1, 0.0, 1),
        ("Desk", "Resolution", 0, 1, 0.0, 1),
    ]


@pytest.mark.parametrize("by", [*GROUPINGS, "period"])
def test_the_report_keeps_the_shape_of_all_reports(plan, by):
    table = sla_attainment.report(plan, date(2016, 4, 30), log=parse_log(LOG, MAP), by=by)

    names = [column.fieldname for column in table.columns]
    assert all(set(names) <= set(row) for row in table.rows)
    assert all(len(dataset.values) == len(table.chart.labels) for dataset in table.chart.datasets)
    assert json.loads(json.dumps(table.as_dict()))["rows"]


def test_the_report_looks_at_the_log_as_it_was_on_its_day(plan):
    rows = shown(sla_attainment.report(plan, date(2016, 3, 7), log=parse_log(LOG, MAP), by="priority"))

    assert rows == [
        ("P1", "Response", 0, 1, 0.0, 0),
        ("P1", "Resolution", 0, 1, 0.0, 0),
        ("P3", "Response", 1, 0, 100.0, 0),
        ("P3", "Resolution", 0, 0, None, 1),
    ]


def test_the_message_says_what_to_do_first(plan):
    def message(text: str, day: date = date(2016, 4, 30)) -> str:
        return str(sla_attainment.report(plan, day, log=parse_log(text, MAP)).message)

    assert message(LOG).startswith("As of Friday 2016-04-01 09:00 UTC.")
    assert message(LOG.replace("Active", "Asleep")).startswith("1 problems in the log keep tickets")
    assert "The first of them: log:3:1: incident_state: The map does not know the state “Asleep”." in message(
        LOG.replace("Active", "Asleep")
    )
    assert message(LOG, date(2016, 1, 1)).startswith("The log holds no tickets")
    assert message(f"{HEADER}\nINC3,New,01-04-2016 09:00,?,0,?,Desk\n").startswith(
        "Nothing could be evaluated"
    )


def test_what_is_not_looked_at_is_told_with_its_number(plan):
    table = sla_attainment.report(
        plan, date(2016, 3, 7), log=parse_log(LOG.replace("INC2,Resolved", "INC2,Cancelled"), MAP)
    )

    figures = {str(figure.label): figure.value for figure in table.summary}
    assert figures["Tickets"] == 1
    assert figures["Left out: cancelled"] == 1
    assert figures["Events after the evaluation date"] == 2
    assert figures["Tickets that begin after it"] == 1
    assert "2 events are after the evaluation date and are ignored; 1 tickets begin only then." in str(
        table.message
    )
    assert str(table.message).endswith("1 tickets were cancelled and are not counted.")


def test_a_log_with_a_row_a_ticket_tells_no_response_and_open_tickets_are_no_problem_of_it(plan):
    text = "\n".join(
        [
            HEADER,
            "INC1,Closed,07-03-2016 10:00,07-03-2016 09:00,0,1 - Critical,Desk",
            "INC2,Closed,08-03-2016 10:00,07-03-2016 09:00,0,1 - Critical,Desk",
            "INC3,Active,?,08-03-2016 09:30,0,1 - Critical,Desk",
            "INC4,Closed,?,07-03-2016 09:00,0,1 - Critical,Desk",
            "",
        ]
    )
    table = sla_attainment.report(plan, date(2016, 4, 30), log=parse_log(text, MAP))

    response, resolution = table.rows
    assert (response["met"], response["missed"], response["reasons"]) == (0, 0, {"no_answer": 4})
    assert (resolution["met"], resolution["missed"], resolution["reasons"]) == (
        1,
        1,
        {"open": 1, "undated": 1},
    )
    assert str(response["reason"]) == "The log does not say when it was answered"
    assert {str(figure.label): figure.value for figure in table.summary}["Problems in the log"] == 0


# The command


def attain(tmp_path, *options: str, text: str = LOG):
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(
        cli, ["attain", str(PLAN), str(path), "--map", "servicenow-incidents", *options]
    )


def test_the_command_shows_the_report(tmp_path):
    result = attain(tmp_path, "--by", "priority")

    assert result.exit_code == 0
    assert "Resolution met: 1" in result.output


@pytest.mark.parametrize(("percent", "status"), [("0", 0), ("50", 0), ("50.01", 1)])
def test_the_command_fails_below_a_percentage(tmp_path, percent, status):
    assert attain(tmp_path, "--by", "month", "--fail-below", percent).exit_code == status


def test_a_log_in_which_nothing_can_be_evaluated_reaches_no_percentage(tmp_path):
    text = f"{HEADER}\nINC3,New,01-04-2016 09:00,?,0,?,Desk\n"

    assert attain(tmp_path, "--fail-below", "0", text=text).exit_code == 1


def test_the_command_writes_json_with_the_problems_of_the_log(tmp_path):
    result = attain(tmp_path, "--json", text=LOG.replace("Active", "Asleep"))

    written = json.loads(result.output)
    assert written["problem_count"] == 1
    assert written["problems"][0]["line"] == 3
    assert {row["reason"] for row in written["rows"]} >= {"One of its rows cannot be read"}


def test_a_log_that_cannot_be_used_ends_the_command(tmp_path):
    result = attain(tmp_path, text="number,state\n")

    assert result.exit_code == 2
    assert "There is no column “incident_state”." in result.output


# The real log. It is judged by a plan of ours; its own flag made_sla is by another, which it does not tell.

real = pytest.mark.skipif(not REAL.is_file(), reason=f"the real log is not there: {REAL}")


def flags() -> dict[str, bool]:
    """The log's own verdict on each ticket: that of its last row."""
    with REAL.open(encoding="utf-8", newline="") as file:
        return {row["number"]: row["made_sla"] == "TRUE" for row in csv.DictReader(file)}


def compared(plan: Plan, log_map) -> tuple[Counter, dict[str, bool]]:
    """Our verdict on the resolution beside the flag, counted; and which tickets met it."""
    log = read_log(REAL, log_map)
    until = log.known_until(date(2020, 1, 1))
    verdicts = evaluate(plan, tickets_of(log, until), until)
    flag, counts, met = flags(), Counter(), {}
    rows = zip(verdicts.ticket.tolist(), verdicts.level.tolist(), verdicts.outcome.tolist(), strict=True)
    for ticket, level, outcome in rows:
        if verdicts.levels[level].metric == "Resolution":
            id = verdicts.tickets.ids[ticket]
            counts[Outcome(outcome).name, flag[id]] += 1
            met[id] = outcome == Outcome.MET
    return counts, met


@real
def test_the_real_log_is_read_without_a_problem_and_every_ticket_is_judged(plan):
    log = read_log(REAL, MAP)
    table = sla_attainment.report(plan, date(2020, 1, 1), log=log)

    assert (len(log.tickets), log.at.size, log.unread) == (600, 4137, 0)
    assert sum(row["met"] + row["missed"] + row["not_evaluated"] for row in table.rows) == 1_200
    reasons = Counter()
    for row in table.rows:
        reasons.update(row["reasons"])
    assert reasons == {"no_answer": 130}


@real
def test_our_verdicts_beside_the_flag_of_the_real_log(plan):
    counts, _ = compared(plan, MAP)

    assert counts == {
        ("MET", True): 316,
        ("MISSED", True): 67,
        ("MET", False): 77,
        ("MISSED", False): 140,
    }


@real
def test_the_flag_of_the_real_log_is_a_limit_on_the_time_until_closing(plan):
    """Counted round the clock, with no pause, until a ticket is closed, four limits give the flag exactly."""
    states = {**MAP.states, "Awaiting User Info": State.WORKING, "Resolved": State.WORKING}
    limits = {"P1": 24.0, "P2": 72.0, "P3": 210.0, "P4": 336.0}
    (agreement,) = plan.agreements
    targets = tuple(
        replace(target, value=limits[target.priority], unit="Hours", calendar="round-the-clock")
        for target in agreement.targets
    )
    closing = replace(plan, agreements=(replace(agreement, targets=targets),))

    _, met = compared(closing, replace(MAP, states=states))

    assert met == flags()


def test_the_command_line_judges_targets_by_period(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    asked = [
        "attain",
        str(PLAN),
        str(log),
        "--map",
        "servicenow-incidents",
        "--by",
        "period",
        "--as-of",
        "2016-04-30",
    ]

    shown = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)["rows"]

    first = next(row for row in shown if row["metric"] == "Resolution")
    assert (first["period"], first["first_day"], first["last_day"]) == ("2016-03", "2016-03-01", "2016-03-31")
    assert (first["state"], first["kept"], first["value"], first["breached"]) == (
        "Missed",
        False,
        5.0,
        "2016-03",
    )
    assert first["dues"] == [{"credit_percent": None, "money": None, "unknown": "", "escalate_to": ""}]


def test_the_command_line_tells_availability(tmp_path):
    outages = tmp_path / "outages.csv"
    outages.write_text("service,from,to\nit-services,2016-03-01T00:00,2016-03-02T00:00\n", encoding="utf-8")
    promised = tmp_path / "plan.yaml"
    text = PLAN.read_text(encoding="utf-8")
    promised.write_text(
        f"{text}      - {{metric: Availability, value: 99, unit: Percent}}\n", encoding="utf-8"
    )
    asked = ["availability", str(promised), str(outages), "--as-of", "2016-04-02", "--json", "--since"]

    found = CliRunner().invoke(cli, [*asked, "2016-03-01"])

    assert found.exit_code == 1
    assert [(row["period"], row["kept"], row["down"]) for row in json.loads(found.stdout)["rows"]] == [
        ("2016-03", False, 600),
        ("2016-04", None, 0),
    ]
    assert CliRunner().invoke(cli, [*asked, "spring"]).exit_code == 2
