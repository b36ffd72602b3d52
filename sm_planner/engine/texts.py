"""Texts that people read: English templates with their arguments, so that a face can translate them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import NamedTuple


def N_(text: str) -> str:
    """Marks a text for translation; the adapters translate it, the engine leaves it as it is."""
    return text


class Number(str):
    """A number in words, as English writes it, such as ``99.5``: a face writes it as its reader does. As data it is this text."""

    __slots__ = ()


class Text(NamedTuple):
    """A template with ``{0}``, ``{1}`` … and what fills them: data, numbers, days, or texts again. ``str()`` gives it in
    English."""

    template: str
    args: tuple[str | Number | date | Text, ...] = ()

    def __str__(self) -> str:
        return self.translated(str)

    def translated(
        self,
        translate: Callable[[str], str],
        show: Callable[[str], str] = str,
        write: Callable[[date | Number], str] = str,
    ) -> str:
        """The text with every template translated.

        show: what is done to data that fills it, such as escaping. write: how the reader writes days and numbers.
        """

        def told(arg: str | Number | date | Text) -> str:
            if isinstance(arg, Text):
                return arg.translated(translate, show, write)
            return show(write(arg) if isinstance(arg, (date, Number)) else arg)

        return translate(self.template).format(*map(told, self.args))


_TOLD = {str, date, Number, Text}


def say(template: str, *args: object) -> Text:
    return Text(template, arguments(args))


def arguments(args: Iterable[object]) -> tuple[str | Number | date | Text, ...]:
    """What fills a template, in words; texts, days and numbers stay what they are, so that each reader reads them as usual."""
    return tuple([arg if type(arg) in _TOLD else _argument(arg) for arg in args])


def _argument(arg: object) -> str | Number | date | Text:
    if isinstance(arg, (Text, Number)) or type(arg) is date:
        return arg
    return Number(arg) if isinstance(arg, float) else str(arg)


def with_comma(number: Number) -> str:
    """A number as those write it who have a comma before decimals."""
    return number.replace(".", ",")


def together(texts: Iterable[Text]) -> Text:
    """Sentences one after the other."""
    return listed(texts, " ")


def side_by_side(*parts: str | Text) -> Text:
    """What belongs together, with a space between; parts that are empty are left out."""
    return listed(filter(_says_something, parts), " ")


def _says_something(part: str | Text) -> bool:
    return (isinstance(part, Text) and _has_words(part.template)) or bool(str(part))


@lru_cache(maxsize=1024)
def _has_words(template: str) -> bool:
    """Whether a template says something whatever fills it."""
    return any(words for words, *_ in Formatter().parse(template))


def listed(parts: Iterable[str | Number | date | Text], separator: str = ", ") -> Text:
    """What stands in a list, one after the other: data, days and texts."""
    parts = tuple(parts)
    return Text(_places(len(parts), separator), parts)


@lru_cache(maxsize=1024)
def _places(count: int, separator: str) -> str:
    return separator.join(f"{{{place}}}" for place in range(count))
