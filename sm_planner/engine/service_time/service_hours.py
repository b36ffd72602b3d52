"""Service hours: when a service is promised or a team works, as a rule and as intervals of time.

``ServiceHours`` is written in wall-clock time of one zone, as agreements are. ``compile`` counts it
out into half-open intervals of Unix seconds, so that a night shift over the spring change of the
clocks has the seven hours it really has. From most to least important:

1. an extra opening opens, even on a holiday;
2. a holiday of a whole day closes what is open on that day, and every window that starts on it to
   its end, also past midnight; a holiday of part of a day closes just those hours;
3. a window opens every week. Windows over midnight belong to the day they start on, and windows
   that overlap or touch are one.

On the days of a change, other hours count in the place of all these, from midnight to midnight.

An edge lies at the first instant at which the clock of the zone shows that time or a later one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from sm_planner.engine.model.vocabulary import WEEKDAYS
from sm_planner.engine.service_time.days import ServiceDays
from sm_planner.engine.service_time.local_time import DAY, EPOCH, first_instant, load_zone, midnight
from sm_planner.engine.service_time.sla_clock import Clock

WEEK = tuple(map(str.lower, WEEKDAYS))
"""The days of the week as hours name them."""

LONGEST = 36_525
"""Days that one clock may span: far more than any plan, and few enough to count out."""

Span = tuple[int, int]
"""Half-open seconds: of a day since its midnight (past 86,400 over midnight), of wall time, or Unix."""

_SPAN = re.compile(r"(\d\d?):(\d\d)(?::(\d\d))?\s*-\s*(\d\d?):(\d\d)(?::(\d\d))?", re.ASCII)


class NotValidError(ValueError):
    """Hours that are valid on none of the days that are asked for."""


class OtherHours(NamedTuple):
    """Days on which other hours count; ``last`` None is without end."""

    first: date
    last: date | None
    hours: ServiceHours


class OpenDay(NamedTuple):
    """A day on which hours open: its date as an ordinal, and when the first of them opens and the last closes.

    The times are Unix seconds, or wall time in naive seconds.
    """

    date: int
    opens: int
    closes: int


@dataclass(frozen=True, init=False)
class ServiceHours:
    """Weekly windows in one time zone, with holidays, extra openings and validity; immutable, hashable.

    Two values are equal if they say the same, however their windows were cut or ordered.
    """

    timezone: str
    windows: tuple[tuple[Span, ...], ...]
    """For each weekday, Monday first, its windows in seconds since midnight; sorted and merged."""
    holidays: frozenset[date]
    """Holidays of a whole day."""
    closures: frozenset[tuple[date, Span]]
    """Holidays of part of a day."""
    openings: frozenset[tuple[date, Span]]
    valid_from: date | None
    valid_until: date | None
    changes: tuple[OtherHours, ...]
    """Days on which other hours count in the place of these, in their order; each day is in one at most."""

    def __init__(
        self,
        timezone: str,
        windows: Mapping[str, Iterable[str]],
        holidays: Iterable[date | tuple[date, str]] = (),
        openings: Iterable[tuple[date, str]] = (),
        valid_from: date | None = None,
        valid_until: date | None = None,
        changes: Iterable[tuple[date, date | None, ServiceHours]] = (),
    ) -> None:
        """Read the hours as people write them; ValueError names the first value that cannot be read.

        timezone: IANA name, "Europe/Berlin".
        windows: weekday in English → its windows in wall time, "09:00-17:00" or with seconds. A
            window that closes at or before its opening ends on the next day ("22:00-06:00");
            "00:00-24:00" is the whole day.
        holidays: days, or (day, "12:00-24:00") for part of one.
        openings: (day, "10:00-14:00"), beside the weekly windows and over holidays.
        valid_from, valid_until: first and last day on which the hours hold; None is without end.
        changes: (first day, last day, other hours). Those without a last day follow each other; those with
            one count before them, and do not overlap.
        """
        load_zone(timezone)
        whole_days, parts = set(), set()
        for holiday in holidays:
            if isinstance(holiday, tuple):
                parts.add(_day_span("holidays", holiday))
            else:
                whole_days.add(_day("holidays", holiday))
        if valid_from is not None:
            _day("valid_from", valid_from)
        if valid_until is not None:
            _day("valid_until", valid_until)
        if valid_from and valid_until and valid_from > valid_until:
            raise ValueError(f"valid_until: {valid_until} lies before valid_from {valid_from}")
        values = {
            "timezone": timezone,
            "windows": _week(windows),
            "holidays": frozenset(whole_days),
            "closures": frozenset(parts),
            "openings": frozenset(_day_span("openings", opening) for opening in openings),
            "valid_from": valid_from,
            "valid_until": valid_until,
            "changes": _one_after_the_other([OtherHours(*change) for change in changes]),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def always(cls, timezone: str) -> ServiceHours:
        """Open at all hours of all days (24x7). The zone says where the days of a clock begin."""
        return cls(timezone, {weekday: ["00:00-24:00"] for weekday in WEEK})

    def compile(self, first_day: date, last_day: date) -> Clock:
        """The clock of these hours over the local days ``first_day`` to ``last_day``, both included.

        Its horizon is the part of those days in which the hours are valid. NotValidError if that is
        empty, ValueError if the days are no dates. Takes some microseconds a window and day.
        """
        first_day, last_day = self._valid_days(first_day, last_day)
        zone = load_zone(self.timezone)
        first, last = midnight(first_day), midnight(last_day) + DAY
        days = partial(self._days, first_day, last_day)
        if self.changes:
            intervals = [span for part in self._parts(first_day, last_day) for span in self._of_part(part)]
        else:
            intervals = self._intervals(first, last)
        return Clock(first_instant(first, zone), first_instant(last, zone), _merged(intervals), days)

    def _intervals(self, first: int, last: int) -> list[Span]:
        """Open time in [first, last), two midnights on the wall, in Unix seconds; without the changes."""
        zone = load_zone(self.timezone)
        intervals = []
        for opens, closes in self._wall_intervals(first, last):
            span = first_instant(max(opens, first), zone), first_instant(min(closes, last), zone)
            if span[0] < span[1]:
                intervals.append(span)
        return intervals

    def _parts(self, first_day: date, last_day: date) -> Iterator[tuple[date, date, ServiceHours | None]]:
        """The days one after the other with the hours that count on them; None stands for these."""
        day, one = first_day, timedelta(days=1)
        for begins, ends, hours in self.changes:
            begins, ends = max(begins, day), min(ends or last_day, last_day)
            if begins > ends:
                continue
            if day < begins:
                yield day, begins - one, None
            yield begins, ends, hours
            day = ends + one
        if day <= last_day:
            yield day, last_day, None

    def _of_part(self, part: tuple[date, date, ServiceHours | None]) -> Iterator[Span]:
        first_day, last_day, hours = part
        if hours is None:
            yield from self._intervals(midnight(first_day), midnight(last_day) + DAY)
            return
        start, stop = self._bounds(first_day, last_day)
        clock = hours.compile(*_around(first_day, last_day))
        if clock.first > start or clock.last < stop:
            raise NotValidError(
                f"the other hours from {first_day} to {last_day} are not valid on all these days"
            )
        for opens, closes in zip(clock.opens, clock.closes, strict=True):
            if opens < stop and closes > start:
                yield max(opens, start), min(closes, stop)

    def _bounds(self, first_day: date, last_day: date) -> Span:
        """From the midnight before the first day to that after the last one, in Unix seconds."""
        zone = load_zone(self.timezone)
        return first_instant(midnight(first_day), zone), first_instant(midnight(last_day) + DAY, zone)

    def _days(self, first_day: date, last_day: date) -> ServiceDays:
        """The open days among these. A day whose hours close after the last one is left out: their end is not known."""
        end = self._bounds(first_day, last_day)[1]
        found: list[tuple[int, int]] = []
        for begins, ends, hours in self._parts(first_day, last_day):
            start, stop = self._bounds(begins, ends)
            for day in (hours or self)._open_days(begins, ends, is_own=hours is None):
                if day.opens < stop and day.closes > start and (day.closes <= stop or stop < end):
                    found.append((day.date, min(day.closes, stop)))
        return ServiceDays(found)

    def _open_days(self, first_day: date, last_day: date, is_own: bool) -> Iterator[OpenDay]:
        """The open days around these days, in Unix seconds; the hours may begin before and end after them."""
        if not is_own and self.changes:
            first_day, last_day = _around(first_day, last_day)
            for begins, ends, hours in self._parts(first_day, last_day):
                start, stop = self._bounds(begins, ends)
                for day in (hours or self)._open_days(begins, ends, is_own=hours is None):
                    if day.opens < stop and day.closes > start:
                        yield day._replace(opens=max(day.opens, start), closes=min(day.closes, stop))
            return
        zone = load_zone(self.timezone)
        for day, opens, closes in self._wall_days(midnight(first_day) - DAY, midnight(last_day) + 2 * DAY):
            begins, ends = first_instant(opens, zone), first_instant(closes, zone)
            if begins < ends:
                yield OpenDay(day, begins, ends)

    def _wall_days(self, first: int, last: int) -> Iterator[OpenDay]:
        """The days from one midnight on the wall to another on which hours open, in wall time."""
        closures = _merged(
            [*((midnight(day), midnight(day) + DAY) for day in self.holidays), *_placed(self.closures)]
        )
        whole_days = {midnight(day) for day in self.holidays}
        extra: dict[int, list[Span]] = {}
        for day, (opens, closes) in self.openings:
            extra.setdefault(midnight(day), []).append((midnight(day) + opens, midnight(day) + closes))
        for start in range(first, last, DAY):
            spans = list(extra.get(start, ()))
            if start not in whole_days:
                weekly = [(start + opens, start + closes) for opens, closes in self.windows[_weekday(start)]]
                spans += _without(weekly, closures)
            if spans:
                opens, closes = min(span[0] for span in spans), max(span[1] for span in spans)
                yield OpenDay(EPOCH.toordinal() + start // DAY, opens, closes)

    def _valid_days(self, first_day: date, last_day: date) -> tuple[date, date]:
        if _day("first_day", first_day) > _day("last_day", last_day):
            raise ValueError(f"last_day: {last_day} lies before first_day {first_day}")
        first = max(first_day, self.valid_from or first_day)
        last = min(last_day, self.valid_until or last_day)
        if first > last:
            raise NotValidError(
                f"the hours are valid from {self.valid_from or 'ever'} until {self.valid_until or 'ever'}, "
                f"on no day from {first_day} to {last_day}"
            )
        if (last - first).days > LONGEST or last == date.max:
            raise ValueError(f"last_day: from {first} to {last} is too long; a clock spans up to 100 years")
        return first, last

    def _wall_intervals(self, first: int, last: int) -> list[Span]:
        """Open wall time that touches [first, last), in naive seconds, merged; both are midnights."""
        whole_days = {midnight(day) for day in self.holidays}
        weekly = [
            (midnight + opens, midnight + closes)
            for midnight in range(first - DAY, last, DAY)  # a window of the day before may reach in
            if midnight not in whole_days
            for opens, closes in self.windows[_weekday(midnight)]
        ]
        closures = [(midnight, midnight + DAY) for midnight in whole_days]
        closures += _placed(self.closures)
        spans = [*_without(_merged(weekly), _merged(closures)), *_placed(self.openings)]
        return [span for span in _merged(spans) if span[0] < last and span[1] > first]


def _weekday(midnight: int) -> int:
    """The weekday that begins at a midnight on the wall, Monday 0."""
    return (midnight // DAY + 3) % 7  # 1970-01-01 was a Thursday


def _around(first_day: date, last_day: date) -> tuple[date, date]:
    """A day more at both ends, because days of other zones begin at other instants."""
    one = timedelta(days=1)
    return max(first_day, date.min + one) - one, min(last_day, date.max - one) + one


def _one_after_the_other(changes: list[OtherHours]) -> tuple[OtherHours, ...]:
    """The changes as spans that do not overlap; ValueError names the first day that two of them claim."""
    one = timedelta(days=1)
    passing = sorted((change for change in changes if change.last), key=lambda change: change.first)
    lasting = sorted((change for change in changes if not change.last), key=lambda change: change.first)
    for change in passing:
        if change.first > change.last:
            raise ValueError(f"changes: {change.last} lies before {change.first}")
    for same in (passing, lasting):
        for change, after in pairwise(same):
            if after.first <= (change.last or change.first):
                raise ValueError(f"changes: two of them count on {after.first}")
    placed = list(passing)
    for place, (first, _, hours) in enumerate(lasting):
        last = lasting[place + 1].first - one if place + 1 < len(lasting) else None
        for change in passing:
            if change.last < first:
                continue
            if last and change.first > last:
                break
            if first < change.first:
                placed.append(OtherHours(first, change.first - one, hours))
            first = change.last + one
        if last is None or first <= last:
            placed.append(OtherHours(first, last, hours))
    return tuple(sorted(placed, key=lambda change: change.first))


def _week(windows: Mapping[str, Iterable[str]]) -> tuple[tuple[Span, ...], ...]:
    week: dict[str, list[Span]] = {weekday: [] for weekday in WEEK}
    for name, texts in windows.items():
        weekday = name.casefold() if isinstance(name, str) else name
        if weekday not in week:
            raise ValueError(f"windows: {name!r} is not a weekday; write one of {', '.join(WEEK)}")
        if isinstance(texts, str):
            raise ValueError(f'windows of {weekday}: {texts!r} is not a list; write ["{texts}"]')
        week[weekday] += [_span(f"windows of {weekday}", text) for text in texts]
    return tuple(tuple(_merged(spans)) for spans in week.values())


def _span(where: str, text: object) -> Span:
    """Seconds since midnight of "09:00-17:00"; the second is past 86,400 where it runs over midnight."""
    match = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f'{where}: {text!r} is not a span of time; write it like "09:00-17:00"')
    hour, minute, second, hour_2, minute_2, second_2 = (int(part or 0) for part in match.groups())
    opens = hour * 3600 + minute * 60 + second
    closes = hour_2 * 3600 + minute_2 * 60 + second_2
    if max(minute, second, minute_2, second_2) > 59 or opens >= DAY or closes > DAY:
        raise ValueError(f"{where}: {text!r} is not on the clock; hours go to 23, to 24:00 at the end")
    if opens == closes:
        raise ValueError(f'{where}: {text!r} closes as it opens; a whole day is "00:00-24:00"')
    return opens, closes if closes > opens else closes + DAY


def span_between(opens: str, closes: str) -> Span | None:
    """Opening and closing in seconds since midnight, past midnight too; None where they are no hours."""
    try:
        return _span("hours", f"{opens}-{closes}")
    except ValueError:
        return None


def _day(where: str, day: object) -> date:
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"{where}: {day!r} is not a date; write it like date(2026, 12, 25)")
    return day


def _day_span(where: str, value: object) -> tuple[date, Span]:
    if not isinstance(value, tuple) or len(value) != 2:
        raise ValueError(
            f'{where}: {value!r} is not a pair of a day and its hours, like (day, "12:00-24:00")'
        )
    day, text = value
    return _day(where, day), _span(f"{where} on {day}", text)


def _placed(spans: Iterable[tuple[date, Span]]) -> list[Span]:
    """Spans of days as spans of wall time."""
    return [(midnight(day) + opens, midnight(day) + closes) for day, (opens, closes) in spans]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same time as sorted spans that neither overlap nor touch."""
    merged: list[Span] = []
    for start, stop in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], stop)
        else:
            merged.append((start, stop))
    return merged


def _without(spans: list[Span], closures: list[Span]) -> Iterator[Span]:
    """``spans`` less ``closures``; both sorted and disjoint."""
    ends = [stop for _, stop in closures]
    for start, stop in spans:
        for closure in closures[bisect_right(ends, start) : bisect_left(closures, (stop,))]:
            if start < closure[0]:
                yield start, closure[0]
            start = closure[1]
        if start < stop:
            yield start, stop
