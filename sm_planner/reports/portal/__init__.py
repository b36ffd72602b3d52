"""The pages of the portal, each as one piece of HTML: services for the reader, what he said and was answered, and what guests say.

They work without script, and take their looks from the theme of the site. Every text is escaped by the template engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sm_planner.engine.model import WEEKDAYS, Calendar, CatalogueEntry, Plan
from sm_planner.engine.model.fields import LINE_LENGTH
from sm_planner.engine.model.vocabulary import FEEDBACK_KINDS
from sm_planner.engine.portal.offers import Offer, ways
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.service_time.reader_days import ReaderDay, coming_days
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports import templating
from sm_planner.reports.table import Day, Translate, in_english, translated

SERVICES, FEEDBACK, GUESTS = "/service-plan", "/service-plan-feedback", "/service-plan-guest"
MY_PART = "/my-part"
"""The pages of the portal."""

LONGEST_TEXT = 2000
"""Characters that somebody may write at once."""

ALL_DAY = ("00:00", "24:00")

NOTES = {
    "said": N_("Thank you. Your feedback was taken down; the answer will stand on this page."),
    "thanks": N_("Thank you. Your feedback was taken down."),
    "suggested": N_("Thank you. Your suggestion was taken down; the answer will stand on this page."),
    "confirmed": N_("You confirmed your part."),
    "changed": N_("This was not saved: what you were shown has changed. Read it again, and confirm it then."),
    "refused": N_("This was not saved. Choose a service, and fill in every field that is asked for."),
    "busy": N_("This was not saved: too much was sent lately. Try again later."),
}
"""What became of what somebody sent. A page takes no other words from its address."""


@dataclass(frozen=True)
class Hours:
    """A calendar as the reader lives through it. days: None where its hours cannot be told."""

    what: Text
    calendar: Calendar
    days: tuple[ReaderDay, ...] | None

    @classmethod
    def of(cls, plan: Plan, what: Text, calendar: Calendar, now: int, zone: str) -> Hours:
        try:
            return cls(what, calendar, coming_days(plan, calendar, now, zone))
        except CalendarError:
            return cls(what, calendar, None)

    @property
    def is_always(self) -> bool:
        return self.days is not None and all(day.spans == (ALL_DAY,) for day in self.days)


@dataclass(frozen=True)
class Card:
    """A service as its reader sees it."""

    plan: Plan
    offer: Offer
    now: int
    zone: str

    @property
    def ways(self) -> tuple[tuple[Text, Text], ...]:
        return ways(self.plan, self.offer)

    def hours(self, terms: Any) -> tuple[Hours, ...]:
        return tuple(
            Hours.of(self.plan, what, calendar, self.now, self.zone) for what, calendar in terms.calendars
        )


@dataclass(frozen=True)
class Book:
    """A signed plan that the reader may read as a whole."""

    title: str
    version: int
    link: str


@dataclass(frozen=True)
class Said:
    """Something that the reader said or suggested. state: how it stands; the answer is empty until there is one."""

    title: str
    text: str
    state: str
    service: str
    day: date | None
    answer: str
    answered_on: date | None


def services_html(
    cards: Sequence[Card],
    books: Sequence[Book],
    zone: str,
    *,
    has_part: bool,
    translate: Translate = in_english,
    day: Day = str,
) -> str:
    """What is offered to the reader. zone: in which his hours are told."""
    return _render(
        "services.html",
        translate,
        day,
        cards=cards,
        books=books,
        zone=zone,
        has_part=has_part,
        open_on=open_on,
    )


def feedback_html(
    offers: Sequence[Offer],
    said: Sequence[Said],
    ideas: Sequence[Said],
    *,
    token: str,
    note: str = "",
    chosen: str = "",
    translate: Translate = in_english,
    day: Day = str,
) -> str:
    """What the reader said and was answered, and the forms to say more. token: of the session; chosen: the entry that is
    chosen at first."""
    return _render(
        "feedback.html",
        translate,
        day,
        offers=offers,
        said=said,
        ideas=ideas,
        token=token,
        note=NOTES.get(note, ""),
        chosen=chosen,
    )


def guest_html(
    entries: Sequence[CatalogueEntry], note: str = "", translate: Translate = in_english, day: Day = str
) -> str:
    """The form for people whom nobody knows."""
    return _render("guest.html", translate, day, entries=entries, note=NOTES.get(note, ""))


def note_html(note: str, translate: Translate = in_english) -> str:
    """What became of what somebody sent, alone."""
    return _render("note.html", translate, str, note=NOTES.get(note, ""))


def open_on(day: ReaderDay) -> Text:
    """When it is open on a day, in words."""
    if not day.spans:
        return say(N_("closed"))
    if day.spans == (ALL_DAY,):
        return say(N_("all day"))
    return listed(f"{opens}–{closes}" for opens, closes in day.spans)


def _render(name: str, translate: Translate, day: Day, **shown: Any) -> str:
    environment = templating.environment(
        "sm_planner.reports.portal", lambda value: translated(value, translate, day)
    )
    environment.globals.update(
        day=day,
        weekday=lambda one: translate(WEEKDAYS[one.weekday()]),
        kinds=FEEDBACK_KINDS,
        line=LINE_LENGTH,
        longest=LONGEST_TEXT,
        pages={"services": SERVICES, "feedback": FEEDBACK, "part": MY_PART},
    )
    return environment.get_template(name).render(**shown)
