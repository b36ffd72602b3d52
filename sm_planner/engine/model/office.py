"""The office that keeps the plan: what it is there for, who decides, who governs it, how owners are held to account.

After Mainville 2018 (mandate, people, accountability of owners) and Pollock 2019 (leaders who decide, and are heard).
"""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.fields import choice, day, flag, line, link, number, record, text
from sm_planner.engine.model.parties import Term
from sm_planner.engine.model.vocabulary import REVIEW_KINDS

MANDATES = (
    "Oversee All Services",
    "Central Service Desk",
    "Own the Tools",
    "Guide All Parts of the Business",
    "Other",
)
"""What an office can be there for; whatever else, in words of its own."""

OTHER_MANDATE = MANDATES[-1]

DECISIONS = IMPROVEMENTS, WAIVERS, SPENDING = ("Improvements", "Waivers", "Spending")
"""What somebody can have the right to decide about."""


@record
class MandateItem:
    """One thing that the office is there for."""

    item: str = choice("Mandate", MANDATES, required=True)
    what: str = line("In Other Words", "How far it goes; for what is not in the list, what it is.")
    role: str = link("Role", "roles", "Which role answers for it.")


@record
class GoverningMember:
    """Somebody who sits in the governing body, by name or by role."""

    person: str = link("Person", "people")
    role: str = link("Role", "roles", "In place of a person: whoever holds it is a member.")
    speaks_for: str = line("Speaks For", "Whom or what this member stands for there.")


@record
class DecisionRight(Term):
    """What somebody may decide without asking further up, and up to which limit.

    A right has somebody who holds it, by name, by role, or as the team of whoever carries an improvement out.
    """

    what: str = choice("May Decide About", DECISIONS, required=True)
    person: str = link("Person", "people")
    role: str = link("Role", "roles", "In place of a person: whoever is named as its holder.")
    own_team: bool = flag(
        "Team of the Owner", help="In place of a person: the team of whoever carries an improvement out."
    )
    up_to_days: float | None = number(
        "Up To (Person-days)", "Of improvements. If empty, the amount alone is the limit.", minimum=0
    )
    up_to_amount: float | None = number(
        "Up To (Amount)",
        "In the currency of the plan. If empty, nothing that costs money.",
        minimum=0,
    )
    from_date: date | None = day("From")
    to_date: date | None = day("To")


@record
class Accountability:
    """How owners of services are held to account."""

    person: str = link("Owner", "people", "If empty, this holds for all owners of services.")
    how: str = text("How", "What is looked at, and what follows where a promise was not kept.", required=True)
    held_in: str = choice("In", REVIEW_KINDS, help="In which reviews.")
    answers_to: str = link("Answers To", "people")
