"""How others count service time: Monday to Friday, nine to five, with holidays, in naive local time.

Written from descriptions of what the peers do. What they read from the database and convert from
text for every ticket is left out, so in place they are slower than here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import businesstimedelta
import numpy as np
import pytz

OPENS, CLOSES = time(9), time(17)
OPEN_SECONDS = 8 * 3600
DAY = 86_400
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)


class Helpdesk:
    """Frappe Helpdesk: walk from day to day, skip holidays and weekdays without a window."""

    def __init__(self, holidays: list[date]) -> None:
        self._holidays = holidays
        self._rows = [(name, OPENS, CLOSES) for name in NAMES[:5]]

    def elapsed(self, start: datetime, stop: datetime) -> float:
        holidays = set(self._holidays)
        windows = {name: (opens, closes) for name, opens, closes in self._rows}
        seconds = 0.0
        day = start.date()
        while day <= stop.date():
            name = NAMES[day.weekday()]
            if day not in holidays and name in windows:
                opens, closes = windows[name]
                since = max(start, datetime.combine(day, opens))
                until = min(stop, datetime.combine(day, closes))
                if since < until:
                    seconds += (until - since).total_seconds()
            day += ONE_DAY
        return seconds

    def due(self, start: datetime, budget: float) -> datetime:
        holidays = set(self._holidays)
        windows = {name: (opens, closes) for name, opens, closes in self._rows}
        at = start
        while budget:
            name = NAMES[at.weekday()]
            if at.date() not in holidays and name in windows:
                opens, closes = windows[name]
                since = max(at, datetime.combine(at.date(), opens))
                left = (datetime.combine(at.date(), closes) - since).total_seconds()
                if left > 0:
                    used = min(budget, left)
                    budget -= used
                    at = since + timedelta(seconds=used)
                    if not budget:
                        break
            at = datetime.combine(at.date() + ONE_DAY, time())
        return at


class ERPNext(Helpdesk):
    """ERPNext: a walk from day to day too. The time taken compares days of the month and knows no holidays."""

    def elapsed(self, start: datetime, stop: datetime) -> float:
        windows = {name: (_seconds(opens), _seconds(closes)) for name, opens, closes in self._rows}
        since, until = _seconds(start.time()), _seconds(stop.time())
        if start.day == stop.day:
            return self._part(windows, start, since, until)
        seconds = self._part(windows, start, since, DAY) + self._part(windows, stop, 0, until)
        day = start.date() + ONE_DAY
        while day < stop.date():
            seconds += self._part(windows, day, 0, DAY)
            day += ONE_DAY
        return seconds

    def due(self, start: datetime, budget: float) -> datetime:
        holidays = set(self._holidays)
        windows = {name: (_seconds(opens), _seconds(closes)) for name, opens, closes in self._rows}
        day, since = start.date(), _seconds(start.time())
        while True:
            if day not in holidays:
                left = self._part(windows, day, since, DAY)
                if budget <= left:
                    opens, _ = windows[NAMES[day.weekday()]]
                    return datetime.combine(day, time()) + timedelta(seconds=max(since, opens) + budget)
                budget -= left
            day, since = day + ONE_DAY, 0

    @staticmethod
    def _part(windows: dict[str, tuple[int, int]], day: date, since: int, until: int) -> int:
        """Seconds of the day's window between two times of day."""
        if NAMES[day.weekday()] not in windows:
            return 0
        opens, closes = windows[NAMES[day.weekday()]]
        return max(0, min(until, closes) - max(since, opens))


class BusinessTimeDelta:
    """businesstimedelta: a rule gives the next stretch of work, and the next, and the next."""

    def __init__(self, holidays: list[date]) -> None:
        work = businesstimedelta.WorkDayRule(
            start_time=OPENS, end_time=CLOSES, working_days=[0, 1, 2, 3, 4], tz=pytz.utc
        )
        off = businesstimedelta.HolidayRule(set(holidays), tz=pytz.utc)
        self._rules = businesstimedelta.Rules([work, off])

    def elapsed(self, start: datetime, stop: datetime) -> float:
        taken = self._rules.difference(start, stop)
        return taken.hours * 3600 + taken.seconds

    def due(self, start: datetime, budget: float) -> datetime:
        return (start + businesstimedelta.BusinessTimeDelta(self._rules, seconds=budget)).replace(tzinfo=None)


class Busday:
    """NumPy's business days in closed form: whole days counted, the parts at both ends added."""

    def __init__(self, holidays: list[date]) -> None:
        self._days = np.busdaycalendar(holidays=np.array(holidays, "M8[D]"))

    def elapsed(self, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        return self._served(stop, self._day(start)) - self._served(start, self._day(start))

    def due(self, start: np.ndarray, budget: np.ndarray) -> np.ndarray:
        first = np.busday_offset(self._day(start), 0, roll="forward", busdaycal=self._days)
        today = np.clip(start - first.astype(np.int64) * DAY - 9 * 3600, 0, OPEN_SECONDS)
        whole, rest = np.divmod(today + budget - 1, OPEN_SECONDS)
        last = np.busday_offset(first, whole, busdaycal=self._days)
        return last.astype(np.int64) * DAY + 9 * 3600 + rest + 1

    def _served(self, times: np.ndarray, since: np.ndarray) -> np.ndarray:
        day = self._day(times)
        part = np.clip(times - day.astype(np.int64) * DAY - 9 * 3600, 0, OPEN_SECONDS)
        part *= np.is_busday(day, busdaycal=self._days)
        return np.busday_count(since, day, busdaycal=self._days) * OPEN_SECONDS + part

    @staticmethod
    def _day(times: np.ndarray) -> np.ndarray:
        return (times // DAY).astype("M8[D]")


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def each(function: Callable, pairs: list[tuple]) -> list:
    """``function`` of every pair: the loop that a caller of a per-ticket function writes."""
    return [function(one, other) for one, other in pairs]
