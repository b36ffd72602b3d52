"""That a deputy may sign in somebody's place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sm_planner.engine.texts import N_, Text, say


@dataclass(frozen=True, kw_only=True)
class Delegation:
    """That a deputy may sign in a person's place, from one day to another, both included.

    principal and deputy are ids of people; principal_user and deputy_user the accounts that stand for them now.
    given_by and given_to: the accounts that stood for them when it was given; empty where nobody knows any more.
    plan: the only plan that it is for, empty for any.
    """

    id: str
    principal: str
    principal_user: str
    deputy: str
    deputy_name: str
    deputy_user: str
    deputy_enabled: bool
    valid_from: date | None
    valid_to: date | None
    given_by: str
    given_to: str
    plan: str = ""
    reason: str = ""
    revoked: bool = False

    def holds(self, plan: str, today: date) -> bool:
        """Whether it is in force for that plan on that day."""
        return self.is_open(plan, today) and not self.lapsed

    def is_open(self, plan: str, today: date) -> bool:
        """The same, whatever accounts there are now."""
        within = bool(self.valid_from and self.valid_to) and self.valid_from <= today <= self.valid_to
        return within and not self.revoked and self.plan in ("", plan)

    @property
    def lapsed(self) -> Text | None:
        """Why it holds no more although it was not revoked; None while both have the accounts of then."""
        if not self.given_by or not self.given_to:
            return say(
                N_("The delegation {0} does not say between which accounts it was given. Create a new one."),
                self.id,
            )
        if self.given_by.casefold() != self.principal_user.casefold():
            return say(
                N_(
                    "The delegation {0} was given by {1}, who no longer stands for that person. Create a new one."
                ),
                self.id,
                self.given_by,
            )
        if self.given_to.casefold() != self.deputy_user.casefold():
            return say(
                N_(
                    "The delegation {0} was given to {1}, who no longer stands for the deputy. Create a new one."
                ),
                self.id,
                self.given_to,
            )
        return None

    @property
    def told(self) -> str:
        """How a seal names it."""
        return f"{self.id}, {self.valid_from} / {self.valid_to}"
