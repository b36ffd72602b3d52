"""How a field of the plan model is declared.

A record of the model is a frozen dataclass whose fields are made by the functions of this module.
Each carries a :class:`Spec`; reading and writing plan files, the JSON Schema, the canonical form, the
documentation and the comparison with the DocTypes all read these specs, so that a field is told once.

An empty field is the empty value of its kind (``""``, ``None``, ``False``, ``()``): what is missing is
for the checks to say, not for the model to refuse.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cache
from typing import Any

LINE_LENGTH = 140
"""Characters in a one-line field: what a Data field of Frappe holds."""

KEY_LENGTH = 100
"""Characters in an id."""

DECIMALS = 9
"""Decimal places of a number: what a Float field of Frappe keeps."""


@dataclass(frozen=True)
class Spec:
    """What is known about one field.

    kind: ``key`` (an id), ``line`` (one line of text), ``text``, ``lines`` (a list of short texts),
    ``integer``, ``number``, ``date``, ``flag``, ``choice``, ``link`` (the id of a record),
    ``links`` (several ids) or ``rows`` (child rows).
    target: the collection that a link points into. row: the dataclass of child rows. length: characters of a line.
    unlike: the field of the record whose value a link cannot have too; ``id`` for the record itself.
    words: of a line that holds one of a few values, each value with the words by which people know it: files and imports
    may say either, and people read the words.
    sealed: whether the field belongs to what a sponsor signs. of_lineage: of a plan, whether it holds for all versions.
    """

    kind: str
    label: str
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    target: str = ""
    unlike: str = ""
    row: type | None = None
    minimum: float | None = None
    maximum: float | None = None
    length: int = LINE_LENGTH
    sealed: bool = True
    of_lineage: bool = False

    @property
    def empty(self) -> Any:
        return _EMPTY[self.kind]


_EMPTY: dict[str, Any] = {
    "key": "",
    "line": "",
    "text": "",
    "choice": "",
    "link": "",
    "date": None,
    "number": None,
    "integer": None,
    "flag": False,
    "lines": (),
    "links": (),
    "rows": (),
}


def _field(kind: str, label: str, default: Any = None, **rest: Any) -> Any:
    spec = Spec(kind=kind, label=label, **rest)
    return dataclasses.field(default=spec.empty if default is None else default, metadata={"spec": spec})


def key(label: str = "ID", help: str = "") -> Any:
    return _field("key", label, help=help, required=True)


def line(label: str, help: str = "", **rest: Any) -> Any:
    return _field("line", label, help=help, **rest)


def taken() -> Any:
    """The template that a record was taken from, until somebody has looked at it. No part of what is signed."""
    return line(
        "Taken From",
        "The template that it was taken from. Empty once somebody has looked at it.",
        sealed=False,
    )


def text(label: str, help: str = "", **rest: Any) -> Any:
    return _field("text", label, help=help, **rest)


def lines(label: str, help: str = "", **rest: Any) -> Any:
    return _field("lines", label, help=help, **rest)


def choice(label: str, choices: tuple[str, ...], default: str = "", help: str = "", **rest: Any) -> Any:
    return _field("choice", label, default or None, choices=choices, help=help, **rest)


def number(label: str, help: str = "", **rest: Any) -> Any:
    return _field("number", label, help=help, **rest)


def integer(label: str, default: int | None = None, help: str = "", **rest: Any) -> Any:
    return _field("integer", label, default, help=help, **rest)


def day(label: str, help: str = "", **rest: Any) -> Any:
    return _field("date", label, help=help, **rest)


def flag(label: str, default: bool = False, help: str = "", **rest: Any) -> Any:
    return _field("flag", label, default or None, help=help, **rest)


def link(label: str, target: str, help: str = "", **rest: Any) -> Any:
    return _field("link", label, target=target, help=help, **rest)


def links(label: str, target: str, help: str = "", **rest: Any) -> Any:
    return _field("links", label, target=target, help=help, **rest)


def rows(label: str, row: type, help: str = "", **rest: Any) -> Any:
    return _field("rows", label, row=row, help=help, **rest)


record = dataclass(frozen=True, kw_only=True)
"""Makes a class of the model: immutable, its fields given by name."""


@cache
def specs(cls: type) -> dict[str, Spec]:
    """The declared fields of a record class, by name, in the order of their declaration."""
    return {
        field.name: field.metadata["spec"] for field in dataclasses.fields(cls) if "spec" in field.metadata
    }
