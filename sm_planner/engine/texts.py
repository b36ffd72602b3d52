"""Texts that people read: English templates with their arguments, so that a face can translate them."""

from __future__ import annotations

from typing import NamedTuple


def N_(text: str) -> str:
    """Marks a text for translation; the adapters translate it, the engine leaves it as it is."""
    return text


class Text(NamedTuple):
    """A template with ``{0}``, ``{1}`` … and what fills them. ``str()`` gives it in English."""

    template: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.template.format(*self.args)


def say(template: str, *args: object) -> Text:
    return Text(template, tuple(map(str, args)))
