"""The report Seal Register."""

import dataclasses
from datetime import datetime, timezone

import pytest

from sm_planner.engine import seal
from sm_planner.engine.model import Person, Plan
from sm_planner.engine.seal_key import SealKey
from sm_planner.reports import seal_register

KEY = SealKey.new()
KEYS = {KEY.id: KEY.public}
EDITH = Person(id="edith", title="Edith Example", user="edith@example.org")


def chain(lineage: str, versions: int, key: SealKey | None = KEY) -> tuple[seal.Seal, ...]:
    made: tuple[seal.Seal, ...] = ()
    for version in range(1, versions + 1):
        plan = Plan(id=f"{lineage}-v{version}", lineage=lineage, version=version, people=(EDITH,), seals=made)
        when = datetime(2027, version, 1, 8, 30, tzinfo=timezone.utc)
        made += (
            seal.make(plan, signer="edith", signed_at=when, meaning="I approve.", channel="site", key=key),
        )
    return made


def verdicts(*seals: seal.Seal, keys=KEYS, **filters) -> list[tuple[int, str]]:
    rows = seal_register.report(seals, keys, **filters).rows
    return [(row["number"], row["verdict"].template) for row in rows]


def test_a_seal_says_who_signed_which_version_when_and_that_it_holds():
    row = seal_register.report(chain("p", 2), KEYS).rows[1]
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
    rows = seal_register.report((first, dataclasses.replace(second, **change)), KEYS).rows
    assert rows[0]["verdict"] == seal_register.HOLDS
    assert (rows[1]["verdict"], str(rows[1]["problem"])) == (seal_register.BROKEN, problem)


def test_a_signature_by_another_key_is_broken_and_one_without_key_cannot_be_checked():
    other = SealKey.new()
    assert verdicts(*chain("p", 1), keys={KEY.id: other.public}) == [(1, "Broken")]
    assert verdicts(*chain("p", 1), keys={}) == [(1, "Content intact")]
    assert verdicts(*chain("p", 1, key=None)) == [(1, "Content intact")]


def test_each_lineage_is_a_chain_of_its_own():
    assert verdicts(*chain("a", 2), *chain("b", 1)) == [(1, "Holds"), (2, "Holds"), (1, "Holds")]


def test_only_what_does_not_hold_is_shown_on_demand_and_the_figures_stay():
    first, _second, third = chain("p", 3)
    assert verdicts(first, third, broken_only=True) == [(2, "Missing"), (3, "Broken")]
    figures = seal_register.report((first, third), KEYS, broken_only=True).as_dict()["summary"]
    assert {figure["label"]: figure["value"] for figure in figures} == {
        "Seals": 2,
        "Hold": 1,
        "Origin not checkable": 0,
        "Broken": 1,
        "Numbers missing": 1,
    }


def test_the_message_says_what_to_do():
    assert str(seal_register.report((), KEYS).message).startswith("Nothing has been signed yet.")
    assert str(seal_register.report(chain("p", 1), KEYS).message) == "Every seal holds."
    first, _second, third = chain("p", 3)
    assert str(seal_register.report((first, third), KEYS).message).startswith(
        "2 seals are broken or missing."
    )
