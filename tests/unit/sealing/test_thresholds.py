"""Thresholds that differ from the standard: told in words, kept in the seal, part of what a signer saw."""

import dataclasses
import json
from datetime import datetime, timezone

import pytest
from hypothesis import given, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path
from sm_planner.engine.model import Settings
from sm_planner.engine.model.events import DONE, THRESHOLDS, Event
from sm_planner.engine.model.fields import specs
from sm_planner.engine.model.states import SEND_TO_SPONSOR, SIGN
from sm_planner.engine.sealing import canonical, seal, thresholds
from sm_planner.engine.sealing.log import standing_signatures

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
BENT = Settings(why_min_length=1)


@pytest.fixture(scope="module")
def plan():
    return dataclasses.replace(plan_file.load(example_path("minimal")), settings=Settings())


def made(plan, settings):
    return seal.make(
        dataclasses.replace(plan, settings=settings),
        signer=plan.executive_sponsor,
        signed_at=NOW,
        meaning="I approve.",
        channel="test",
    )


settings = st.builds(
    Settings,
    why_min_length=st.none() | st.integers(1, 500),
    least_slack=st.none() | st.integers(0, 100),
    it_departments=st.lists(st.sampled_from(["IT", "Computer Room", "Größe"]), unique=True).map(tuple),
)


def test_the_standard_leaves_nothing_in_the_seal(plan):
    assert thresholds.as_text(Settings()) == ""
    assert "thresholds" not in json.loads(made(plan, Settings()).statement())


def test_a_bent_threshold_stands_in_the_seal_and_in_its_hash(plan):
    bent, straight = made(plan, BENT), made(plan, Settings())

    assert bent.thresholds == '{"why_min_length":1}'
    assert (bent.content_hash, bent.seal_hash == straight.seal_hash) == (straight.content_hash, False)
    assert [str(one) for one in thresholds.told_of_seal(bent.thresholds)] == ["Shortest Why (Characters): 1"]


def test_a_seal_whose_thresholds_were_taken_out_is_not_intact(plan):
    assert seal.changed(dataclasses.replace(made(plan, BENT), thresholds=""))
    assert seal.changed(made(plan, BENT)) is None


def test_a_verification_tells_the_thresholds(plan):
    signed = dataclasses.replace(plan, settings=BENT, seals=(made(plan, BENT),))
    verified = seal.verify(signed, {})

    assert "Shortest Why (Characters): 1" in "\n".join(verified.told())
    assert verified.as_dict()["seals"][0]["thresholds"] == '{"why_min_length":1}'


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (BENT, "Shortest Why (Characters): 1; the standard is 80. This is less strict."),
        (Settings(why_min_length=90), "Shortest Why (Characters): 90; the standard is 80. This is stricter."),
        (
            Settings(why_min_length=None),
            "Shortest Why (Characters): nothing; the standard is 80. This is less strict.",
        ),
        (Settings(most_objectives=99), "Most Objectives: 99; the standard is 12. This is less strict."),
        (Settings(most_objectives=3), "Most Objectives: 3; the standard is 12. This is stricter."),
        (
            Settings(sponsor_cost=5),
            "Sponsor Decides Above (Cost): 5; the standard is nothing. This is stricter.",
        ),
        (
            Settings(small_change_days=None),
            "Small Change (Person-days): nothing; the standard is 3. This is stricter.",
        ),
        (Settings(weight_effort=4), "Weight of the Effort: 4; the standard is 1."),
        (Settings(it_departments=("IT", "Lab")), "IT Departments: IT, Lab; the standard is nothing."),
    ],
)
def test_a_threshold_is_told_with_the_standard_and_what_that_means(settings, told):
    assert [str(one) for one in thresholds.told(settings)] == [told]


def test_every_number_that_asks_for_at_least_something_is_known():
    floors = {name for name in specs(Settings) if name.startswith(("least_", "why_min"))}
    assert set(thresholds.FLOORS) == floors
    assert set(thresholds.WEIGHTS) == {name for name in specs(Settings) if name.startswith("weight_")}


@given(settings)
def test_what_a_seal_keeps_says_every_threshold_that_differs(settings):
    text = thresholds.as_text(settings)

    assert json.loads(text or "{}") == thresholds.differing(settings)
    assert len(thresholds.told_of_seal(text)) == len(thresholds.told(settings))


@given(settings, settings)
def test_what_was_shown_is_the_same_only_with_the_same_thresholds(one, other):
    seen = [thresholds.seen_hash("0" * 64, settings) for settings in (one, other)]
    assert (seen[0] == seen[1]) == (one == other)


def test_what_was_shown_is_the_content_where_all_is_standard():
    assert thresholds.seen_hash("0" * 64, Settings()) == "0" * 64


@pytest.mark.parametrize("text", ["no JSON", "[1]", '"x"'])
def test_what_is_no_list_of_thresholds_is_told_as_it_is(text):
    assert [str(one) for one in thresholds.told_of_seal(text)] == [f"This entry cannot be read: {text}"]


def test_a_threshold_that_is_not_known_any_more_is_told_by_its_name():
    assert [str(one) for one in thresholds.told_of_seal('{"gone_by_now":3}')] == ["gone_by_now: 3"]


def test_a_signature_before_a_change_of_thresholds_does_not_count(plan):
    given = seal.countersign(plan, signer=plan.executive_sponsor, signed_at=NOW, meaning="I approve.")
    sent, signed, bent = (
        Event(act=act, outcome=DONE, user="a@example.org", acted_at="", signature=signature)
        for act, signature in ((SEND_TO_SPONSOR.action, ""), (SIGN.action, given.as_text()), (THRESHOLDS, ""))
    )
    content_hash = canonical.content_hash(plan)

    assert standing_signatures([sent, signed], content_hash) == (given,)
    assert standing_signatures([sent, signed, bent], content_hash) == ()
    assert standing_signatures([sent, signed, bent, signed], content_hash) == (given,)
