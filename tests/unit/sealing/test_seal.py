"""Seals hold: every change of what was signed, or of what was said about it, is found."""

import dataclasses
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import canonical_json, plan_file
from sm_planner.engine.model import Settings, seals as seals_module
from sm_planner.engine.model.seal_key import CONFIRMED, NOT_CHECKABLE, UNSIGNED, KeyRing, SealKey
from sm_planner.engine.sealing import canonical, seal

KEY = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
RING = KeyRing(added=(KEY.public,))
"""As of a plan file with which the key was given."""
AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone(timedelta(hours=2)))


def signed(plan, *, key=KEY, **changes):
    """The plan with one more seal, for itself."""
    plan = dataclasses.replace(plan, **changes)
    made = seal.make(
        plan,
        signer=plan.executive_sponsor,
        signed_at=AT,
        meaning="I approve and fund it.",
        channel="test",
        key=key,
    )
    return dataclasses.replace(plan, seals=(*plan.seals, made))


def verify(plan, ring=RING):
    return seal.verify(dataclasses.replace(plan, key_ring=ring))


def problems(plan, ring=RING):
    return [str(problem) for problem in verify(plan, ring).problems]


def with_seal(plan, position, /, **changes):
    """The plan with its nth seal altered."""
    seals = list(plan.seals)
    seals[position - 1] = dataclasses.replace(seals[position - 1], **changes)
    return dataclasses.replace(plan, seals=tuple(seals))


@pytest.fixture
def three_versions(minimal):
    second = signed(signed(minimal), version=2, title="Second")
    return signed(second, version=3, title="Third")


def test_a_fresh_seal_is_intact_and_its_origin_confirmed(minimal):
    verification = verify(signed(minimal))

    assert verification.intact
    assert verification.seals[0].origin == CONFIRMED
    assert verification.drift == ()


def test_a_seal_says_who_signed_when_in_utc_and_what_it_means(minimal):
    made = signed(minimal).seals[0]

    assert made.signed_at == "2027-01-04T08:00:00Z"
    assert made.signer_name == minimal.get("people", minimal.executive_sponsor).title
    assert (made.number, made.previous_hash, made.key_id) == (1, "", KEY.id)


def test_seals_of_a_lineage_form_a_chain(three_versions):
    first, second, third = three_versions.seals

    assert (second.number, second.previous_hash) == (2, first.seal_hash)
    assert (third.number, third.previous_hash) == (3, second.seal_hash)
    assert verify(three_versions).intact


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(seals_module.Seal)])
def test_a_change_of_any_field_of_a_seal_is_found(three_versions, field):
    value = getattr(three_versions.seals[1], field)
    other = value + 7 if isinstance(value, int) else value[:-1] + ("A" if value[-1:] != "A" else "B")

    assert not verify(with_seal(three_versions, 2, **{field: other})).intact


def test_changed_content_is_named(minimal):
    plan = signed(minimal)
    altered = plan.seals[0].content.replace(minimal.title, "Another")

    assert problems(with_seal(plan, 1, content=altered)) == ["Seal 1: the sealed content was changed."]


def test_whoever_recomputes_all_hashes_still_lacks_the_key(minimal):
    plan = signed(minimal)
    content = plan.seals[0].content.replace(minimal.title, "Another")
    forged = dataclasses.replace(plan.seals[0], content=content, content_hash=canonical_json.hash_of(content))
    forged = dataclasses.replace(forged, seal_hash=canonical_json.hash_of(forged.statement()))

    assert problems(dataclasses.replace(plan, seals=(forged,))) == [
        f"Seal 1: the signature was not made with key {KEY.id}."
    ]


def test_without_the_key_the_content_is_intact_and_the_origin_cannot_be_checked(minimal):
    verification = verify(signed(minimal), KeyRing())

    assert verification.intact
    assert verification.seals[0].origin == NOT_CHECKABLE


def test_a_site_without_a_key_makes_seals_that_say_so(minimal):
    assert verify(signed(minimal, key=None)).seals[0].origin == UNSIGNED


@pytest.mark.parametrize(
    ("left", "fault"),
    [
        ((0, 2), "Chain: seal 3 stands where seal 2 belongs."),
        ((1, 2), "Chain: seal 2 stands where seal 1 belongs."),
        ((1, 0, 2), "Chain: a version is sealed twice, or versions stand in the wrong order."),
        ((0, 1, 1, 2), "Chain: a version is sealed twice, or versions stand in the wrong order."),
    ],
)
def test_a_missing_or_exchanged_seal_is_found(three_versions, left, fault):
    seals = tuple(three_versions.seals[position] for position in left)

    assert fault in problems(dataclasses.replace(three_versions, seals=seals))


def test_drift_is_told_in_plain_words_and_is_no_tampering(minimal):
    service = dataclasses.replace(minimal.services[0], importance="Low", customers=())
    plan = dataclasses.replace(signed(minimal), services=(service,), period_end=date(2099, 12, 31))
    verification = verify(plan)

    assert verification.intact
    texts = [str(change.text) for change in verification.drift]
    assert f"Plan {minimal.title}: Period End was “{minimal.period_end}” and is “2099-12-31”." in texts
    assert any(text.endswith("and is “Low”.") for text in texts)


def test_facts_of_the_site_are_no_drift(minimal):
    plan = signed(minimal)
    people = tuple(
        dataclasses.replace(person, user="renamed@example.org", enabled=False) for person in plan.people
    )
    changed = dataclasses.replace(plan, people=people, state="Active", settings=Settings(why_min_length=1))

    assert verify(changed).drift == ()


def test_the_order_of_records_is_no_drift_but_that_of_rows_is(example):
    plan = signed(example)
    other_order = dataclasses.replace(plan, services=tuple(reversed(plan.services)))
    other_rows = dataclasses.replace(plan, value_statements=tuple(reversed(plan.value_statements)))

    assert verify(other_order).drift == ()
    assert [str(change.text) for change in verify(other_rows).drift] == [
        f"Plan {example.title}: Value is in another order."
    ]


def test_a_seal_reads_back_from_its_values(three_versions):
    assert (
        tuple(seals_module.from_dict(one.as_dict()) for one in three_versions.seals) == three_versions.seals
    )


def test_values_that_are_no_seal_are_refused():
    with pytest.raises(ValueError, match="This is not a seal: .*content_hash.* missing"):
        seals_module.from_dict({"lineage": "p"})


@settings(max_examples=25)
@given(data=st.data())
def test_the_canonical_form_survives_every_way_a_plan_travels(plan_strategy, data):
    plan = data.draw(plan_strategy)
    text = canonical_json.canonical_text(canonical.content(plan))

    assert canonical_json.canonical_text(canonical.read(text)) == text
    assert canonical.content_hash(plan_file.loads(plan_file.dumps(plan))) == canonical_json.hash_of(text)


@settings(max_examples=25)
@given(data=st.data())
def test_plans_with_the_same_hash_have_no_difference_and_others_have(plan_strategy, data):
    one, other = data.draw(plan_strategy), data.draw(plan_strategy)
    from sm_planner.engine.sealing.diff import diff_plans

    assert diff_plans(one, one) == ()
    assert bool(diff_plans(one, other)) == (canonical.content_hash(one) != canonical.content_hash(other))


def test_a_plan_that_was_sealed_by_an_older_release_still_verifies():
    """The seal was made once and is kept as it was; later fields of the model must not break it."""
    plan = plan_file.loads(OLD_PLAN)
    plan = dataclasses.replace(plan, seals=(seals_module.from_dict(OLD_SEAL),))
    verification = verify(plan)

    assert verification.intact
    assert verification.seals[0].origin == CONFIRMED
    assert verification.drift == ()


OLD_PLAN = """\
plan: {id: old, title: Old plan, version: 1, period_start: 2027-01-01, executive_sponsor: ada}
people: [{id: ada, title: Ada, user: ada@example.org, level: Top Management}]
services:
  - {id: mail, title: Mail, importance: High, dependencies: [{service: dns, parallel_group: a}]}
  - {id: dns, title: Names, status: Retiring}
agreements:
  - {id: sla, kind: SLA, targets: [{metric: Availability, value: 99.9, unit: Percent}, {metric: Response, value: 8, unit: Hours}]}
"""

OLD_SEAL = {
    "schema_version": 1,
    "lineage": "old",
    "number": 1,
    "plan": "old",
    "version": 1,
    "content": '{"agreements":[{"id":"sla","kind":"SLA","targets":[{"metric":"Availability","unit":"Percent","value":99.9},{"metric":"Response","unit":"Hours","value":8}]}],"people":[{"id":"ada","level":"Top Management","title":"Ada"}],"plan":{"executive_sponsor":"ada","id":"old","lineage":"old","period_start":"2027-01-01","title":"Old plan","version":1},"schema":1,"services":[{"id":"dns","status":"Retiring","title":"Names"},{"dependencies":[{"parallel_group":"a","service":"dns"}],"id":"mail","importance":"High","status":"Live","title":"Mail"}]}',
    "content_hash": "4fdb77ba1120d1bffa2004dfd71ccddf07e66e4ade9967b3f0d8860b746d5c3d",
    "previous_hash": "",
    "signer": "ada",
    "signer_name": "Ada",
    "signer_user": "ada@example.org",
    "signed_at": "2027-01-04T08:00:00Z",
    "meaning": "I approve and fund it.",
    "channel": "test",
    "key_id": "56475aa75463474c",
    "seal_hash": "40729c7c8b88868eb226cfe587b38170f79c9a1b6ccc33dc8ce38b681d25256a",
    "signature": "7JsyMIEJ6ao6UClbwqpvtIOejf6QI3tNUHnLM1hLHVqgoJu6Odr1pJ+yPut0/Vkr28Y5aIt1XTInHJd6kPhXDQ==",
}
