"""The log as a chain: whatever is changed, taken out, put in or moved in it is found."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine.model.events import ACTS, OUTCOMES, Event
from sm_planner.engine.sealing.log import chain, log_faults

TEXT_FIELDS = sorted(
    name for name, value in Event(act="", outcome="", user="", acted_at="").__dict__.items() if value == ""
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
logs = st.lists(
    st.builds(
        Event,
        act=st.sampled_from(ACTS),
        outcome=st.sampled_from(OUTCOMES),
        user=texts,
        acted_at=texts,
        reason=texts,
        content_hash=texts,
        version=st.integers(0, 9),
    ),
    min_size=2,
    max_size=8,
).map(lambda events: chain(dataclasses.replace(one, number=place) for place, one in enumerate(events, 1)))


@given(logs)
def test_a_chain_as_it_was_written_has_no_fault(log):
    assert log_faults(log) == ()


@given(logs, st.data())
def test_any_changed_field_is_found(log, data):
    place = data.draw(st.integers(0, len(log) - 1))
    field = data.draw(st.sampled_from(TEXT_FIELDS))
    value = data.draw(texts.filter(lambda text: text != getattr(log[place], field)))
    changed = (*log[:place], dataclasses.replace(log[place], **{field: value}), *log[place + 1 :])

    assert log_faults(changed)


@given(logs, st.sampled_from(["version", "number"]), st.data())
def test_any_changed_number_is_found(log, field, data):
    place = data.draw(st.integers(0, len(log) - 1))
    other = getattr(log[place], field) + data.draw(st.integers(1, 99))

    assert log_faults((*log[:place], dataclasses.replace(log[place], **{field: other}), *log[place + 1 :]))


@given(logs, st.data())
def test_any_removed_event_but_the_last_is_found(log, data):
    place = data.draw(st.integers(0, len(log) - 2))

    assert log_faults(log[:place] + log[place + 1 :])


@given(logs, st.data())
def test_any_event_put_in_before_the_end_is_found(log, data):
    """Also one with a hash that fits: what came after it does not follow."""
    place = data.draw(st.integers(0, len(log) - 1))
    new = dataclasses.replace(log[-1], reason="put in", previous_hash="", event_hash="")
    fitting = new.chained(log[place - 1] if place else None)

    for inserted in (new, fitting, log[-1]):
        assert log_faults((*log[:place], inserted, *log[place:]))


@given(logs, st.data())
def test_any_two_events_that_changed_places_are_found(log, data):
    one, other = sorted(
        data.draw(st.lists(st.integers(0, len(log) - 1), min_size=2, max_size=2, unique=True))
    )
    moved = list(log)
    moved[one], moved[other] = moved[other], moved[one]

    assert log_faults(moved)


@given(logs)
def test_an_empty_field_that_is_added_later_changes_no_hash(log):
    said = json.loads(log[0].statement())
    assert all(said.values())
    assert not {"signature", "envelope", "seal_hash"} & said.keys()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": "x"}, "the entry “Sign” by a, t was changed"),
        ({"event_hash": ""}, "the entry “Sign” by a, t has no hash: it was put in, or its hash taken out"),
    ],
)
def test_a_fault_names_the_entry(change, says):
    (event,) = chain([Event(act="Sign", outcome="Done", user="a", acted_at="t")])

    assert [str(fault) for fault in log_faults([dataclasses.replace(event, **change)])] == [says]
