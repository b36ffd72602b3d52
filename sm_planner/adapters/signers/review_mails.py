"""Mails and bells about reviews: one a night for each account, whatever there is to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.site import stored_records
from sm_planner.adapters.site.doctypes import DOCTYPES
from sm_planner.engine.model import Plan
from sm_planner.engine.reviews.reminders import reminders
from sm_planner.engine.texts import N_, Text, say
from sm_planner.reports.sign_off_mails import Mail


@dataclass(frozen=True)
class About:
    """What an account is told of a review. review: the name of its document."""

    user: str
    plan: str
    text: Text
    review: str


def about(plan: Plan, today: date) -> list[About]:
    """What is to be told of the reviews of a plan. Who has no account is told nothing."""
    names = {review.id: name for name, review in stored_records.living("reviews", plan.lineage).items()}
    found = []
    for one in reminders(plan, today):
        person = plan.get("people", one.person)
        if person and person.user and person.enabled and one.review.id in names:
            found.append(About(person.user, plan.title, one.text, names[one.review.id]))
    return found


def tell(what: list[About]) -> None:
    """Tell each account all at once."""
    for user in sorted({one.user for one in what}):
        mine = list(dict.fromkeys(one for one in what if one.user == user))
        mail = Mail(
            subject=say(N_("Reviews: {0} to know"), len(mine)),
            intro=say(N_("This is about reviews in which you take part, or their decisions.")),
            lines=tuple(say(N_("{0}: {1}"), one.plan, one.text) for one in mine),
        )
        sign_off_mails.send(mine[0].review, [user], mail, DOCTYPES["reviews"])
