"""Attainment: what was promised and what was kept, in exact service time.

A log of events becomes tickets, tickets are judged by the SLAs of a plan, and verdicts are summed up::

    log = read_log("incidents.csv", load_log_map("map.yaml"))
    until = log.known_until(today)
    verdicts = evaluate(plan, tickets_of(log, until), until)
    lines = summarise(verdicts, "service-level")
    periods = by_period(verdicts, today)

See docs/attainment.md for what is counted, and why. These modules use NumPy.
"""

from sm_planner.engine.attainment.availability import Availability, availability_of
from sm_planner.engine.attainment.event_log import parse_log, read_log
from sm_planner.engine.attainment.events import MISSING, NONE, EventLog, RowFault
from sm_planner.engine.attainment.keeping import measurements
from sm_planner.engine.attainment.log_map import LogMap, State, load_log_map
from sm_planner.engine.attainment.outcomes import EVALUATED, Outcome
from sm_planner.engine.attainment.periods import PeriodLine, by_period
from sm_planner.engine.attainment.summary import GROUPINGS, PERCENTILES, Line, Offender, summarise
from sm_planner.engine.attainment.terms import Level, Terms
from sm_planner.engine.attainment.tickets import Changes, Tickets, tickets_of
from sm_planner.engine.attainment.verdicts import Verdicts, evaluate, judge

__all__ = [
    "EVALUATED",
    "GROUPINGS",
    "MISSING",
    "NONE",
    "Availability",
    "Changes",
    "EventLog",
    "RowFault",
    "Level",
    "Line",
    "LogMap",
    "Offender",
    "Outcome",
    "PERCENTILES",
    "PeriodLine",
    "State",
    "Terms",
    "Tickets",
    "Verdicts",
    "availability_of",
    "by_period",
    "evaluate",
    "judge",
    "load_log_map",
    "measurements",
    "parse_log",
    "read_log",
    "summarise",
    "tickets_of",
]
