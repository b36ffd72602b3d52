"""How people write the value of a field, and what it means: text ↔ value, by kind.

Plan files, workbooks, imports and the site's number fields all read and write through this module, so that a
value means the same wherever it is written.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import Any

from sm_planner.engine.model.fields import DECIMALS, KEY_LENGTH, LINE_LENGTH, Spec
from sm_planner.engine.texts import N_, Number, Text, say

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:-]*")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_THOUSANDS = ((",", r"\."), (r"\.", ","), (" ", "[.,]"), ("['’]", "[.,]"))
"""What stands between thousands, and the decimal signs that go with it."""
LARGEST_NUMBER = 10**12
"""Numbers stay below this: what a Float field of Frappe holds."""
LARGEST_INTEGER = 2**31 - 1


class ValueProblem(ValueError):
    """A value that cannot be read: what is wrong, and what to write instead."""

    def __init__(self, message: Text, fix: Text):
        super().__init__(f"{message} {fix}")
        self.message = message
        self.fix = fix


@dataclass(frozen=True)
class Refusal:
    """A value that is not taken: its field, what is wrong and what to do. row: the number of the child row, or 0.

    A class of records may have a method ``misfits`` that gives what its fields refuse together, in plan files as on sites.
    """

    field: str
    message: Text
    fix: Text
    row: int = 0
    table: str = ""


def folded(text: str) -> str:
    """A name as it is compared: letter case and spaces do not matter."""
    return " ".join(text.casefold().split())


def headline(text: str) -> str:
    """The first line of a text, as long as a title can be."""
    first = text.strip().split("\n", 1)[0]
    return first if len(first) <= LINE_LENGTH else f"{first[: LINE_LENGTH - 1]}…"


def parse(spec: Spec, raw: str) -> Any:
    """The value that a text means in a field of one value. An empty text is the empty value.

    Raises ValueProblem for a text that the field cannot hold.
    """
    raw = clean(raw)
    if not raw:
        return spec.empty
    return _PARSERS[spec.kind](spec, raw)


def value_of(spec: Spec, written: str, translate: Callable[[str], str] = str) -> str:
    """The value that goes by what is written: itself, or its words, in English or as translated, in any case.

    What is none of them stays as it is: see :func:`misnamed`.
    """
    wanted = _bare(written)
    for value, words in spec.words:
        if wanted in (_bare(value), _bare(words), _bare(translate(words))):
            return value
    return written


def words_of(spec: Spec, value: str) -> Text:
    """The words by which people know a value; the value itself where it has none."""
    return Text(dict(spec.words).get(value, "{0}"), (value,))


def misnamed(spec: Spec, value: str) -> ValueProblem | None:
    """That a field holds none of the values that it can, with the nearest; None for one that does, or is empty."""
    if not spec.words or not value or value in dict(spec.words):
        return None
    meant = _nearest(spec, value)
    fix = (
        say(N_("Write “{0}”."), Text(meant))
        if meant
        else say(N_("Write it in its words, such as “{0}”."), Text(spec.words[0][1]))
    )
    return ValueProblem(say(N_("There is no {1} “{0}”."), value, Text(spec.label)), fix)


def _nearest(spec: Spec, written: str) -> str:
    """The words that were probably meant: those that look alike, or share the most words with what is written."""
    names = {name: words for value, words in spec.words for name in (value, words)}
    if found := closest(written, names):
        return names[found]
    said = _long_words(written)
    shared = {words: len(said & _long_words(words)) for _, words in spec.words}
    best = max(shared, key=shared.__getitem__)
    return best if shared[best] else ""


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.casefold()))


def _bare(text: str) -> str:
    """A text without what people write differently: case, blanks, and the marks at its end."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).rstrip(" ?.!")


def clean(raw: str) -> str:
    """The text in Unicode normal form C, with line feeds for line ends and no blanks around it."""
    return unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


def show(value: Any) -> str:
    """The text for a single value: what :func:`parse` reads as that value again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return Number(int(value) if value.is_integer() else repr(value))
    return str(value)


def number_fix(example: str) -> Text:
    """What to write where a number was wanted. example: one in the writing of the reader."""
    return say(N_("Write a number such as {0}, without a unit or thousands separators."), example)


def slug(text: str) -> str:
    """A text made fit for an id: ASCII letters in lower case, digits and ``. _ @ : -``; at most 100 of them."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._@:]+", "-", ascii_text).strip("-._@:")[:KEY_LENGTH].rstrip("-._@:")


def id_from(title: str, is_taken: Callable[[str], bool], longest: int = KEY_LENGTH) -> str:
    """An id made from a title, numbered from 2 on where it is taken; empty where no letter of it is Latin."""
    stem = slug(title)[: longest - len("-999")].rstrip("-._@:")
    wanted = chain((stem,), (f"{stem}-{number}" for number in count(2)))
    return next(id for id in wanted if not is_taken(id)) if stem else ""


def plain_number(text: str) -> str:
    """A number as people write it on a site → as :func:`parse` reads it: a point, and nothing between thousands.

    ``95,5`` is 95.5, ``1.234,5`` and ``1 234,5`` are 1234.5. A text that is no number, or that means different numbers
    to different people, as ``1,234`` does, is returned as it is. A point alone is the decimal sign.
    """
    bare = re.sub(r"\s", " ", text.strip())
    for group, decimal in _THOUSANDS:
        found = re.fullmatch(
            rf"[+-]?[1-9]\d{{0,2}}(?P<groups>({group}\d{{3}})+)(?P<rest>{decimal}\d+)?", bare
        )
        if found and (found["rest"] or len(found["groups"]) > 4 or group not in (",", r"\.")):
            return re.sub(group, "", bare).replace(",", ".")
    if re.fullmatch(r"[+-]?\d*,\d+", bare) and not re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", bare):
        return bare.replace(",", ".")
    return text


def closest(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or an empty text."""
    known: dict[str, str] = {}
    for known_word in words:
        known.setdefault(known_word.casefold(), known_word)
    found = difflib.get_close_matches(word.casefold(), known, n=1)
    return known[found[0]] if found else ""


def _key(spec: Spec, raw: str) -> str:
    if len(raw) > KEY_LENGTH:
        raise ValueProblem(
            say(N_("An id of {0} characters is too long."), len(raw)),
            say(N_("Use at most {0} characters."), KEY_LENGTH),
        )
    if not KEY.fullmatch(raw):
        raise ValueProblem(
            say(N_("“{0}” is not a valid id."), raw),
            say(N_("Use only letters, digits and . _ @ : - and begin with a letter or digit.")),
        )
    return raw


def _text(spec: Spec, raw: str) -> str:
    for character in raw:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t":
            raise ValueProblem(
                say(N_("A text cannot contain the character U+{0}."), f"{ord(character):04X}"),
                say(N_("Remove it.")),
            )
    return raw


def _line(spec: Spec, raw: str) -> str:
    if "\n" in raw:
        raise ValueProblem(say(N_("{0} must be one line."), spec.label), say(N_("Write it on one line.")))
    if len(raw) > spec.length:
        raise ValueProblem(
            say(N_("{0} is {1} characters long."), spec.label, len(raw)),
            say(N_("Use at most {0} characters."), spec.length),
        )
    return value_of(spec, _text(spec, raw))


def _number(spec: Spec, raw: str) -> float:
    if not _NUMBER.fullmatch(raw):
        raise ValueProblem(say(N_("“{0}” is not a number."), raw), number_fix(Number("99.5")))
    value = float(raw)
    if not math.isfinite(value) or abs(value) >= LARGEST_NUMBER:
        raise ValueProblem(
            say(N_("{0} is too large."), raw), say(N_("Use a number below {0}."), f"{LARGEST_NUMBER:,}")
        )
    if round(value, DECIMALS) != value:
        raise ValueProblem(
            say(N_("{0} has more than {1} decimal places."), raw, DECIMALS),
            say(N_("Round it to {0}."), show(round(value, DECIMALS))),
        )
    _within(spec, value)
    return value + 0.0


def _integer(spec: Spec, raw: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,10}", raw) or abs(int(raw)) > LARGEST_INTEGER:
        raise ValueProblem(
            say(N_("“{0}” is not a whole number."), raw), say(N_("Write digits only, such as 12."))
        )
    _within(spec, int(raw))
    return int(raw)


def too_small(value: float, minimum: float) -> tuple[Text, Text]:
    """What is wrong with a number below the smallest that is taken, and what to do."""
    return say(N_("{0} is too small."), show(value)), say(N_("Use {0} or more."), show(minimum))


def _within(spec: Spec, value: float) -> None:
    if spec.minimum is not None and value < spec.minimum:
        raise ValueProblem(*too_small(value, spec.minimum))
    if spec.maximum is not None and value > spec.maximum:
        raise ValueProblem(
            say(N_("{0} is too large."), show(value)), say(N_("Use {0} or less."), show(spec.maximum))
        )


def _day(spec: Spec, raw: str) -> date:
    try:
        if _DATE.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        raise ValueProblem(
            say(N_("The date {0} does not exist."), raw), say(N_("Enter a date that exists."))
        ) from None
    raise ValueProblem(
        say(N_("“{0}” is not a date."), raw), say(N_("Write year-month-day, such as 2027-03-31."))
    )


def _flag(spec: Spec, raw: str) -> bool:
    try:
        return _FLAGS[raw.lower()]
    except KeyError:
        raise ValueProblem(
            say(N_("“{0}” is neither yes nor no."), raw), say(N_("Write true or false."))
        ) from None


def _choice(spec: Spec, raw: str) -> str:
    if raw in spec.choices:
        return raw
    meant = closest(raw, spec.choices)
    fix = say(N_("Write {0}."), meant) if meant else say(N_("Write one of {0}."), ", ".join(spec.choices))
    raise ValueProblem(say(N_("“{0}” is not a {1}."), raw, spec.label), fix)


_PARSERS = {
    "key": _key,
    "link": _key,
    "line": _line,
    "text": _text,
    "number": _number,
    "integer": _integer,
    "date": _day,
    "flag": _flag,
    "choice": _choice,
}
