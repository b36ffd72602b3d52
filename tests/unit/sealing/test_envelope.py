"""What stands around a plan, compared with seals and log; heads that were kept; names as a database compares them."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timezone

import pytest

from sm_planner.engine.model.events import CHANGE_ACCOUNT, RENAME_ACCOUNT, Event
from sm_planner.engine.model.lineage import Record, Version
from sm_planner.engine.names import as_compared
from sm_planner.engine.sealing import envelope, heads, seal
from sm_planner.engine.sealing.log import chain

AT = datetime(2027, 1, 4, 10, 0, tzinfo=timezone.utc)
ACCOUNTS = {"ada": "ada@example.org", "ole": "ole@example.org"}
SCOPE = frozenset({("services", "mail"), ("people", "ada")})


def did(act: str, plan: str, version: int = 1, **more: str) -> Event:
    return Event(
        act=act,
        outcome="Done",
        user="ada@example.org",
        acted_at="t",
        lineage="p",
        plan=plan,
        version=version,
        **more,
    )


@pytest.fixture
def record(minimal) -> Record:
    """One version, signed as it should be."""
    stored = Version(
        plan="p", lineage="p", version=1, state="Active", docstatus=1, scope=SCOPE, accounts=ACCOUNTS
    )
    events = chain([did("Send for Review", "p"), did("Send to Sponsor", "p", envelope=stored.envelope)])
    made = seal.make(
        dataclasses.replace(minimal, id="p", lineage="p", version=1),
        signer=minimal.executive_sponsor,
        signed_at=AT,
        meaning="I approve it.",
        channel="test",
        log_head=events[-1].event_hash,
    )
    signed = did("Sign", "p", seal_hash=made.seal_hash, content_hash=made.content_hash)
    signed = dataclasses.replace(signed, user=made.signer_user)
    return Record(versions=(stored,), seals=(made,), events=chain([*events, signed]))


def faults(record: Record) -> list[str]:
    return [str(fault) for fault in envelope.faults(record)]


def stored_as(record: Record, **changes: object) -> Record:
    return dataclasses.replace(record, versions=(dataclasses.replace(record.versions[0], **changes),))


def followed_by(record: Record, *events: Event) -> Record:
    return dataclasses.replace(record, events=chain([*record.events, *events]))


def test_what_was_signed_as_it_should_be_has_no_fault(record):
    assert faults(record) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"state": "Draft"}, "the state is Draft; by seals and log it is Active"),
        ({"state": "Superseded"}, "the state is Superseded; by seals and log it is Active"),
        ({"docstatus": 2}, "the document status is 2; by seals and log it is 1"),
        ({"version": 3}, "the plan has the version 3; seals and log have 1"),
        ({"lineage": "P"}, "the lineage is “P”; seals and log have “p”"),
        (
            {"scope": SCOPE - {("services", "mail")}},
            "the scope lacks services mail, which was there at signing",
        ),
        ({"scope": SCOPE | {("roles", "x")}}, "the scope has roles x, which was not there at signing"),
        (
            {"accounts": {**ACCOUNTS, "ada": "eve@example.org"}},
            "the account of ada is “eve@example.org”; by seals and log it is “ada@example.org”",
        ),
    ],
)
def test_each_change_is_named(record, changes, says):
    assert faults(stored_as(record, **changes)) == [f"Around the plan: p, version 1: {says}."]


def test_a_change_of_account_that_the_log_tells_of_is_none(record):
    renamed = stored_as(record, accounts={**ACCOUNTS, "ada": "eve@example.org"})
    change = did(
        CHANGE_ACCOUNT, "p", person="ada", account_before="ada@example.org", account="eve@example.org"
    )
    rename = did(RENAME_ACCOUNT, "p", account_before="ADA@example.org", account="eve@example.org")

    assert faults(followed_by(renamed, change)) == []
    assert faults(followed_by(renamed, rename)) == []
    assert faults(followed_by(renamed, dataclasses.replace(change, person="ole")))


def test_a_version_that_is_gone_is_missed_unless_it_was_a_draft(record):
    gone = dataclasses.replace(record, versions=())
    assert faults(gone) == ["Around the plan: p, version 1: it was Active, and is there no more."]

    draft = Record(events=chain([did("Send for Review", "p"), did("Return", "p")]))
    assert faults(draft) == []
    review = Record(events=chain([did("Send for Review", "p")]))
    assert faults(review) == ["Around the plan: p, version 1: it was In Review, and is there no more."]


def test_a_log_rewritten_before_a_seal_lacks_the_head_that_the_seal_holds(record):
    first, *others = record.events
    rewritten = chain([dataclasses.replace(first, user="eve@example.org"), *others])

    assert faults(dataclasses.replace(record, events=rewritten)) == [
        "Log: the last entry before seal 1 was made, 2027-01-04T10:00:00Z, is there no more, or was changed."
    ]


def test_the_head_of_a_log_is_part_of_what_a_seal_says(record):
    (made,) = record.seals
    assert seal.changed(dataclasses.replace(made, log_head="0" * 64))
    assert "log_head" not in dataclasses.replace(made, log_head="").statement()


def test_a_head_misses_what_is_gone(record):
    head = heads.head_of(record, "Plan")

    assert heads.missed(head, record) == ()
    assert len(heads.missed(head, dataclasses.replace(record, seals=()))) == 1
    assert len(heads.missed(head, dataclasses.replace(record, events=record.events[:-1]))) == 1
    assert "with all versions" in str(heads.missed(head, Record())[0])
    assert heads.from_dict(head.as_dict()) == head
    assert heads.head_of(Record(), "Plan") is None


def test_an_older_backup_misses_all_that_is_younger_and_nothing_else(record):
    head = heads.head_of(record, "Plan")
    old, new = (dataclasses.replace(head, event_at=at) for at in ("2027-01-01", "2027-02-01"))

    assert heads.like_a_backup([new], [old])
    assert heads.like_a_backup([new], [])
    assert not heads.like_a_backup([old], [new])
    assert not heads.like_a_backup([], [old])


@pytest.mark.parametrize("values", [{}, {"lineage": 1}, {"nonsense": "x"}])
def test_what_is_no_head_is_refused(record, values):
    with pytest.raises(ValueError, match="This is not a head"):
        heads.from_dict({**heads.head_of(record, "Plan").as_dict(), **values} if values else {})


@pytest.mark.parametrize(
    ("one", "other"), [("abc", "ABC"), ("Straße", "STRASSE"), ("café", "cafe"), ("a ", "a")]
)
def test_names_are_compared_as_the_database_does(one, other):
    assert as_compared(one) == as_compared(other)


def test_other_names_are_others():
    assert as_compared("plan-1") != as_compared("plan-2")
