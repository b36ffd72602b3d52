"""Texts that people read: English templates with their arguments, so that a face can translate them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


def N_(text: str) -> str:
    """Marks a text for translation; the adapters translate it, the engine leaves it as it is."""
    return text


class Text(NamedTuple):
    """A template with ``{0}``, ``{1}`` … and what fills them: data, or texts again. ``str()`` gives it in English."""

    template: str
    args: tuple[str | Text, ...] = ()

    def __str__(self) -> str:
        return self.translated(str)

    def translated(self, translate: Callable[[str], str], show: Callable[[str], str] = str) -> str:
        """The text with every template translated; show: what is done to data that fills it, such as escaping."""
        args = (arg.translated(translate, show) if isinstance(arg, Text) else show(arg) for arg in self.args)
        return translate(self.template).format(*args)


def say(template: str, *args: object) -> Text:
    return Text(template, arguments(args))


def arguments(args: Iterable[object]) -> tuple[str | Text, ...]:
    """What fills a template, in words; texts stay texts, so that they are translated too."""
    return tuple(arg if isinstance(arg, Text) else str(arg) for arg in args)


def together(texts: Iterable[Text]) -> Text:
    """Sentences one after the other."""
    texts = tuple(texts)
    return Text(" ".join(f"{{{place}}}" for place in range(len(texts))), texts)
