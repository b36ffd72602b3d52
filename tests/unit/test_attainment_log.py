"""Event logs: what a map may say, which rows can be read, and what tickets become of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.attainment import (
    MISSING,
    NONE,
    Fault,
    LogMap,
    State,
    load_log_map,
    parse_log,
    read_log,
    tickets_of,
)
from sm_planner.engine.catalogue_import import MapError, find_map
from sm_planner.engine.plan_file import PlanFileError

MAP = LogMap(
    columns={"ticket": "id", "state": "state", "at": "at"},
    states={
        "new": State.NEW,
        "work": State.WORKING,
        "wait": State.WAITING,
        "done": State.RESOLVED,
        "shut": State.RESOLVED,
    },
    time_format="%Y-%m-%d %H:%M",
    timezone="Europe/Berlin",
    missing=frozenset({"?"}),
)
FULL = replace(
    MAP,
    columns={
        **MAP.columns,
        "opened": "opened",
        "order": "order",
        "priority": "priority",
        "service": "service",
        "party": "party",
    },
    priorities={"1 - Critical": "P1"},
    services={"E-mail": "mail"},
    service="desk",
)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


def rows(*lines: str, header: str = "id,state,at") -> str:
    return "\n".join([header, *lines, ""])


def full(*lines: str) -> str:
    return rows(*lines, header="id,state,at,opened,order,priority,service,party")


def tickets(text: str, log_map: LogMap = MAP, until: str = "2030-01-01"):
    return tickets_of(parse_log(text, log_map), utc(until))


def pauses(found) -> list[tuple[int, int, int]]:
    return list(
        zip(
            found.pauses.ticket.tolist(), found.pauses.start.tolist(), found.pauses.stop.tolist(), strict=True
        )
    )


# Tickets


def test_a_ticket_begins_with_its_first_event_is_answered_by_the_next_state_and_ends_resolved():
    found = tickets(rows("A,new,2026-01-05 09:00", "A,work,2026-01-05 10:00", "A,done,2026-01-05 12:00"))

    assert found.ids == ("A",)
    assert found.start.tolist() == [utc("2026-01-05 08:00")]
    assert {metric: end.tolist() for metric, end in found.ends.items()} == {
        "Response": [utc("2026-01-05 09:00")],
        "Resolution": [utc("2026-01-05 11:00")],
    }
    assert pauses(found) == []


def test_waiting_is_a_pause_and_lasts_if_nothing_ends_it():
    found = tickets(
        rows(
            "A,work,2026-01-05 09:00",
            "A,wait,2026-01-05 10:00",
            "A,wait,2026-01-05 11:00",
            "A,work,2026-01-05 12:00",
            "A,wait,2026-01-05 13:00",
        )
    )

    assert pauses(found)[:2] == [
        (0, utc("2026-01-05 09:00"), utc("2026-01-05 10:00")),
        (0, utc("2026-01-05 10:00"), utc("2026-01-05 11:00")),
    ]
    assert pauses(found)[2][1] == utc("2026-01-05 12:00")
    assert pauses(found)[2][2] > utc("9999-01-01")
    assert found.ends["Resolution"].tolist() == [MISSING]


def test_a_reopened_ticket_goes_on_and_the_time_until_then_is_a_pause():
    found = tickets(
        rows(
            "A,work,2026-01-05 09:00",
            "A,done,2026-01-05 10:00",
            "A,shut,2026-01-05 11:00",
            "A,work,2026-01-05 12:00",
            "A,done,2026-01-05 13:00",
            "A,shut,2026-01-05 14:00",
        )
    )

    assert found.ends["Resolution"].tolist() == [utc("2026-01-05 12:00")]
    assert pauses(found) == [
        (0, utc("2026-01-05 09:00"), utc("2026-01-05 10:00")),
        (0, utc("2026-01-05 10:00"), utc("2026-01-05 11:00")),
    ]


def test_events_after_the_instant_of_judgement_are_not_looked_at():
    text = rows(
        "A,work,2026-01-05 09:00",
        "A,done,2026-01-05 10:00",
        "A,work,2026-01-06 09:00",
        "B,new,2026-01-06 09:00",
    )

    before, after = tickets(text, until="2026-01-05 12:00"), tickets(text)

    assert before.ids == ("A",)
    assert before.ends["Resolution"].tolist() == [utc("2026-01-05 09:00")]
    assert after.ids == ("A", "B")
    assert after.ends["Resolution"].tolist() == [MISSING, MISSING]


def test_the_log_says_when_a_ticket_was_opened_and_what_it_is():
    found = tickets(
        full(
            "A,new,2026-01-05 09:00,2026-01-05 08:30,1,P4,?,Desk",
            "A,work,2026-01-05 10:00,2026-01-05 08:30,2,1 - Critical,E-mail,Mail Team",
            "A,done,2026-01-05 11:00,?,3,?,?,?",
            "B,new,2026-01-05 09:00,,1,,,",
        ),
        FULL,
    )

    assert found.start.tolist() == [utc("2026-01-05 07:30"), MISSING]
    assert found.priority.tolist() == [0, NONE]
    assert [found.services[code] for code in found.service] == ["mail", "desk"]
    assert [found.parties[code] for code in found.party if code != NONE] == ["Mail Team"]


def test_the_map_can_let_the_first_priority_count():
    text = full("A,new,2026-01-05 09:00,,1,P4,,", "A,work,2026-01-05 10:00,,2,P1,,")

    assert tickets(text, FULL).priority.tolist() == [0]
    assert tickets(text, replace(FULL, priority_counts="first")).priority.tolist() == [3]


def test_rows_of_one_minute_go_by_their_order_and_else_by_their_line():
    lines = ("A,done,2026-01-05 10:00,,3,,,", "A,wait,2026-01-05 10:00,,2,,,", "A,new,2026-01-05 09:00,,1,,,")
    by_line = rows("A,done,2026-01-05 10:00", "A,wait,2026-01-05 10:00", "A,new,2026-01-05 09:00")

    assert tickets(full(*lines), FULL).ends["Resolution"].tolist() == [utc("2026-01-05 09:00")]
    assert tickets(by_line).ends["Resolution"].tolist() == [MISSING]


# Local times


@pytest.mark.parametrize(
    ("local", "rule", "expected"),
    [
        ("2026-03-29 02:30", "earlier", "2026-03-29 00:30"),
        ("2026-03-29 02:30", "later", "2026-03-29 01:30"),
        ("2026-10-25 02:30", "earlier", "2026-10-25 00:30"),
        ("2026-10-25 02:30", "later", "2026-10-25 01:30"),
    ],
)
def test_the_map_says_how_gaps_and_folds_are_read(local, rule, expected):
    log = parse_log(rows(f"A,new,{local}"), replace(MAP, gap=rule, fold=rule))

    assert log.at.tolist() == [utc(expected)]
    assert log.unread == 0


@pytest.mark.parametrize(
    ("local", "message"),
    [
        ("2026-03-29 02:30", "does not exist in Europe/Berlin: the clock was put forward."),
        ("2026-10-25 02:30", "happens twice in Europe/Berlin: the clock was put back."),
    ],
)
def test_a_gap_or_a_fold_is_reported_and_its_ticket_has_a_fault(local, message):
    log = parse_log(rows("B,new,2026-01-05 09:00", f"A,new,{local}"), MAP)

    assert [str(problem) for problem in log.problems] == [
        f"log:3:1: at: {local}:00 {message} In the map, say under times which reading to take: earlier or later."
    ]
    assert tickets_of(log, utc("2030-01-01")).fault.tolist() == [Fault.NONE, Fault.UNCLEAR]


def test_a_time_with_an_offset_needs_no_zone():
    log = parse_log(rows("A,new,2026-03-29 02:30+0100"), replace(MAP, time_format="%Y-%m-%d %H:%M%z"))

    assert log.at.tolist() == [utc("2026-03-29 01:30")]


# Rows that cannot be read


def test_every_row_that_cannot_be_read_is_told_with_its_line_and_makes_its_ticket_one_with_a_fault():
    log = parse_log(
        full(
            ",new,2026-01-05 09:00,,,,,",
            "A,new,05.01.2026,,,,,",
            "B,sleeping,2026-01-05 09:00,,,,,",
            "C,new,2026-01-05 09:00,,,urgent,,",
            "D,new,2026-01-05 09:00,9999-12-31 00:00,,,,",
            "E,new,2026-01-05 09:00,,first,,,",
            "F,new,?,,,,,",
            "G,new",
            "H,new,2026-01-05 09:00,,,,,",
        ),
        FULL,
    )

    assert [str(problem) for problem in log.problems] == [
        "log:2:1: The row has no ticket. Give the ticket's id.",
        "log:3:1: at: “05.01.2026” is not a time. Write it as %Y-%m-%d %H:%M, or another format in the map.",
        "log:4:1: state: The map does not know the state “sleeping”. "
        "Say in the map, under states, what it means for the clock.",
        "log:5:1: priority: The map does not know the priority “urgent”. "
        "Say in the map, under priorities, which of P1, P2, P3, P4, P5 it is.",
        "log:6:1: opened: The year 9999 is far away. Use years from 1970 to 2169.",
        "log:7:1: order: “first” is not a whole number. Write digits only, such as 12.",
        "log:8:1: at: There is no value. Give one.",
        "log:9:1: at: There is no value. Give one.",
    ]
    found = tickets_of(log, utc("2030-01-01"))
    assert found.ids == tuple("ABCDEFGH")
    assert found.fault.tolist() == [Fault.UNREADABLE] * 7 + [Fault.NONE]


def test_of_very_many_problems_the_first_thousand_are_told_and_all_are_counted():
    log = parse_log(rows(*(f"A,new,{number}" for number in range(1_200))), MAP)

    assert (len(log.problems), log.unread) == (1_000, 1_200)


def test_a_log_without_rows_has_no_tickets():
    log = parse_log(rows(), MAP)

    assert len(tickets_of(log, log.known_until(date(2026, 1, 1)))) == 0


def test_a_log_without_the_maps_columns_is_refused_with_what_was_meant():
    with pytest.raises(PlanFileError) as raised:
        parse_log("id,stage,time\n", replace(MAP, columns={"ticket": "ID", "state": "state", "at": "when"}))

    assert [str(problem) for problem in raised.value.problems] == [
        "log:1:1: There is no column “ID”. In the map, write “id”.",
        "log:1:1: There is no column “state”. In the map, write “stage”.",
        "log:1:1: There is no column “when”. Correct the map's columns.",
    ]


def test_what_is_no_csv_is_refused_at_its_line():
    with pytest.raises(PlanFileError, match=r"log:2:1: This is not CSV: .* Check the quotes here"):
        parse_log('id,state,at\nA,"new"x,2026-01-05 09:00\n', MAP)


def test_a_file_is_read_as_utf_8(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(rows("Ä,new,2026-01-05 09:00").encode("utf-8-sig"))
    assert read_log(path, MAP).tickets == ("Ä",)

    path.write_bytes(rows("Ä,new,2026-01-05 09:00").encode("latin-1"))
    with pytest.raises(PlanFileError, match=r"log\.csv:2:1: This is not UTF-8 text"):
        read_log(path, MAP)


def test_a_log_is_judged_up_to_its_last_event_or_the_end_of_the_day():
    log = parse_log(rows("A,new,2026-01-05 09:00", "B,new,2026-01-07 09:00"), MAP)

    assert log.known_until(date(2027, 1, 1)) == utc("2026-01-07 08:00")
    assert log.known_until(date(2026, 1, 5)) == utc("2026-01-05 23:00")
    assert (
        datetime.fromtimestamp(parse_log(rows(), MAP).known_until(date(2026, 7, 1)), timezone.utc).hour == 22
    )


# The map


def test_the_map_that_comes_with_the_project_is_read():
    log_map = load_log_map(find_map("servicenow-incidents"))

    assert log_map.states["Awaiting User Info"] is State.WAITING
    assert log_map.states["Awaiting Vendor"] is State.WORKING
    assert log_map.priorities["1 - Critical"] == "P1"


def test_every_mistake_of_a_map_is_told_with_its_place(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(
        """\
times: {format: "%d-%m-%Y", timezone: Europe/Bärlin, gap: guess}
columns: {ticket: number, state: [a], when: updated}
states: {New: fresh, Done: resolved}
missing: "?"
delimiter: tab
priorities: {High: P9}
priority_counts: highest
metrik: Resolution
""",
        encoding="utf-8",
    )

    with pytest.raises(MapError) as raised:
        load_log_map(path)

    zone, *others = (str(problem).partition(": ")[2] for problem in raised.value.problems)
    assert zone.startswith("This is not a time zone: timezone: 'Europe/Bärlin' is not an IANA time zone")
    assert others == [
        "“guess” is not known here. Use one of report, earlier, later.",
        "“at” is missing. Add “at:”.",
        "A text is expected here. Write the text.",
        "“when” is not known here. Use one of ticket, state, at, opened, order, priority, service, party.",
        "“fresh” is not known here. Use one of new, working, waiting, resolved.",
        'A list is expected here. Write it like ["?", "n/a"].',
        '“tab” is not one character. Write one character, such as ";" or "\\t".',
        "“P9” is not known here. Use one of P1, P2, P3, P4, P5.",
        "“highest” is not known here. Use one of last, first.",
        "“metrik” is not known here. Write “metric”.",
    ]


def test_a_map_needs_a_zone_unless_its_times_have_an_offset(tmp_path):
    path = tmp_path / "map.yaml"
    text = 'times: {format: "%H:%M"}\ncolumns: {ticket: a, state: b, at: c}\nstates: {x: new}\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MapError, match=r"map\.yaml:1:8: “timezone” is missing. Add “timezone:”."):
        load_log_map(path)

    path.write_text(text.replace("%M", "%M%z"), encoding="utf-8")
    assert load_log_map(path).timezone == "UTC"


def test_an_empty_map_is_refused(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text("", encoding="utf-8")

    with pytest.raises(MapError, match="“times” is missing"):
        load_log_map(path)
