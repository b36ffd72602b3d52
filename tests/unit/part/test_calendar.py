"""What a calendar is told: what came, what moved, what was dropped and came back."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import given, strategies as st

from sm_planner.engine.part.calendar import KEPT, stored, told

NOW = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
LATER = NOW + timedelta(days=1)
ENTRY = ("a", "Carry out: Act", date(2026, 7, 1))


def test_what_stays_the_same_keeps_its_number_and_its_time():
    first = told((), [ENTRY], NOW)
    assert told(stored(first), [ENTRY], LATER) == first
    assert [(one.sequence, one.dropped) for one in first] == [(0, False)]


def test_what_moves_or_gets_another_title_gets_the_next_number():
    first = told((), [ENTRY], NOW)
    (moved,) = told(stored(first), [("a", ENTRY[1], date(2026, 8, 1))], LATER)
    assert (moved.sequence, moved.day, moved.changed) == (
        1,
        "2026-08-01",
        LATER.isoformat(timespec="seconds"),
    )


def test_what_is_dropped_is_cancelled_once_kept_for_a_time_and_can_come_back():
    first = told((), [ENTRY], NOW)
    dropped = told(stored(first), [], LATER)
    assert [(one.sequence, one.dropped) for one in dropped] == [(1, True)]
    assert told(stored(dropped), [], LATER + timedelta(days=1)) == dropped
    assert told(stored(dropped), [], LATER + KEPT + timedelta(days=1)) == ()
    (back,) = told(stored(dropped), [ENTRY], LATER)
    assert (back.sequence, back.dropped) == (2, False)


_days = st.dates(date(2026, 1, 1), date(2026, 1, 5))
_states = st.dictionaries(st.sampled_from("abc"), _days, max_size=3)


@given(st.lists(_states, max_size=6))
def test_the_number_of_an_entry_grows_exactly_when_it_changes(states):
    known, before = [], {}
    for number, state in enumerate(states):
        entries = told(known, [(uid, uid, day) for uid, day in state.items()], NOW + timedelta(hours=number))
        known = stored(entries)
        found = {one.uid: one for one in entries}
        assert {uid for uid, one in found.items() if not one.dropped} == set(state)
        for uid, old in before.items():
            same = (old.day, old.dropped) == (found[uid].day, found[uid].dropped)
            assert found[uid].sequence == old.sequence + (not same)
        before = found
