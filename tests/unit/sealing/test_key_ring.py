"""Rings of keys: which seals a site takes for its own."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import canonical_json
from sm_planner.engine.model import Person, Plan, seals
from sm_planner.engine.model.seal_key import (
    CONFIRMED,
    FORGED,
    NOT_CHECKABLE,
    RETIRED,
    UNSIGNED,
    KeyRing,
    SealKey,
    read_ring,
)
from sm_planner.engine.sealing import seal

FIRST = SealKey("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
SECOND = SealKey("ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")
STRANGER = SealKey("QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=")
AT = "2027-03-01T08:00:00Z"
SITE = KeyRing(signing=FIRST.public, of_site=True)


def sealed(key: SealKey | None, title: str = "Plan") -> seals.Seal:
    plan = Plan(id="p", lineage="p", title=title, version=1, people=(Person(id="edith", title="Edith"),))
    when = datetime(2027, 2, 1, 8, tzinfo=timezone.utc)
    return seal.make(plan, signer="edith", signed_at=when, meaning="I approve.", channel="site", key=key)


def reforged(made: seals.Seal, key: SealKey | None = None, **changes: str) -> seals.Seal:
    """The seal with another content, all of its hashes made anew, and signed with that key."""
    content = made.content.replace("Plan", "Another")
    forged = dataclasses.replace(
        made, content=content, content_hash=canonical_json.hash_of(content), **changes
    )
    forged = dataclasses.replace(forged, seal_hash=canonical_json.hash_of(forged.statement()))
    return dataclasses.replace(forged, signature=key.sign(forged.seal_hash)) if key else forged


def judged(one: seals.Seal, ring: KeyRing) -> tuple[str, str]:
    verdict = seal.judge(one, ring)
    return verdict.origin, str(verdict.problem or "")


@pytest.mark.parametrize(
    ("key", "changes", "origin", "problem"),
    [
        (
            None,
            {"key_id": "", "signature": ""},
            UNSIGNED,
            "it bears no signature of a key, and this site signs every seal",
        ),
        (
            STRANGER,
            {"key_id": STRANGER.id},
            NOT_CHECKABLE,
            f"it was signed with key {STRANGER.id}, which is none of this site",
        ),
        (STRANGER, {}, FORGED, f"the signature was not made with key {FIRST.id}"),
        (None, {}, FORGED, f"the signature was not made with key {FIRST.id}"),
    ],
    ids=["signature blanked", "another key", "another key under the id of ours", "signature left"],
)
def test_a_seal_whose_hashes_were_all_made_anew_does_not_hold_on_a_site_with_a_key(
    key, changes, origin, problem
):
    forged = reforged(sealed(FIRST), key, **changes)

    assert seal.changed(forged) is None
    assert judged(forged, SITE) == (origin, problem)
    assert not seal.holds(forged, SITE)


def test_what_was_there_before_the_first_key_holds_and_its_origin_stays_open():
    unsigned, foreign = sealed(None), sealed(STRANGER)
    ring = dataclasses.replace(SITE, earlier=frozenset({unsigned.seal_hash, foreign.seal_hash}))

    assert judged(unsigned, ring) == (UNSIGNED, "")
    assert judged(foreign, ring) == (NOT_CHECKABLE, "")
    assert judged(reforged(unsigned), ring)[1] != ""
    assert judged(dataclasses.replace(unsigned, content="{}"), ring)[1] == "the sealed content was changed"


def test_after_a_change_of_the_key_holds_what_the_old_one_had_signed_and_nothing_that_it_signs_since():
    before, since = sealed(FIRST), sealed(FIRST, "Plan of a thief")
    ring = SITE.retire(FIRST, follower=SECOND.public, at=AT, made=[before.seal_hash])

    assert judged(before, ring) == (CONFIRMED, "")
    assert judged(sealed(SECOND), ring) == (CONFIRMED, "")
    assert judged(since, ring) == (
        RETIRED,
        f"it was made with key {FIRST.id} after that key had been retired",
    )


def test_a_key_that_was_added_by_hand_is_named_and_confirms_nothing_on_a_site():
    ring = SITE.with_added([STRANGER.public])
    verified = seal.verify(Plan(seals=(sealed(STRANGER),), lineage="p", version=2, key_ring=ring))

    assert verified.intact
    assert verified.seals[0].origin == NOT_CHECKABLE
    named = f"Key {STRANGER.id} was added by hand: no change from it to another key is recorded."
    assert [str(note) for note in verified.notes] == [named]
    assert named in verified.told()
    assert verified.as_dict()["notes"] == [named]


def test_a_ring_that_cannot_be_read_lets_nothing_be_intact():
    from sm_planner.engine.texts import say

    ring = KeyRing(of_site=True, trouble=say("The seal keys of this site cannot be used: {0}", "gone"))
    verified = seal.verify(Plan(seals=(sealed(FIRST),), lineage="p", version=2, key_ring=ring))

    assert not verified.intact
    assert verified.told()[-1] == "The seal keys of this site cannot be used: gone"


def test_a_site_that_lost_its_key_says_so_and_leaves_seals_uncheckable():
    verified = seal.verify(
        Plan(seals=(sealed(FIRST),), lineage="p", version=2, key_ring=KeyRing(of_site=True))
    )

    assert verified.intact
    assert verified.seals[0].origin == NOT_CHECKABLE
    assert "This site has no seal key" in verified.told()[-2]


def test_a_change_of_the_key_is_recorded_by_the_key_that_goes():
    ring = SITE.retire(FIRST, follower=SECOND.public, at=AT, made=["ab"])
    (old,) = ring.retired

    assert old.recorded
    assert not dataclasses.replace(old, retired_at="2030-01-01T00:00:00Z").recorded
    assert not dataclasses.replace(old, follower=STRANGER.id).recorded
    assert (ring.standing(FIRST.id), ring.standing(SECOND.id)) == (f"retired {AT}", "signs")
    assert list(ring.public_keys) == [FIRST.id, SECOND.id]


def test_a_retired_key_with_a_false_record_counts_as_added_by_hand():
    values = SITE.retire(FIRST, follower=SECOND.public, at=AT, made=[]).as_dict()
    values["retired"][0]["retired_at"] = "2030-01-01T00:00:00Z"
    ring = read_ring(values)

    assert (ring.retired, ring.added) == ((), (FIRST.public,))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"public": "short"},
        {"public": 5},
        {"public": FIRST.public, "retired": [{"public": "ä"}]},
        {"public": FIRST.public, "retired": "no list"},
        {"public": FIRST.public, "retired": 1},
        {"public": FIRST.public, "retired": [{"public": "?", "retired_at": AT, "made": []}]},
        {"public": FIRST.public, "added": [7]},
        {"public": FIRST.public, "added": 7},
        {"public": FIRST.public, "earlier": 7},
        {"public": FIRST.public, "earlier": [[]]},
        {"public": FIRST.public, "retired": [{"public": FIRST.public, "retired_at": AT, "made": 3}]},
        {"public": FIRST.public, "retired": [{"public": FIRST.public, "retired_at": AT, "made": [{}]}]},
        {
            "public": FIRST.public,
            "retired": [{"public": FIRST.public, "retired_at": AT, "signature": 3, "made": []}],
        },
    ],
)
def test_a_ring_that_is_none_is_refused_in_words(values):
    with pytest.raises(
        ValueError, match="this is not a public key|the ring of keys is not as it was written"
    ):
        read_ring(values)


@settings(max_examples=40)
@given(
    earlier=st.frozensets(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=3),
    made=st.frozensets(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=3),
    changes=st.integers(0, 3),
    at=st.datetimes(),
)
def test_a_ring_reads_back_from_its_values(earlier, made, changes, at):
    key, ring = FIRST, dataclasses.replace(SITE, earlier=earlier)
    for _ in range(changes):
        follower = SealKey.new()
        ring = ring.retire(key, follower=follower.public, at=at.isoformat(), made=made)
        key = follower

    assert read_ring(json.loads(json.dumps(ring.as_dict()))) == ring


@settings(max_examples=60)
@given(
    field=st.sampled_from([field.name for field in dataclasses.fields(seals.Seal)]),
    text=st.text(max_size=12),
    number=st.integers(0, 9),
    key=st.sampled_from([None, STRANGER]),
    recompute=st.booleans(),
)
def test_without_the_key_no_change_of_a_seal_holds(field, text, number, key, recompute):
    made = sealed(FIRST)
    changed = dataclasses.replace(made, **{field: number if isinstance(getattr(made, field), int) else text})
    if recompute:
        changed = dataclasses.replace(changed, content_hash=canonical_json.hash_of(str(changed.content)))
        changed = dataclasses.replace(changed, seal_hash=canonical_json.hash_of(changed.statement()))
        if key:
            changed = dataclasses.replace(changed, signature=key.sign(changed.seal_hash))
    if changed.statement() != made.statement() or changed.content != made.content:
        assert not seal.holds(changed, SITE)
