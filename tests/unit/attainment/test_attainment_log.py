"""Event logs: what a map may say, which rows can be read, and what tickets become of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from sm_planner.engine.attainment import (
    MISSING,
    NONE,
    LogMap,
    RowFault,
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


def test_rows_of_one_minute_go_by_their_order():
    lines = ("A,done,2026-01-05 10:00,,3,,,", "A,wait,2026-01-05 10:00,,2,,,", "A,new,2026-01-05 09:00,,1,,,")

    assert tickets(full(*lines), FULL).ends["Resolution"].tolist() == [utc("2026-01-05 09:00")]


@pytest.mark.parametrize("newest_first", [False, True])
def test_rows_of_one_minute_go_by_the_direction_of_the_file(newest_first):
    lines = [
        "A,new,2026-01-05 09:00",
        "A,work,2026-01-05 10:00",
        "A,done,2026-01-05 10:00",
        "B,new,2026-01-05 11:00",
    ]
    found = tickets(rows(*(reversed(lines) if newest_first else lines)))

    ends = dict(zip(found.ids, found.ends["Resolution"].tolist(), strict=True))
    assert ends == {"A": utc("2026-01-05 09:00"), "B": MISSING}
    assert found.fault.tolist() == [RowFault.NONE] * 2


def test_all_rows_tell_the_direction_where_those_of_the_same_tickets_do_not():
    found = tickets(rows("B,new,2026-01-05 11:00", "A,done,2026-01-05 10:00", "A,new,2026-01-05 10:00"))

    assert found.ends["Resolution"][found.ids.index("A")] == utc("2026-01-05 09:00")


@pytest.mark.parametrize(
    "lines",
    [
        ("A,new,2026-01-05 09:00", "A,done,2026-01-05 09:00"),
        (
            "A,new,2026-01-05 09:00",
            "A,done,2026-01-05 09:00",
            "B,new,2026-01-05 09:00",
            "B,work,2026-01-05 10:00",
            "C,work,2026-01-05 10:00",
            "C,new,2026-01-05 09:00",
        ),
    ],
)
def test_a_file_without_a_direction_leaves_tickets_with_rows_of_one_time_in_doubt(lines):
    found = tickets(rows(*lines))

    faults = dict(zip(found.ids, found.fault.tolist(), strict=True))
    assert faults.pop("A") == RowFault.NO_ORDER
    assert set(faults.values()) <= {RowFault.NONE}


def test_a_ticket_that_goes_against_the_direction_of_its_file_is_in_doubt_if_it_has_rows_of_one_time():
    others = [
        f"T{n},{state},2026-01-05 {hour}:00"
        for n in range(200)
        for state, hour in (("new", 10), ("work", 11))
    ]
    found = tickets(
        rows("A,done,2026-01-05 10:00", "A,work,2026-01-05 10:00", "A,new,2026-01-05 09:00", *others)
    )

    assert found.fault.tolist() == [RowFault.NO_ORDER] + [RowFault.NONE] * 200


def test_rows_of_one_time_that_say_the_same_leave_no_doubt():
    assert tickets(rows("A,new,2026-01-05 09:00", "A,new,2026-01-05 09:00")).fault.tolist() == [RowFault.NONE]


# What the log does not say


def faults_of(found, metric: str) -> dict[str, RowFault]:
    return {id: RowFault(fault) for id, fault in zip(found.ids, found.faults[metric].tolist(), strict=True)}


def test_a_ticket_that_the_log_has_from_a_later_state_on_began_at_a_time_that_is_not_known():
    found = tickets(rows("A,work,2026-01-05 09:00", "A,done,2026-01-05 10:00", "B,new,2026-01-05 11:00"))

    assert found.start.tolist() == [MISSING, utc("2026-01-05 10:00")]


def test_whoever_was_answered_before_the_first_event_was_answered_at_a_time_that_is_not_known():
    found = tickets(
        full(
            "A,work,2026-01-05 09:00,2026-01-05 09:00,,,,",
            "A,done,2026-01-05 10:00,2026-01-05 09:00,,,,",
            "B,new,2026-01-05 09:00,2026-01-05 09:00,,,,",
            "B,done,2026-01-05 10:00,2026-01-05 09:00,,,,",
        ),
        FULL,
    )

    assert faults_of(found, "Response") == {"A": RowFault.NO_ANSWER, "B": RowFault.NONE}
    assert faults_of(found, "Resolution") == {"A": RowFault.NONE, "B": RowFault.NONE}
    assert found.start.tolist() == [utc("2026-01-05 08:00")] * 2


@pytest.mark.parametrize(
    ("state", "response", "resolution"),
    [
        ("new", RowFault.NONE, RowFault.NONE),
        ("work", RowFault.NO_ANSWER, RowFault.NONE),
        ("wait", RowFault.NO_ANSWER, RowFault.UNDATED),
        ("done", RowFault.NO_ANSWER, RowFault.UNDATED),
    ],
)
def test_an_open_ticket_in_a_log_with_a_row_a_ticket_is_no_problem_of_the_log(state, response, resolution):
    log = parse_log(full(f"A,{state},,2026-01-05 09:00,,P2,,"), FULL)
    found = tickets_of(log, utc("2030-01-01"))

    assert (log.unread, found.fault.tolist()) == (0, [RowFault.NONE])
    assert found.start.tolist() == [utc("2026-01-05 08:00")]
    assert {metric: end.tolist() for metric, end in found.ends.items()} == {
        "Response": [MISSING],
        "Resolution": [MISSING],
    }
    assert (faults_of(found, "Response")["A"], faults_of(found, "Resolution")["A"]) == (response, resolution)


def test_an_open_ticket_in_a_log_that_has_no_openings_is_no_problem_but_began_at_a_time_that_is_not_known():
    log = parse_log(rows("A,new,", "B,done,2026-01-05 09:00"), MAP)

    assert log.unread == 0
    assert tickets_of(log, utc("2030-01-01")).fault.tolist() == [RowFault.NO_START, RowFault.NONE]


def test_a_row_without_a_time_beside_others_of_its_ticket_is_a_problem():
    log = parse_log(full("A,new,2026-01-05 09:00,2026-01-05 09:00,,,,", "A,done,,2026-01-05 09:00,,,,"), FULL)

    assert [str(problem) for problem in log.problems] == ["log:3:1: at: The value is missing. Enter one."]
    assert tickets_of(log, utc("2030-01-01")).fault.tolist() == [RowFault.UNREADABLE]


def test_rows_that_differ_in_when_their_ticket_was_opened_may_be_of_two_tickets():
    text = full("A,new,2026-01-05 09:00,2026-01-05 09:00,,,,", "A,new,2026-02-05 09:00,2026-02-05 09:00,,,,")

    assert tickets(text, FULL).fault.tolist() == [RowFault.TWO_STARTS]


def test_cancelled_tickets_are_left_out_and_counted():
    log_map = replace(MAP, states={**MAP.states, "void": State.CANCELLED})
    found = tickets(
        rows(
            "A,new,2026-01-05 09:00",
            "A,void,2026-01-05 10:00",
            "A,shut,2026-01-05 11:00",
            "B,new,2026-01-05 09:00",
            "B,Duplicate,2026-01-05 10:00",
            "C,new,2026-01-05 09:00",
            "C,void,2026-01-05 10:00",
            "C,work,2026-01-05 12:00",
        ),
        log_map,
    )

    assert (found.ids, found.left_out) == (("C",), 2)
    assert pauses(found) == [(0, utc("2026-01-05 09:00"), utc("2026-01-05 11:00"))]


def test_events_after_the_instant_of_judgement_are_counted():
    text = rows("A,new,2026-01-05 09:00", "A,done,2026-01-07 09:00", "B,new,2026-01-07 09:00")
    found = tickets(text, until="2026-01-06 00:00")

    assert (found.ids, found.later_events, found.later_tickets) == (("A",), 2, 1)


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
        ("2026-03-29 02:30", "does not exist in Europe/Berlin, because the clock was put forward."),
        ("2026-10-25 02:30", "occurs twice in Europe/Berlin, because the clock was put back."),
    ],
)
def test_a_gap_or_a_fold_is_reported_and_its_ticket_has_a_fault(local, message):
    log = parse_log(rows("B,new,2026-01-05 09:00", f"A,new,{local}"), MAP)

    assert [str(problem) for problem in log.problems] == [
        f"log:3:1: at: {local}:00 {message} In the map, say under times which of the two to use: earlier or later."
    ]
    assert tickets_of(log, utc("2030-01-01")).fault.tolist() == [RowFault.NONE, RowFault.UNCLEAR]


def test_a_time_with_an_offset_needs_no_zone():
    log = parse_log(rows("A,new,2026-03-29 02:30+0100"), replace(MAP, time_format="%Y-%m-%d %H:%M%z"))

    assert log.at.tolist() == [utc("2026-03-29 01:30")]


@pytest.mark.parametrize("name", ["UTC", "utc", "GMT", "Z", "+0000"])
def test_names_of_zones_count_wherever_the_machine_stands(name):
    log_map = replace(MAP, time_format="%Y-%m-%d %H:%M %Z")
    log = parse_log(rows(f"A,new,2026-07-01 15:30 {name}"), log_map)

    assert log.at.tolist() == [utc("2026-07-01 15:30")]


def test_a_name_that_several_zones_have_is_told():
    log = parse_log(rows("A,new,2026-07-01 15:30 IST"), replace(MAP, time_format="%Y-%m-%d %H:%M %Z"))

    assert [str(problem) for problem in log.problems] == [
        "log:2:1: at: “2026-07-01 15:30 IST” is not a time. Write it as %Y-%m-%d %H:%M %Z. "
        "The only names of time zones that are read are UTC and GMT; others stand for several zones."
    ]


def test_fractions_of_a_second_are_kept():
    log_map = replace(MAP, time_format="%Y-%m-%d %H:%M:%S.%f")
    log = parse_log(rows("A,new,2026-01-05 09:00:00.000", "A,done,2026-01-05 10:00:00.900"), log_map)

    assert log.ticks == 1_000_000
    assert log.at.tolist() == [
        utc("2026-01-05 08:00") * 1_000_000,
        utc("2026-01-05 09:00") * 1_000_000 + 900_000,
    ]
    assert log.known_until(date(2030, 1, 1)) == utc("2026-01-05 09:00:01")
    assert parse_log(rows("A,new,2026-01-05 09:00:00.000"), log_map).ticks == 1


def test_fractions_of_a_second_tell_what_came_first():
    log_map = replace(MAP, time_format="%Y-%m-%d %H:%M:%S.%f")
    text = rows("A,done,2026-01-05 10:00:00.2", "A,work,2026-01-05 10:00:00.1", "A,new,2026-01-05 09:00:00.0")

    assert tickets(text, log_map).ends["Resolution"].tolist() == [
        utc("2026-01-05 09:00") * 1_000_000 + 200_000
    ]


# Rows that cannot be read


def test_a_row_whose_cells_stand_in_the_wrong_columns_is_told_and_makes_each_ticket_that_it_may_be_of_one_with_a_fault():
    log = parse_log(
        "subject,id,state,at\n"
        "Printer,A,new,2026-01-05 09:00\n"
        "Printer, floor 2,A,done,2026-01-05 10:00\n"
        "Mail,B,new,2026-01-05 09:00\n",
        MAP,
    )

    assert [str(problem) for problem in log.problems] == [
        "log:3:1: The row has 5 cells, but there are 4 headings. Put cells that contain “,” in quotes."
    ]
    found = tickets_of(log, utc("2030-01-01"))
    assert (found.ids, found.fault.tolist()) == (("A", "B"), [RowFault.UNREADABLE, RowFault.NONE])


def test_a_ticket_of_which_the_log_has_rows_with_too_many_cells_only_is_not_lost():
    found = tickets(rows("A,new,2026-01-05 09:00,x"))

    assert (found.ids, found.fault.tolist()) == (("A",), [RowFault.UNREADABLE])


def test_a_delimiter_behind_the_last_cell_of_all_rows_means_nothing_and_of_some_it_may_mean_that_cells_have_moved():
    lines = ["A,new,2026-01-05 09:00,", "A,done,2026-01-05 10:00,"]

    assert parse_log(rows(*lines), MAP).unread == 0
    assert tickets(rows(*lines)).fault.tolist() == [RowFault.NONE]
    mixed = parse_log(rows(*lines, "B,new,2026-01-05 09:00"), MAP)
    assert [problem.place.line for problem in mixed.problems] == [2, 3]
    assert tickets_of(mixed, utc("2030-01-01")).fault.tolist() == [RowFault.NONE, RowFault.UNREADABLE]


def test_a_row_that_was_cut_off_is_told():
    log = parse_log("id,state,at,note\nA,new,2026-01-05 09:00,\nA,done,2026-01-05 10:0\n", MAP)

    assert [str(problem) for problem in log.problems] == [
        "log:3:1: The row ends after 3 of 4 cells. Complete the row, and check whether the file was cut off."
    ]
    assert tickets_of(log, utc("2030-01-01")).fault.tolist() == [RowFault.UNREADABLE]


def test_cells_that_are_missing_behind_the_columns_of_the_map_are_no_problem():
    log = parse_log("id,state,at,note,more\nA,new,2026-01-05 09:00,x\n", MAP)

    assert log.unread == 0


def test_a_heading_of_the_map_that_stands_there_twice_is_refused():
    with pytest.raises(PlanFileError, match="The heading “state” occurs 2 times"):
        parse_log("id,state,at,state\n", MAP)


def test_a_quote_that_is_never_closed_is_refused_at_the_row_that_opens_it():
    text = 'id,state,at,note\nA,new,2026-01-05 09:00,ok\nA,work,2026-01-05 10:00,"24 inch\nA,done,2026-01-05 11:00,\n'

    with pytest.raises(
        PlanFileError, match=r"log:3:1: A quotation mark that opens in this row never closes\."
    ):
        parse_log(text, MAP)


def test_a_quote_that_swallows_rows_before_it_is_closed_is_refused():
    text = 'id,state,at,note\nA,new,2026-01-05 09:00,"24 inch\nB,new,2026-01-05 10:00,\nA,done,2026-01-05 11:00,27"\n'

    with pytest.raises(
        PlanFileError, match=r"log:2:1: A quotation mark that opens in this row closes only in a later one"
    ):
        parse_log(text, MAP)


def test_lines_within_a_cell_are_no_rows():
    text = 'id,state,at,note\nA,new,2026-01-05 09:00,"Dear all,\nsorry, late, again, me"\n'

    assert parse_log(text, MAP).unread == 0


def test_a_cell_without_an_end_is_refused_in_words():
    with pytest.raises(
        PlanFileError, match=r"log:2:1: A cell of this row has more than 131,072 characters\."
    ):
        parse_log(rows("A,new,2026-01-05 09:00", header="id,state,at").replace("A", "A" * 140_000), MAP)


def test_a_line_that_names_the_delimiter_is_followed():
    text = "sep=;\n" + rows("A;new;2026-01-05 09:00", "A;dnoe;2026-01-05 10:00", header="id;state;at")
    log = parse_log(text, MAP)

    assert log.tickets == ("A",)
    assert [problem.place.line for problem in log.problems] == [4]


def test_headings_with_another_delimiter_are_told():
    with pytest.raises(
        PlanFileError, match='The headings are not separated by “,”. In the map, write “delimiter: ";"”.'
    ):
        parse_log("id;state;at\n", MAP)


def test_a_workbook_is_refused_as_a_log(tmp_path):
    path = tmp_path / "log.xlsx"
    path.write_bytes(b"PK\x03\x04...")

    with pytest.raises(PlanFileError, match="This is a workbook; a log must be a CSV file. Save it as CSV."):
        read_log(path, MAP)


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
        "log:2:1: The row has no ticket. Enter the id of the ticket.",
        "log:3:1: at: “05.01.2026” is not a time. Write it as %Y-%m-%d %H:%M, or another format in the map.",
        "log:4:1: state: The map does not know the state “sleeping”. "
        "Say in the map, under states, which of new, working, waiting, resolved, cancelled it is.",
        "log:5:1: priority: The map does not know the priority “urgent”. "
        "Say in the map, under priorities, which of P1, P2, P3, P4, P5 it is.",
        "log:6:1: opened: The year 9999 is out of range. Use years from 1970 to 2169.",
        "log:7:1: order: “first” is not a whole number. Write digits only, such as 12.",
        "log:8:1: at: The value is missing. Enter one.",
        "log:9:1: The row ends after 2 of 8 cells. Complete the row, and check whether the file was cut off.",
    ]
    found = tickets_of(log, utc("2030-01-01"))
    assert found.ids == tuple("ABCDEFGH")
    assert found.fault.tolist() == [RowFault.UNREADABLE] * 7 + [RowFault.NONE]


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
    with pytest.raises(PlanFileError, match=r"log:2:1: This is not CSV: .* Check the quotation marks here"):
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
times: {format: "%d-%m-%Y %H:%M", timezone: Europe/Bärlin, gap: guess}
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
        "“fresh” is not known here. Use one of new, working, waiting, resolved, cancelled.",
        'A list is expected here. Write it like ["?", "n/a"].',
        '“tab” is not a single character. Write one character, such as ";" or "\\t".',
        "“P9” is not known here. Use one of P1, P2, P3, P4, P5.",
        "“highest” is not known here. Use one of last, first.",
        "“metrik” is not known here. Write “metric”.",
    ]


def test_a_map_needs_a_zone_unless_its_times_have_an_offset(tmp_path):
    path = tmp_path / "map.yaml"
    text = 'times: {format: "%d.%m.%Y %H:%M"}\ncolumns: {ticket: a, state: b, at: c}\nstates: {x: new}\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MapError, match=r"map\.yaml:1:8: “timezone” is missing. Add “timezone:”."):
        load_log_map(path)

    path.write_text(text.replace("%M", "%M%z"), encoding="utf-8")
    assert load_log_map(path).timezone == "UTC"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("%Y", "“%Y” does not give the day and the time to the minute."),
        ("%d/%m/%Y", "“%d/%m/%Y” does not give the day and the time to the minute."),
        ("%d/%m/%Y %I:%M", "“%d/%m/%Y %I:%M” does not give the day and the time to the minute."),
        ("%d/%m/%Y %H:%M %p", "“%d/%m/%Y %H:%M %p” has both %H, which counts to 24, and %p."),
        ("%s", "“%s” is not a time format."),
        ("%Y-%m-%d %H:%M %Z%z", "“%Y-%m-%d %H:%M %Z%z” is not a time format."),
    ],
)
def test_a_format_that_would_lose_a_part_of_the_time_is_refused(tmp_path, written, message):
    path = tmp_path / "map.yaml"
    path.write_text(
        f'times: {{format: "{written}", timezone: UTC}}\ncolumns: {{ticket: a, state: b, at: c}}\nstates: {{x: new}}\n',
        encoding="utf-8",
    )

    with pytest.raises(MapError) as raised:
        load_log_map(path)

    assert [str(problem.message) for problem in raised.value.problems] == [message]


@pytest.mark.parametrize(
    "written",
    [
        "%d.%m.%y %H:%M:%S",
        "%m/%d/%Y %I:%M %p",
        "%a %b %d %H:%M:%S %Y",
        "%Y-%m-%dT%H:%M:%S.%f%z",
        "%c",
        "%Y%j %H%M",
    ],
)
def test_a_format_that_says_the_day_and_the_minute_is_taken(tmp_path, written):
    path = tmp_path / "map.yaml"
    path.write_text(
        f'times: {{format: "{written}", timezone: UTC}}\ncolumns: {{ticket: a, state: b, at: c}}\nstates: {{x: new}}\n',
        encoding="utf-8",
    )

    assert load_log_map(path).time_format == written


@pytest.mark.parametrize(
    ("written", "zone", "said"),
    [
        ("%Y-%m-%dT%H:%M:%SZ", "Europe/Berlin", "Z"),
        ("%Y-%m-%d %H:%M:%S UTC", "Europe/Berlin", "UTC"),
        ("%Y-%m-%d %H:%M:%S+0000", "Asia/Kolkata", "+0000"),
        ("%Y-%m-%d %H:%M:%S UTC", "UTC", ""),
        ("%Y-%m-%dT%H:%M:%SZ", "Etc/UTC", ""),
        ("%d-%m-%Y %H:%M", "Europe/Berlin", ""),
        ("Zeit: %d.%m.%Y, %H:%M Uhr", "Europe/Berlin", ""),
    ],
)
def test_a_zone_that_the_format_contradicts_is_refused(tmp_path, written, zone, said):
    path = tmp_path / "map.yaml"
    path.write_text(
        f'times: {{format: "{written}", timezone: {zone}}}\n'
        "columns: {ticket: a, state: b, at: c}\nstates: {x: new}\n",
        encoding="utf-8",
    )

    if said:
        with pytest.raises(MapError) as raised:
            load_log_map(path)
        assert [str(problem.message) for problem in raised.value.problems] == [
            f"The format contains “{said}”, but the time zone is set to {zone}."
        ]
    else:
        assert load_log_map(path).timezone == zone


def test_a_map_by_which_every_ticket_ends_as_it_begins_is_refused(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text(
        'times: {format: "%Y-%m-%d %H:%M", timezone: UTC}\n'
        "columns: {ticket: a, state: b, at: c, opened: c}\nstates: {x: new}\n",
        encoding="utf-8",
    )

    with pytest.raises(MapError, match="“at” and “opened” are the same column"):
        load_log_map(path)


def test_an_empty_map_is_refused(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text("", encoding="utf-8")

    with pytest.raises(MapError, match="“times” is missing"):
        load_log_map(path)
