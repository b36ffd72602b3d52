"""The page of doors and the tests of doors tell of the same ones."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TESTS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "tests/site/http").glob("test_*.py")}
PAGE = (ROOT / "docs" / "doors.md").read_text(encoding="utf-8")

ID = r"[A-Z]\d+[a-z]?'?"
LISTED = re.findall(rf"^\| ({ID}) \| .+ \| (\w+) \|$", PAGE, re.MULTILINE)


def tried(code: str) -> set[str]:
    """The letters of the doors that a module of tests tries: of parametrised doors, and of docstrings."""
    parameters = re.findall(rf'"({ID})(?: [^"]*)?"', code)
    docstrings = re.findall(rf'"""({ID}(?:, {ID})*)\b', code)
    return {*parameters, *(id for ids in docstrings for id in ids.split(", "))}


@pytest.mark.parametrize(("id", "test"), LISTED, ids=[id for id, _test in LISTED])
def test_a_door_of_the_page_is_tried_by_the_test_that_it_names(id, test):
    module = f"test_{test}" if f"test_{test}" in TESTS else f"test_doors_{test}"
    assert id in tried(TESTS[module])


def test_every_door_that_is_tried_is_on_the_page():
    doors = {id for name, code in TESTS.items() if name.startswith("test_doors") for id in tried(code)}
    assert doors - {id for id, _test in LISTED} == set()


def test_no_door_is_on_the_page_twice():
    ids = [id for id, _test in LISTED]
    assert len(ids) > 80
    assert sorted(ids) == sorted(set(ids))


def test_the_tests_that_the_page_names_are_there():
    named = set(re.findall(r"`(test_\w+)\.py`", PAGE))
    assert named <= TESTS.keys()
