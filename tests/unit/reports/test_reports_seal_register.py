"""The report Seal Register."""

import dataclasses
from datetime import datetime, timezone

import pytest

from sm_planner.engine.model import Person, Plan, seals as seals_module
from sm_planner.engine.model.seal_key import KeyRing, SealKey
from sm_planner.engine.sealing import seal
from sm_planner.reports import seal_register

KEY = SealKey.new()
RING = KeyRing(added=(KEY.public,))
EDITH = Person(id="edith", title="Edith Example", user="edith@example.org")


def chain(lineage: str, versions: int, key: SealKey | None = KEY) -> tuple[seals_module.Seal, ...]:
    made: tuple[seals_module.Seal, ...] = ()
    for version in range(1, versions + 1):
        plan = Plan(id=f"{lineage}-v{version}", lineage=lineage, version=version, people=(EDITH,), seals=made)
        when = datetime(2027, version, 1, 8, 30, tzinfo=timezone.utc)
        made += (
            seal.make(plan, signer="edith", signed_at=when, meaning="I approve.", channel="site", key=key),
        )
    return made


def verdicts(*seals: seals_module.Seal, ring=RING, **filters) -> list[tuple[int, str]]:
    rows = seal_register.report(seals, ring, **filters).rows
    return [(row["number"], row["verdict"].template) for row in rows]


def test_a_seal_says_who_signed_which_version_when_and_that_it_holds():
    row = seal_register.report(chain("p", 2), RING).rows[1]
    assert (row["number"], row["plan"], row["version"]) == (2, "p-v2", 2)
    assert (row["signer_name"], row["signed_at"]) == ("Edith Example", "2027-02-01 08:30:00")
    assert (row["verdict"], row["problem"]) == (seal_register.HOLDS, "")


def test_a_number_that_is_missing_has_a_row_of_its_own():
    first, _second, third = chain("p", 3)
    assert verdicts(first, third) == [(1, "Holds"), (2, "Missing"), (3, "Broken")]
    assert verdicts(*chain("p", 3)[1:])[0] == (1, "Missing")


def test_one_wrong_number_does_not_fill_the_page():
    far = dataclasses.replace(chain("p", 1)[0], number=2_000_000_000)
    assert len(verdicts(far)) == seal_register.MOST_GAPS + 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"content": "{}"}, "the sealed content was changed"),
        ({"signer_name": "Mallory"}, "who signed, when, or what was said was changed"),
    ],
)
def test_what_was_changed_is_told(change, problem):
    first, second = chain("p", 2)
    rows = seal_register.report((first, dataclasses.replace(second, **change)), RING).rows
    assert rows[0]["verdict"] == seal_register.HOLDS
    assert (rows[1]["verdict"], str(rows[1]["problem"])) == (seal_register.BROKEN, problem)


def test_on_a_site_with_a_key_what_that_key_did_not_make_is_broken():
    unsigned, ours, others = chain("p", 1, key=None), chain("p", 1), chain("p", 1, key=SealKey.new())
    site = KeyRing(signing=KEY.public, of_site=True)
    assert verdicts(*ours, ring=site) == [(1, "Holds")]
    assert verdicts(*unsigned, ring=site) == verdicts(*others, ring=site) == [(1, "Broken")]


def test_what_was_there_before_the_site_had_its_key_cannot_be_checked():
    seals = chain("p", 1, key=None)
    site = KeyRing(signing=KEY.public, of_site=True, earlier=frozenset(one.seal_hash for one in seals))
    assert verdicts(*seals, ring=site) == [(1, "Content intact")]
    assert verdicts(*chain("p", 1), ring=KeyRing()) == [(1, "Content intact")]


def test_the_message_says_what_must_be_known_of_the_keys():
    by_hand = KeyRing(signing=KEY.public, of_site=True, added=(SealKey.new().public,))
    message = str(seal_register.report(chain("p", 1), by_hand).message)
    assert message.startswith("Every seal holds. Key ")
    assert message.endswith("was added by hand: no change from it to another key is recorded.")
    assert "This site has no seal key" in str(seal_register.report((), KeyRing(of_site=True)).message)


def test_each_lineage_is_a_chain_of_its_own():
    assert verdicts(*chain("a", 2), *chain("b", 1)) == [(1, "Holds"), (2, "Holds"), (1, "Holds")]


def test_only_what_does_not_hold_is_shown_on_demand_and_the_figures_stay():
    first, _second, third = chain("p", 3)
    assert verdicts(first, third, broken_only=True) == [(2, "Missing"), (3, "Broken")]
    figures = seal_register.report((first, third), RING, broken_only=True).as_dict()["summary"]
    assert {figure["label"]: figure["value"] for figure in figures} == {
        "Seals": 2,
        "Hold": 1,
        "Origin not checkable": 0,
        "Broken": 1,
        "Numbers missing": 1,
    }


def test_the_message_says_what_to_do():
    assert str(seal_register.report((), RING).message).startswith("Nothing has been signed yet.")
    assert str(seal_register.report(chain("p", 1), RING).message) == "Every seal holds."
    first, _second, third = chain("p", 3)
    assert str(seal_register.report((first, third), RING).message).startswith(
        "2 seals are broken or missing."
    )
