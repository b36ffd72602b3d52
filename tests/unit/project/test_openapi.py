"""The OpenAPI document tells the API as it is written."""

import ast

import pytest
from openapi_spec_validator import validate

from sm_planner.adapters.desk import openapi
from sm_planner.adapters.guards.permission_matrix import APP, functions

DOCUMENT = openapi.document()
WRITTEN = {
    node.name: node
    for node in ast.parse((APP / "api.py").read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.decorator_list
}


def told(name: str) -> dict:
    return DOCUMENT["paths"][openapi.PREFIX + name]


def test_it_is_openapi():
    validate(DOCUMENT)


def test_every_function_is_told_and_nothing_else():
    assert list(DOCUMENT["paths"]) == [openapi.PREFIX + name for name in WRITTEN]


@pytest.mark.parametrize(("name", "methods"), [(name, methods) for name, methods, _asked in functions()])
def test_a_function_is_told_with_its_methods_arguments_and_what_must_be_given(name, methods):
    arguments = WRITTEN[name].args
    names = [argument.arg for argument in arguments.args]
    must = names[: len(names) - len(arguments.defaults)]

    assert [method.upper() for method in told(name)] == methods.split(", ")
    for method, operation in told(name).items():
        if method == "get":
            given = operation["parameters"]
            assert [one["name"] for one in given] == names
            assert [one["name"] for one in given if one["required"]] == must
        elif names:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            assert list(schema["properties"]) == names
            assert schema.get("required", []) == must


@pytest.mark.parametrize("name", WRITTEN)
def test_a_function_is_told_in_one_sentence_of_its_own_docstring(name):
    docstring = " ".join(ast.get_docstring(WRITTEN[name]).split()).replace("``", "`")
    for operation in told(name).values():
        assert operation["summary"].endswith(".")
        assert docstring.startswith(operation["summary"].rstrip("."))


def test_types_defaults_and_words_of_an_argument():
    body = told("sign")["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]

    assert body["plan"] == {"type": "string"}
    assert body["password"]["default"] == ""
    assert body["seen_hash"]["description"] == "the hash that `sign_off_summary` gave."


def test_one_of_several_types_is_told_as_one_of_them():
    (asked,) = (one for one in told("agreement_calendar")["get"]["parameters"] if one["name"] == "filters")
    assert asked["schema"] == {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {}}, {"type": "null"}],
    }


def test_dates_are_told_as_iso_8601():
    assert openapi._schema(ast.parse("date | None", mode="eval").body) == {
        "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]
    }


def test_a_type_that_the_api_does_not_use_is_no_guess():
    with pytest.raises(KeyError, match="Decimal"):
        openapi._schema(ast.parse("Decimal", mode="eval").body)


def test_answers_are_values_files_or_the_way_to_a_page():
    value = told("start_revision")["post"]["responses"]["200"]["content"]["application/json"]["schema"]

    assert value == {"type": "object", "properties": {"message": {"type": "string"}}}
    assert told("plan_book")["get"]["responses"]["200"]["content"] == {"*/*": {}}
    assert "302" in told("give_feedback")["post"]["responses"]


def test_a_rate_limit_is_told_in_calls_and_seconds():
    description = told("give_guest_feedback")["post"]["responses"]["429"]["description"]
    assert description == "More calls than are taken from one address: 20 in 3600 seconds."


def test_what_needs_no_log_in_says_so_and_nothing_else_does():
    open_ones = {
        path for path, methods in DOCUMENT["paths"].items() for one in methods.values() if "security" in one
    }
    assert open_ones == {openapi.PREFIX + name for name in ("my_calendar", "give_guest_feedback")}
