"""The HTTP API as an OpenAPI document: what ``sm_planner.api.openapi`` answers, or ``python -m sm_planner.adapters.desk.openapi``.

It is read from ``api.py`` as it is written: methods and rate limits from the decorators, parameters from the annotations, words
from the docstrings, who may call from the first line. So it says what Frappe holds a caller to, and loads without Frappe.

Source: OpenAPI Specification 3.1.1, https://spec.openapis.org/oas/v3.1.1.html; answers and errors: Frappe's REST API.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from sm_planner import __version__
from sm_planner.adapters.guards.permission_matrix import APP, WITHOUT_LOG_IN, functions

Schema = dict[str, Any]

PREFIX = "/api/method/sm_planner.api."

_OF_NAME: dict[str, Schema] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "None": {"type": "null"},
    "Any": {},
    "dict": {"type": "object"},
    "list": {"type": "array"},
}

_ABOUT = """\
Functions of SM Planner on a Frappe site. Each asks for permission first, and answers with what the user may read.

A call is authorised as any of Frappe's REST API: by an API key (`Authorization: token key:secret`), by a bearer token of the
site's OAuth, or by the cookie of a session, then with the header `X-Frappe-CSRF-Token` where the method is POST. What a function
answers stands under `message`; a function that answers with a file answers with the file."""

_ERRORS = {
    "Forbidden": ("403", "The user may not do that, or is not logged in."),
    "NotFound": ("404", "There is no such document, or the user may not know of it."),
    "Refused": (
        "417",
        "Refused, with the reason: what was given cannot be used, or the document is not in a state for it.",
    ),
}
"""Name of an answer that every function can give → its status, and what it means."""


def document() -> dict[str, Any]:
    """The OpenAPI document of all functions, in the order in which they are written."""
    asked = {name: who for name, _methods, who in functions()}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "SM Planner",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"bearer": []}, {"session": []}],
        "tags": [{"name": tag} for tag in dict.fromkeys(map(_tag, asked.values()))],
        "paths": {PREFIX + node.name: _path(node, asked[node.name]) for node in _functions()},
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`token key:secret`, of the user's API access.",
                },
                "bearer": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "sid"},
            },
            "schemas": {"Refusal": _REFUSAL},
            "responses": {name: _refused(text) for name, (_code, text) in _ERRORS.items()},
        },
    }


_REFUSAL: Schema = {
    "type": "object",
    "properties": {
        "exc_type": {"type": "string", "description": "The class of the error, such as PermissionError."},
        "_server_messages": {
            "type": "string",
            "description": "A JSON list of JSON objects, each with the `message` that people are shown.",
        },
    },
}


@cache
def _functions() -> tuple[ast.FunctionDef, ...]:
    tree = ast.parse((APP / "api.py").read_text(encoding="utf-8"))
    return tuple(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list)


def _path(node: ast.FunctionDef, asked: str) -> dict[str, Any]:
    methods = ast.literal_eval(_keywords(node, "frappe.whitelist")["methods"])
    return {method.lower(): _operation(node, method, asked) for method in methods}


def _operation(node: ast.FunctionDef, method: str, asked: str) -> dict[str, Any]:
    summary, description, of_parameter = _words(node)
    parameters = list(_parameters(node, of_parameter))
    found: dict[str, Any] = {
        "operationId": f"{node.name}.{method.lower()}",
        "tags": [_tag(asked)],
        "summary": summary,
        "description": "\n\n".join(filter(None, (description, f"Asks for: {asked}."))),
    }
    if node.name in WITHOUT_LOG_IN:
        found["security"] = []
    if method == "GET":
        found["parameters"] = [{"in": "query", **one} for one in parameters]
    elif parameters:
        found["requestBody"] = _body(parameters)
    return {**found, "responses": _responses(node)}


def _body(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    properties = {
        one["name"]: {
            **one["schema"],
            **({"description": one["description"]} if "description" in one else {}),
        }
        for one in parameters
    }
    required = [one["name"] for one in parameters if one["required"]]
    schema = {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
    }
    kinds = ("application/json", "application/x-www-form-urlencoded")
    return {"required": bool(required), "content": {kind: {"schema": schema} for kind in kinds}}


def _parameters(node: ast.FunctionDef, words: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Name, whether it has to be given, schema, and what the docstring says of it."""
    defaults = [None] * (len(node.args.args) - len(node.args.defaults)) + node.args.defaults
    for argument, default in zip(node.args.args, defaults, strict=True):
        schema = _schema(argument.annotation)
        if default is not None and (value := ast.literal_eval(default)) is not None:
            schema = {**schema, "default": value}
        one = {"name": argument.arg, "required": default is None, "schema": schema}
        yield {**one, **({"description": words[argument.arg]} if argument.arg in words else {})}


def _responses(node: ast.FunctionDef) -> dict[str, Any]:
    found = dict([_answer(node)])
    found |= {code: {"$ref": f"#/components/responses/{name}"} for name, (code, _text) in _ERRORS.items()}
    if limit := _keywords(node, "rate_limit"):
        calls, seconds = _number(limit["limit"]), _number(limit["seconds"])
        found["429"] = _refused(f"More calls than are taken from one address: {calls} in {seconds} seconds.")
    return found


def _refused(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Refusal"}
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _answer(node: ast.FunctionDef) -> tuple[str, dict[str, Any]]:
    """The status of an answer, and what it is."""
    returned, methods = ast.unparse(node.returns), _keywords(node, "frappe.whitelist")["methods"]
    if any(isinstance(one, ast.Call) and ast.unparse(one.func) == "saying.go" for one in ast.walk(node)):
        return "302", {"description": "Done; the way to the page of the form."}
    if returned == "Response" or (returned == "None" and "GET" in ast.literal_eval(methods)):
        return "200", {"description": "The file.", "content": {"*/*": {}}}
    schema = {"type": "object", "properties": {"message": _schema(node.returns)}}
    return "200", {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _schema(annotation: ast.expr) -> Schema:
    """The JSON Schema of an annotation. Raises KeyError for a name that is none of those that the API uses."""
    if isinstance(annotation, ast.BinOp):
        return {"anyOf": [*_flat(_schema(annotation.left)), *_flat(_schema(annotation.right))]}
    if isinstance(annotation, ast.Subscript):
        name = ast.unparse(annotation.value)
        inner = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        if name == "dict":
            return {"type": "object", "additionalProperties": _schema(inner[1])}
        if name == "tuple":
            return {"type": "array", "prefixItems": [_schema(one) for one in inner]}
        return {**_OF_NAME[name], "items": _schema(inner[0])}
    return dict(_OF_NAME[ast.unparse(annotation)])


def _flat(schema: Schema) -> list[Schema]:
    return schema.get("anyOf", [schema])


def _words(node: ast.FunctionDef) -> tuple[str, str, dict[str, str]]:
    """The first sentence of the docstring, the rest, and what it says of parameters (``name: …``)."""
    text = " ".join((ast.get_docstring(node) or "").split()).replace("``", "`")
    names = "|".join(argument.arg for argument in node.args.args)
    words: dict[str, str] = {}
    if names:
        first, *told = re.split(rf"(?:(?<=[.:;] )|^)({names}): ", text)
        words = dict(zip(told[::2], (part.strip() for part in told[1::2]), strict=True))
        text = first
    summary, _, rest = text.strip().partition(". ")
    return summary.rstrip(".") + ".", rest, words


def _keywords(node: ast.FunctionDef, decorator: str) -> dict[str, ast.expr]:
    """The named arguments of a decorator; none where the function does not have it."""
    for one in node.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func) == decorator:
            return {keyword.arg: keyword.value for keyword in one.keywords if keyword.arg}
    return {}


def _number(expression: ast.expr) -> int:
    """A whole number that is written as a number or as a product of some."""
    if isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Mult):
        return _number(expression.left) * _number(expression.right)
    return int(ast.literal_eval(expression))


def _tag(asked: str) -> str:
    return asked.partition(":")[0]


def text() -> str:
    """The document as it is stored and served."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
