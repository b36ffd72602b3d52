"""What people read of a template: for the catalogue of texts, and in the language of whoever takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from sm_planner.engine.model import Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.templates.library import TAKEN, Template

READ = ("line", "text", "lines")
"""Kinds of fields that hold words."""
NO_WORDS = ("opens", "closes", "timezone")
"""Fields of these kinds that hold none."""


def texts(template: Template) -> Iterator[str]:
    """Every text of a template, whatever situation and depth it is for."""
    yield from (template.title, template.about)
    content = template.content("", "")
    for collection in TAKEN:
        for record in getattr(content, collection):
            yield from _texts(record)


def _texts(record: Any) -> Iterator[str]:
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        if spec.kind == "rows":
            for row in value:
                yield from _texts(row)
        elif _is_read(name, spec.kind):
            yield from value if spec.kind == "lines" else (value,)


def in_words(content: Plan, translate: Callable[[str], str]) -> Plan:
    """What a template holds in another language: what stands in documents is translated for nobody afterwards."""
    return replace(
        content,
        **{
            collection: tuple(_told(record, translate) for record in getattr(content, collection))
            for collection in TAKEN
        },
    )


def _told(record: Any, translate: Callable[[str], str]) -> Any:
    changed: dict[str, Any] = {}
    for name, spec in specs(type(record)).items():
        value = getattr(record, name)
        if spec.kind == "rows":
            changed[name] = tuple(_told(row, translate) for row in value)
        elif value and _is_read(name, spec.kind):
            changed[name] = tuple(map(translate, value)) if spec.kind == "lines" else translate(value)
    return replace(record, **changed)


def _is_read(name: str, kind: str) -> bool:
    return kind in READ and name not in NO_WORDS
