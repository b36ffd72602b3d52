"""The opening hours of a week in one line, as people write them: ``Mon–Fri 8–18, Sat 9–13``, ``Mo–Fr 8–18 Uhr``, ``24x7``.

Days with their times, one group after the other. Days: names in English or German, short or long, lists and spans; ``daily``,
``weekdays``, ``weekend``. Times: ``8``, ``8:30``, ``8.30``, ``8h30``, ``8 Uhr``, ``8 am``, several spans for the same days. A span that ends before
its beginning ends on the next day, as in a window of a calendar. What is not understood is refused with its place:
nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sm_planner.engine.model.services import CalendarWindow
from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.service_time.service_hours import span_between
from sm_planner.engine.texts import N_, Text, say

SHORT = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
"""What days are called in a line."""
EXAMPLE = "Mon–Fri 8–18, Sat 9–13"
ALWAYS = "24x7"
MIDNIGHT = 24 * 60
"""Minutes of a day."""
_NOON, _EARLY = MIDNIGHT // 2, MIDNIGHT // 4
"""Noon, and six in the morning: an hour before that may well be one of the afternoon."""

_NAMES = (
    "mo mon monday mondays montag montags",
    "tu tue tues tuesday tuesdays di dienstag dienstags",
    "we wed weds wednesday wednesdays mi mittwoch mittwochs",
    "th thu thur thurs thursday thursdays do donnerstag donnerstags",
    "fr fri friday fridays freitag freitags",
    "sa sat saturday saturdays samstag samstags sonnabend sonnabends",
    "su sun sunday sundays so sonntag sonntags",
)
_DAYS: dict[str, tuple[int, ...]] = {
    **{name: (day,) for day, names in enumerate(_NAMES) for name in names.split()},
    **dict.fromkeys(("daily", "everyday", "täglich"), tuple(range(7))),
    **dict.fromkeys(("weekdays", "workdays"), tuple(range(5))),
    **dict.fromkeys(("weekend", "weekends", "wochenende", "wochenends"), (5, 6)),
}
_WITH_OR_WITHOUT_SATURDAY = ("werktag", "werktage", "werktags", "wochentag", "wochentage", "wochentags")
"""Words that mean five days to some and six to others."""
_ALWAYS = re.compile(
    r"24\s*(?:x|×|/)\s*7|(?:open\s+)?always|immer|rund um die uhr|(?:a)?round the clock", re.I
)
_ALL_DAY = re.compile(
    r"rund um die uhr|(?:a)?round the clock|all day|ganztägig|ganztags|24\s*(?:hours|stunden|std\.?|h)\b",
    re.I,
)
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?:[:.h]\d{2})?)(?:\s*(?P<half>[ap]\.?m\b\.?)|\s*(?:uhr|h|hrs?|o['’]clock)(?!\w)\.?)?"
    r"|(?P<span>[-–—−]|\b(?:to|until|till|through|bis)\b)"
    r"|(?P<comma>[,;&+\n]|\b(?:and|und|sowie)\b)"
    r"|(?P<closed>\b(?:closed|geschlossen|zu)\b)"
    r"|(?P<skip>[:.]|\b(?:from|von|every|jeden|on|am|uhr)\b)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<other>\S)",
    re.I,
)
_PADDED = re.compile(r"\d\d:\d\d")


class WeekLineError(ValueError):
    """A line that cannot be read: what, with what to write instead, and from which to which character, from 0."""

    def __init__(self, message: Text, fix: Text, start: int, end: int) -> None:
        super().__init__(f"{message} {fix}")
        self.message, self.fix, self.start, self.end = message, fix, start, end


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    half: str = ""


def read_week(line: str) -> tuple[CalendarWindow, ...]:
    """The windows that a line says, by day and time. Raises WeekLineError."""
    if _ALWAYS.fullmatch(line.strip(" .\n")):
        return tuple(_window(day, 0, MIDNIGHT) for day in range(7))
    return _Parser(line).windows()


class _Parser:
    def __init__(self, line: str) -> None:
        self.line = line
        self.tokens = list(_tokens(line))
        self.at = 0

    def windows(self) -> tuple[CalendarWindow, ...]:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        named: set[int] = set()
        self._commas()
        if not self._here():
            raise self._error(say(N_("Nothing is written here.")), 0, len(self.line))
        while self._here():
            start = self._here().start
            days = self._days()
            spans = self._spans()
            for day in days:
                if day in named:
                    end = self.tokens[self.at - 1].end
                    message = say(N_("{0} is said twice: “{1}”."), Text(WEEKDAYS[day]), self.line[start:end])
                    raise WeekLineError(message, say(N_("Write all times of a day together.")), start, end)
                named.add(day)
                found[day] += spans
            self._commas()
        return tuple(_window(day, *span) for day in sorted(found) for span in sorted(found[day]))

    def _here(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _next(self, *kinds: str) -> _Token | None:
        """The next token, if it is one of these; then it is passed."""
        token = self._here()
        if token and token.kind in kinds:
            self.at += 1
            return token
        return None

    def _commas(self) -> None:
        while self._next("comma"):
            pass

    def _days(self) -> list[int]:
        """The days of a group, in the order in which they stand."""
        days: dict[int, None] = {}
        while True:
            days.update(dict.fromkeys(self._one_or_span()))
            before = self.at
            self._commas()
            if not (self._here() and self._here().kind == "word"):
                self.at = before if before == self.at or not self._is_time() else self.at
                return list(days)

    def _is_time(self) -> bool:
        return bool(self._here()) and self._here().kind in ("time", "all_day", "closed")

    def _one_or_span(self) -> Iterable[int]:
        token = self._next("word")
        if token is None:
            raise self._unexpected(say(N_("Write first on which days, such as {0}."), EXAMPLE))
        first = self._day(token)
        if not self._next("span"):
            return first
        until = self._next("word")
        if until is None:
            raise self._unexpected(say(N_("Write the last of the days, such as {0}."), EXAMPLE))
        last = self._day(until)
        if len(first) > 1 or len(last) > 1:
            start, end = token.start, until.end
            message = say(N_("“{0}” is no span of days."), self.line[start:end])
            raise WeekLineError(message, say(N_("Write it like {0}."), EXAMPLE), start, end)
        return [(first[0] + more) % 7 for more in range((last[0] - first[0]) % 7 + 1)]

    def _day(self, token: _Token) -> tuple[int, ...]:
        if token.text.casefold() in _WITH_OR_WITHOUT_SATURDAY:
            message = say(N_("“{0}” may be meant in two ways."), token.text)
            fix = say(N_("Write the days themselves, such as Mon–Fri or Mon–Sat."))
            raise WeekLineError(message, fix, token.start, token.end)
        days = _DAYS.get(token.text.casefold())
        if days is None:
            raise self._error(
                say(N_("“{0}” is not understood, at character {1}."), token.text, token.start + 1),
                token.start,
                token.end,
            )
        return days

    def _spans(self) -> list[tuple[int, int]]:
        """The times of a group; none where it is closed."""
        if self._next("closed"):
            return []
        spans = [self._span()]
        while True:
            before = self.at
            self._commas()
            if self.at == before or not (self._here() and self._here().kind == "time"):
                self.at = before
                return spans
            start = self._here().start
            span = self._span()
            if any(_overlap(span, one) for one in spans):
                end = self.tokens[self.at - 1].end
                message = say(N_("“{0}” overlaps with the time before it."), self.line[start:end])
                raise self._error(message, start, end)
            spans.append(span)

    def _span(self) -> tuple[int, int]:
        if self._next("all_day"):
            return 0, MIDNIGHT
        opens = self._next("time")
        if opens is None:
            raise self._unexpected(say(N_("Write from when to when, such as {0}."), EXAMPLE))
        if not self._next("span"):
            raise self._unexpected(say(N_("Write until when, such as 8–18.")), opens)
        closes = self._next("time")
        if closes is None:
            raise self._unexpected(say(N_("Write until when, such as 8–18.")))
        if bool(opens.half) != bool(closes.half):
            start, end = opens.start, closes.end
            message = say(N_("“{0}” may be meant in two ways."), self.line[start:end])
            raise WeekLineError(message, say(N_("Write am or pm at both times, or at none.")), start, end)
        first, last = self._minutes(opens), self._minutes(closes)
        is_unclear = _as_on_a_dial(first, last) and not _PADDED.fullmatch(closes.text)
        if not opens.half and (is_unclear or first == MIDNIGHT):
            start, end = opens.start, closes.end
            message = say(N_("“{0}” may be meant in two ways."), self.line[start:end])
            fix = say(
                N_(
                    "Write the hours from 0 to 24, such as 9–17; those at night with two digits, as in 01:00–05:00."
                )
            )
            raise WeekLineError(message, fix, start, end)
        if last == 0:
            last = MIDNIGHT
        if first == last:
            start, end = opens.start, closes.end
            message = say(N_("“{0}” may be meant in two ways."), self.line[start:end])
            raise WeekLineError(message, say(N_("Write a whole day as 0–24.")), start, end)
        return first, last

    def _minutes(self, token: _Token) -> int:
        hour, minute = (
            int(part or 0) for part in re.fullmatch(r"(\d+)(?:[:.h](\d+))?", token.text, re.I).groups()
        )
        most = 12 if token.half else 24
        if hour > most or minute > 59 or (hour == 24 and minute) or (token.half and hour == 0):
            message = say(N_("“{0}” is no time of the day."), self.line[token.start : token.end])
            raise self._error(message, token.start, token.end)
        if token.half:
            hour = hour % 12 + (12 if token.half[0].lower() == "p" else 0)
        return 60 * hour + minute

    def _unexpected(self, fix: Text, token: _Token | None = None) -> WeekLineError:
        """That something else is expected where the line is read, or after this token."""
        here = token or self._here()
        if here is None:
            return WeekLineError(
                say(N_("Something is missing at the end.")), fix, len(self.line), len(self.line)
            )
        message = say(N_("“{0}” is not understood, at character {1}."), here.text, here.start + 1)
        return WeekLineError(message, fix, here.start, here.end)

    def _error(self, message: Text, start: int, end: int) -> WeekLineError:
        return WeekLineError(message, say(N_("Write it like {0}."), EXAMPLE), start, end)


def _tokens(line: str) -> Iterator[_Token]:
    at = 0
    while at < len(line):
        if line[at].isspace() and line[at] != "\n":
            at += 1
            continue
        if all_day := _ALL_DAY.match(line, at):
            yield _Token("all_day", all_day[0], at, all_day.end())
            at = all_day.end()
            continue
        found = _TOKEN.match(line, at)
        kind = next(
            kind for kind in ("time", "span", "comma", "closed", "skip", "word", "other") if found[kind]
        )
        if kind != "skip":
            yield _Token(kind, found[kind], at, found.end(), found["half"] or "")
        at = found.end()


def _as_on_a_dial(opens: int, closes: int) -> bool:
    """Whether times may be those of a clock with twelve hours, as in 9–5, 12–5 and 1–5."""
    return 0 < closes <= _NOON and (closes <= opens <= _NOON or 0 < opens < _EARLY)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < _end(other) and other[0] < _end(one)


def _end(span: tuple[int, int]) -> int:
    return span[1] if span[1] > span[0] else span[1] + MIDNIGHT


def _window(day: int, opens: int, closes: int) -> CalendarWindow:
    return CalendarWindow(weekday=WEEKDAYS[day], opens=_clock(opens), closes=_clock(closes))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def week_line(windows: Iterable[CalendarWindow], translate: Callable[[str], str] = str) -> str:
    """Windows in one line, as :func:`read_week` reads them; empty where one has no day or no such times.

    translate: the English name of a day into the language of the reader.
    """
    times: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for window in windows:
        span = span_between(window.opens, window.closes)
        if window.weekday not in WEEKDAYS or span is None or any(second % 60 for second in span):
            return ""
        opens, closes = (second // 60 for second in span)
        times[WEEKDAYS.index(window.weekday)].append(
            (opens, closes if closes <= MIDNIGHT else closes - MIDNIGHT)
        )
    if len(times) == 7 and all(spans == [(0, MIDNIGHT)] for spans in times.values()):
        return ALWAYS
    alike: dict[str, list[int]] = defaultdict(list)
    for day in sorted(times):
        alike[", ".join(map(_span_line, sorted(times[day])))].append(day)
    return ", ".join(f"{_days_line(days, translate)} {spans}" for spans, days in alike.items())


def _span_line(span: tuple[int, int]) -> str:
    return "–".join(map(_clock if _as_on_a_dial(*span) else _short, span))


def _short(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)


def _days_line(days: list[int], translate: Callable[[str], str]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = []
    for run in runs:
        first, last = (translate(SHORT[day]) for day in (run[0], run[-1]))
        named += [f"{first}–{last}"] if len(run) > 2 else [translate(SHORT[day]) for day in run]
    return ", ".join(named)
