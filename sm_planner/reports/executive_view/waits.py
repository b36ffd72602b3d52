"""What waits for the reader: signatures, answers, and what he should have done by now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sm_planner.engine.model import Plan
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.part.asking import asked
from sm_planner.engine.part.dues import Due, dues
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports.executive_view.view import TOLD, Figure, Opens, Reader, Tone, ToSign, counted, named

WEEK = timedelta(days=7)
NOTHING = Text(N_("Target: nothing waits."))
MY_PART = "my-part"
"""The page of the Desk on which everything that waits for somebody stands, whatever it is."""


def figures(plans: Sequence[Plan], reader: Reader, today: date) -> tuple[Figure, ...]:
    return (_to_sign(reader.to_sign, today), _to_answer(plans, reader, today), _late(plans, reader, today))


def _to_sign(waiting: Sequence[ToSign], today: date) -> Figure:
    oldest = min((one.since for one in waiting if one.since), default=None)
    return Figure(
        key="to_sign",
        label=Text(N_("Plans to Sign")),
        value=counted(len(waiting)),
        sentence=say(N_("Read and sign, or return: {0}."), named([_version(one) for one in waiting]))
        if waiting
        else Text(N_("No plan waits for your signature.")),
        comparison=_since(oldest, today) if waiting else NOTHING,
        tone=Tone.BAD if waiting else Tone.GOOD,
        opens=Opens("plan", tuple((one.plan, one.plan) for one in waiting)),
    )


def _version(one: ToSign) -> Text:
    return say(N_("{0}, version {1}"), one.title, one.version)


def _since(day: date | None, today: date) -> Text:
    if day is None:
        return Text(N_("Nobody noted since when."))
    days = (today - day).days
    if days < 1:
        return Text(N_("Since today."))
    return say(N_("Since yesterday.")) if days == 1 else say(N_("For {0} days, since {1}."), days, day)


def _to_answer(plans: Sequence[Plan], reader: Reader, today: date) -> Figure:
    found = [(plan, one) for plan, person in _places_of(reader, plans) for one in asked(plan, person, today)]
    if not found:
        sentence = Text(N_("Nobody waits for your answer."))
    elif len(found) == 1:
        sentence = found[0][1].text
    else:
        sentence = say(N_("{0} And {1} more."), found[0][1].text, len(found) - 1)
    return Figure(
        key="to_answer",
        label=Text(N_("To Decide and Answer")),
        value=counted(len(found)),
        sentence=sentence,
        comparison=NOTHING,
        tone=Tone.WATCH if found else Tone.GOOD,
        opens=_where([(plan, one.record) for plan, one in found]),
    )


def _late(plans: Sequence[Plan], reader: Reader, today: date) -> Figure:
    """What he should have done by now, compared with what comes within a week."""
    found = [(plan, due) for plan, person in _places_of(reader, plans) for due in dues(plan, person, today)]
    late = [(plan, due) for plan, due in found if due.is_late(today)]
    soon = sum(due.day is not None and today <= due.day <= today + WEEK for _plan, due in found)
    return Figure(
        key="my_late",
        label=Text(N_("Overdue for Me")),
        value=counted(len(late)),
        sentence=_told([due for _plan, due in late])
        if late
        else Text(N_("You are late with nothing."))
        if reader.people
        else Text(N_("The plans do not name you, so that they ask nothing of you.")),
        comparison=say(N_("Due within a week: {0}."), soon),
        tone=Tone.BAD if late else Tone.GOOD,
        opens=_where([(plan, due.record) for plan, due in late]),
    )


def _places_of(reader: Reader, plans: Sequence[Plan]) -> list[tuple[Plan, str]]:
    """Where the reader is somebody: a plan, and a person of it for whom he stands."""
    return [
        (plan, person)
        for plan in plans
        for person in sorted(reader.people.intersection(plan.index["people"]))
    ]


def _told(late: Sequence[Due]) -> Text:
    first = [say(N_("{0}: {1}"), Text(due.what.value), due.record) for due in late[:TOLD]]
    told = first[0] if len(first) == 1 else say(N_("{0}; {1}"), *first)
    more = len(late) - TOLD
    return say(N_("{0} and {1} more."), told, more) if more > 0 else listed((told, "."), "")


def _where(found: Sequence[tuple[Plan, Ref]]) -> Opens:
    """The records where they are of one kind, else the page on which all of it stands."""
    kinds = {record.collection for _plan, record in found}
    if len(kinds) == 1 and all(record.id for _plan, record in found):
        return Opens(kinds.pop(), tuple(dict.fromkeys((plan.id, record.id) for plan, record in found)))
    return Opens(page=MY_PART) if found else Opens()
