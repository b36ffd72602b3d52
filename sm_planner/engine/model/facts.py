"""What happened while a plan is in force: facts, which are added and never signed.

A fact has no id of its own: what it is about and its day tell it from others, so that entering it twice, or bringing it
from a file again, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.fields import choice, day, line, link, number, record
from sm_planner.engine.model.values import Refusal, show, too_small
from sm_planner.engine.model.vocabulary import EVIDENCE_KINDS, METRICS, PRIORITIES
from sm_planner.engine.texts import N_, say


def natural_id(*parts: Any) -> str:
    """What tells a fact from others of its kind, as one text; ``*`` stands for what is empty."""
    return " / ".join(str(part or "*") for part in parts)


def entered_by() -> Any:
    """The field of a fact that says who entered it in another's place."""
    return line(
        "Entered By", "Who entered this for somebody else. The site fills it in.", length=140, sealed=False
    )


@collected(N_("Measurement"), N_("Measurements"), nature=FACT, hangs_on="agreement")
@record
class Measurement:
    """What a KPI, a service level target or a value came to, in the unit in which it is wanted.

    It is about an objective, about a target of an agreement (its metric and priority), or about one of the values that
    the plan promises, named by its words.
    """

    objective: str = link("Objective", "objectives")
    agreement: str = link("Agreement", "agreements")
    value_statement: str = line("Value Statement", "The words of the value that the plan promises.")
    metric: str = choice("Metric", METRICS, help="Of an agreement: which of its targets.")
    own_metric: str = line("Own Metric")
    priority: str = choice("Priority", PRIORITIES)
    service: str = link("Service", "services", "If the target is for one service of the agreement.")
    share_of_cases: float | None = number(
        "Share of Cases (%)",
        "If the target is about a share of the cases: which. The value is what so many of them took at most.",
        minimum=0,
        maximum=100,
    )
    day: date | None = day("Last Day of the Period", required=True)
    value: float | None = number("Value", "In the unit of the KPI or of the target.", required=True)
    money: float | None = number(
        "Money a Year", "Of a value: what it brings a year in fact, in the currency of the plan."
    )
    evidence: str = line("Evidence", "Where it can be looked up.")
    entered_by: str = entered_by()

    def misfits(self) -> Iterator[Refusal]:
        """It is about something; of an agreement about a target, all of which are times and shares."""
        about = [one for one in (self.objective, self.agreement, self.value_statement) if one]
        if len(about) != 1:
            yield Refusal(
                "objective",
                say(N_("The measurement is about more than one thing."))
                if about
                else say(N_("The measurement is about nothing.")),
                say(N_("Name an objective, an agreement, or the words of a value that the plan promises.")),
            )
        if self.agreement and not self.metric:
            yield Refusal("metric", say(N_("This is missing.")), say(N_("Fill it in.")))
        if self.agreement and self.value is not None and self.value < 0:
            yield Refusal("value", *too_small(self.value, 0))

    @property
    def id(self) -> str:
        about = self.objective or self.agreement or self.value_statement
        share = "" if self.share_of_cases is None else f"{show(self.share_of_cases)} %"
        named = (self.metric, self.own_metric, self.priority, self.service, share)
        return natural_id(about, *filter(None, named), self.day)

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Evidence"), N_("Evidence"), nature=FACT)
@record
class Evidence:
    """What shows that a commitment is kept: a decision, money, attendance, a message."""

    commitment: str = link("Commitment", "commitments", required=True)
    day: date | None = day("Date", required=True)
    kind: str = choice("Kind", EVIDENCE_KINDS, required=True)
    reference: str = line("Reference", "Where it can be looked up.")
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.commitment, self.day, self.kind, self.reference)

    @property
    def title(self) -> str:
        return self.id


@collected(N_("Acknowledgement"), N_("Acknowledgements"), nature=FACT, hangs_on="role")
@record
class Acknowledgement:
    """That somebody knows and accepts a role, or all of his part in the plan."""

    person: str = link("Person", "people", required=True)
    role: str = link("Role", "roles", "If empty, all of the person's part.")
    day: date | None = day("Date", required=True)
    shown: str = line(
        "Shown", "The hash of the part that the person was shown. Empty where only the day is known."
    )
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.person, self.role, self.day, *filter(None, (self.shown,)))

    @property
    def title(self) -> str:
        return self.id
