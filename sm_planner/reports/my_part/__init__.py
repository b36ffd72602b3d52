"""My Part in the Plan: what one person answers for, must do, should know and is asked, as one piece of HTML.

It holds nothing but this person's part: whoever may not read the plan as a whole may read this. Every text is escaped by the
template engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sm_planner import __version__
from sm_planner.engine.approval.improvements import APPROVED, UNDER_APPROVAL
from sm_planner.engine.communication.audience import senders
from sm_planner.engine.communication.confirming import Heard, heard_by
from sm_planner.engine.communication.runs import last_held, next_due
from sm_planner.engine.model import Improvement, Plan, Workaround
from sm_planner.engine.model.communication import Communication, CommunicationRun
from sm_planner.engine.model.office import MANDATES
from sm_planner.engine.model.training import Training, TrainingAttendance
from sm_planner.engine.model.vocabulary import EVIDENCE_KINDS, VERDICTS
from sm_planner.engine.part.agreed import Agreed, agreed_of
from sm_planner.engine.part.confirmation import Confirmation, State, asked_since, confirmed
from sm_planner.engine.part.dues import Due, Todo, dues
from sm_planner.engine.part.duties import Charge, Duty, For, Part, part_of
from sm_planner.engine.part.knowing import affecting, changes, ways
from sm_planner.engine.raci.effective import services_in_scope
from sm_planner.engine.reporting.issues import Reading, read_by
from sm_planner.engine.rights.improvements import MOVES
from sm_planner.engine.scorecard import Card, card
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.engine.training.audience import meant
from sm_planner.engine.training.gaps import Need, needs
from sm_planner.engine.training.skills import attended
from sm_planner.reports import communication_plan, owner_scorecard, templating
from sm_planner.reports.table import Day, Translate, in_english, translated

LETTERS = {
    "A": N_("You answer for it"),
    "AR": N_("You answer for it and do it"),
    "R": N_("You do it"),
    "C": N_("You are asked before"),
    "I": N_("You are told"),
}
"""Letter → what it asks of somebody."""

ACTS = {
    Todo.IMPROVE: "progress",
    Todo.LOOK_AGAIN: "progress",
    Todo.MEASURE: "measure",
    Todo.REACH: "measure",
    Todo.SHOW: "evidence",
    Todo.CONFIRM: "heard",
}
"""What can be entered on the page itself."""

STYLE = f"/assets/sm_planner/css/my_part.css?v={__version__}"

SHOWN = 12
"""Entries of a list that are shown at once; the rest stands behind them."""


@dataclass(frozen=True)
class Asked:
    """Something that waits for the person beside the confirmation. link: where it is answered, empty where nowhere here."""

    text: Text
    link: str = ""


@dataclass(frozen=True)
class Feed:
    """The calendar feed of the person. since: when its address was made; None where there is none."""

    since: date | None = None


@dataclass(frozen=True)
class Saying:
    """Something that the person says. next: when again; last: the run before; confirmed: how many confirmed it, in words."""

    communication: Communication
    next: date | None
    last: CommunicationRun | None
    confirmed: Text | str


@dataclass(frozen=True)
class View:
    """What the page shows of one part."""

    plan: Plan
    part: Part
    today: date
    confirmation: Confirmation
    dues: tuple[Due, ...]
    card: Card | None

    @classmethod
    def of(cls, plan: Plan, person: str, today: date) -> View:
        return cls(
            plan,
            part_of(plan, person, today),
            today,
            confirmed(plan, person, today),
            dues(plan, person, today),
            card(plan, person, today),
        )

    @property
    def asks(self) -> bool:
        """Whether the person is asked to confirm: also where others entered that he did."""
        return bool(self.part.charges) and self.confirmation.state is not State.CONFIRMED

    @property
    def standing(self) -> Text:
        """How the confirmation stands, in a sentence."""
        fact = self.confirmation.fact
        if self.confirmation.state is State.CONFIRMED:
            return say(N_("You confirmed your part on {0}. It has not changed since."), fact.day)
        if self.confirmation.state is State.ENTERED_FOR:
            return say(
                N_("{0} entered on {1} that you know your part. Please confirm it yourself."),
                fact.entered_by,
                fact.day,
            )
        if self.confirmation.state is State.CHANGED:
            return say(N_("Your part has changed since you confirmed it on {0}."), fact.day)
        since = asked_since(self.plan, self.part.person, self.today)
        if since:
            return say(N_("You have not confirmed your part yet. You have been asked since {0}."), since)
        return say(N_("You have not confirmed your part yet."))

    @property
    def ideas(self) -> list[Improvement]:
        """What the person suggested, the latest first."""
        mine = [one for one in self.plan.improvements if one.suggested_by == self.part.person]
        return sorted(mine, key=lambda one: one.suggested_on or date.min, reverse=True)

    @property
    def workarounds(self) -> list[Workaround]:
        """What the person reported, the latest first."""
        mine = [one for one in self.plan.workarounds if one.reported_by == self.part.person]
        return sorted(mine, key=lambda one: one.reported_on or date.min, reverse=True)

    @cached_property
    def needed(self) -> list[Need]:
        """What the person's roles need of him, with what he can do already."""
        return [need for need in needs(self.plan, self.today) if need.person.id == self.part.person]

    @cached_property
    def learning(self) -> list[tuple[Training, Text]]:
        """The trainings that are meant for the person, by their start, and how it stands with each."""
        own = [one for one in self.plan.trainings if self.part.person in meant(self.plan, one, self.today)]
        own.sort(key=lambda one: (one.start_date or date.max, one.id))
        return [(one, self._stand(one)) for one in own]

    def _stand(self, training: Training) -> Text:
        facts = attended(self.plan, training.id, self.part.person, self.today)
        if facts:
            return _attendance(facts[-1], self.today)
        if training.ends and training.ends < self.today:
            return Text(N_("nobody has entered that you were there"))
        return Text(N_("lies ahead")) if training.ends else Text(N_("not planned yet"))

    def can_tell(self, training: Training) -> bool:
        """Whether the person may say of a training that he was there: it has begun, and nobody has entered it."""
        begun = training.start_date is not None and training.start_date <= self.today
        return begun and not attended(self.plan, training.id, self.part.person, self.today)

    @cached_property
    def says(self) -> list[Saying]:
        """What the person says to others today, what comes next first."""
        plan, today = self.plan, self.today
        found = [
            Saying(
                one,
                next_due(plan, one, today),
                last_held(plan, one, today),
                communication_plan.confirmed(plan, one, today),
            )
            for one in plan.communications
            if self.part.person in senders(plan, one, today)
        ]
        return sorted(found, key=lambda one: (one.next or date.max, one.communication.id))

    @cached_property
    def heard(self) -> list[Heard]:
        """What the person was told and confirms, the latest first."""
        found = heard_by(self.plan, self.part.person, self.today)
        return sorted(found, key=lambda one: one.run.day, reverse=True)

    def heard_of(self, due: Due) -> Heard:
        """The run that is to be confirmed."""
        return next(one for one in self.heard if one.communication.id == due.record.id)

    def standing_of(self, one: Heard) -> Text:
        """How it stands with the confirmation of a run."""
        if one.confirmation is None:
            return Text(N_("not confirmed yet"))
        if one.is_own:
            return say(N_("you confirmed it on {0}"), one.confirmation.day)
        return say(
            N_("{0} entered on {1} that you heard it"), one.confirmation.entered_by, one.confirmation.day
        )

    @cached_property
    def read(self) -> list[Reading]:
        """The last issue of each report that is for the person, and what he said of it."""
        return list(read_by(self.plan, self.part.person, self.today))

    def word_on(self, one: Reading) -> Text:
        """What the person said of an issue, or who entered it for him."""
        if one.said.entered_by:
            return say(N_("{0} (entered by {1})"), Text(one.said.word), one.said.entered_by)
        return say(N_("{0} (your word of {1})"), Text(one.said.word), one.said.day)

    @property
    def groups(self) -> list[tuple[Text, list[Charge]]]:
        """What the person is named for, by what for, and by which role or team."""
        found: dict[tuple[For, str], list[Charge]] = {}
        for charge in self.part.charges:
            found.setdefault((charge.what, str(charge.through or "")), []).append(charge)
        return [
            (say(N_("{0} ({1})"), Text(what.value), through) if through else Text(what.value), charges)
            for (what, through), charges in found.items()
        ]

    @cached_property
    def agreed(self) -> tuple[Agreed, ...]:
        """What agreements say of the person."""
        return agreed_of(self.plan, self.part)

    def title(self, charge: Charge) -> Text:
        """For what the person is named, in words: a mandate can be one of those of the list."""
        title = str(charge.record)
        is_listed = charge.what is For.MANDATE and title in MANDATES
        return Text(title) if is_listed else Text("{0}", (title,))

    def titles(self, collection: str, ids: Sequence[str]) -> str:
        return ", ".join(self.plan.title_of(collection, id) for id in ids)

    def where(self, duty: Duty) -> Text:
        """The places of a duty, in words."""
        if duty.everywhere:
            return say(N_("everywhere"))
        parts = (
            f"{self.plan.title_of('services', service)} / {self.plan.title_of('components', component)}"
            for service, component in duty.parts
        )
        named = [*(self.plan.title_of("services", service) for service in duty.services), *parts]
        if len(named) > SHOWN:
            return say(N_("{0} and {1} more"), ", ".join(named[:SHOWN]), len(named) - SHOWN)
        return Text("{0}", (", ".join(named),))

    def act(self, due: Due) -> str:
        return ACTS.get(due.what, "")

    def moves(self, due: Due) -> tuple[str, ...]:
        """The states to which the owner of an improvement moves it on."""
        status = self.plan.get("improvements", due.record.id).status
        return tuple(one for one in MOVES.get(status, ()) if one in UNDER_APPROVAL and one != APPROVED)

    def unit(self, due: Due) -> str:
        """In what unit a measurement is wanted."""
        return self.plan.get("objectives", due.record.id).unit if due.what is Todo.MEASURE else ""


def _attendance(fact: TrainingAttendance, today: date) -> Text:
    """How somebody took part, who says so, and until when it holds."""
    said = say(N_("{0} on {1}"), Text(fact.result), fact.day)
    by = say(N_("entered by {0}"), fact.entered_by) if fact.entered_by else Text(N_("by your own word"))
    told = [said, by]
    if fact.valid_until:
        text = N_("valid until {0}") if fact.valid_until >= today else N_("ran out on {0}")
        told.append(say(text, fact.valid_until))
    return listed(told)


def html(
    view: View,
    asked: Sequence[Asked],
    feed: Feed,
    plans: Sequence[dict[str, str]],
    translate: Translate = in_english,
    day: Day = str,
) -> str:
    """The page of a part. plans: lineage and title of all plans in which the person has one."""
    environment = templating.environment(
        "sm_planner.reports.my_part", lambda value: translated(value, translate, day)
    )
    environment.globals.update(day=day, letters=LETTERS, evidence_kinds=EVIDENCE_KINDS, verdicts=VERDICTS)
    return environment.get_template("my_part.html").render(
        view=view,
        plan=view.plan,
        part=view.part,
        person=view.plan.get("people", view.part.person),
        ways=ways(view.plan, view.part),
        affecting=affecting(view.plan, view.part),
        changes=changes(view.plan, view.part),
        asked=asked,
        feed=feed,
        of=owner_scorecard.told,
        services=sorted(services_in_scope(view.plan), key=lambda one: one.title or one.id),
        plans=plans,
        shown=SHOWN,
        style=STYLE,
    )
