"""The JSON Schema and the page about plan files: both come from the model."""

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from sm_planner.engine.examples import NAMES, example_text
from sm_planner.engine.plan_file.docs import markdown
from sm_planner.engine.plan_file.schema import schema

PAGE = Path(__file__).parents[3] / "docs" / "plan-file.md"


class TextDays(yaml.SafeLoader):
    """Reads a day as text, as editors do."""


TextDays.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def problems(text: str) -> list[str]:
    plan = yaml.load(text, Loader=TextDays)  # noqa: S506
    return [error.message for error in Draft202012Validator(schema()).iter_errors(plan)]


def test_every_field_is_described():
    def described(part: dict) -> bool:
        fields = part.get("properties", {}).values()
        return all(
            {"title", "description"} & field.keys() and described(field.get("items", {})) for field in fields
        )

    sections = schema()["properties"]
    assert all(described(section) and described(section.get("items", {})) for section in sections.values())


def test_the_schema_is_one():
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_plans_fit_the_schema(name):
    assert problems(example_text(name)) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("people: []", "'plan' is a required property"),
        ("plan: {title: x}", "'id' is a required property"),
        ("plan: {id: p, titel: x}", "Additional properties are not allowed ('titel' was unexpected)"),
        ("plan: {id: p p}", "'p p' does not match '^[A-Za-z0-9][A-Za-z0-9._@:-]*$'"),
        ("plan: {id: p, version: 0}", "0 is not valid under any of the given schemas"),
        ("plan: {id: p, provider_type: internal}", "'internal' is not valid under any of the given schemas"),
    ],
)
def test_what_does_not_fit_is_told(text, problem):
    assert problems(text) == [problem]


def test_the_page_about_plan_files_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run make docs"


def test_the_page_about_plan_files_has_no_words_that_are_for_programmers_alone():
    assert re.findall(r":\w+:`", markdown()) == []
