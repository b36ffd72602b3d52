"""What a plan costs, who gives the money, and what was spent."""

from __future__ import annotations

from datetime import date

from sm_planner.engine.model.collection import FACT, collected
from sm_planner.engine.model.facts import entered_by, natural_id
from sm_planner.engine.model.fields import choice, day, key, line, link, number, record
from sm_planner.engine.model.vocabulary import (
    BUDGET_CATEGORIES,
    BUDGET_KINDS,
    BUDGET_STATES,
    INTERVALS,
    PROPOSAL,
)
from sm_planner.engine.texts import N_


@record
class Funding:
    """Money that somebody has granted for the plan, in the currency of the plan."""

    amount: float | None = number("Amount", "In the currency of the plan.", required=True, minimum=0)
    given_by: str = line("From", "Who grants it: a person, a board, a budget of the year.")
    day: date | None = day("Granted On")
    reference: str = line("Reference", "Where it can be looked up: minutes, a letter, a number.")


@collected(N_("Budget Line"), N_("Budget Lines"), series="BUD", shared=False)
@record
class BudgetLine:
    """What something costs: once, or again and again in a period.

    A one-off amount is due on the first day. A running one is due on the first day, and again after each interval, up to
    the last day, or to the horizon of the plan where there is none.
    """

    id: str = key()
    title: str = line("Title")
    kind: str = choice("Kind", BUDGET_KINDS, help="Once, or again in each interval.")
    interval: str = choice("Per", INTERVALS, help="Of a running line: how often the amount is due.")
    category: str = choice("Category", BUDGET_CATEGORIES, help="What the money is for.")
    status: str = choice("Status", BUDGET_STATES, PROPOSAL)
    amount: float | None = number(
        "Amount", "In the currency of the plan. Of a running line, what is due each time.", minimum=0
    )
    start_date: date | None = day("From", "When it is due for the first time.")
    end_date: date | None = day("To", "Of a running line. If empty, up to the horizon of the plan.")
    improvement: str = link("Improvement", "improvements", "The improvement that it pays for.")
    objective: str = link("Objective", "objectives")
    service: str = link("Service", "services")
    line_owner: str = link("Owner", "people", "Who answers for the money, and says what was spent.")
    cost_center: str = line("Cost Center", "As the ledger names it.")
    account: str = line("Ledger Account", "As the ledger names it.")


@collected(N_("Budget Actual"), N_("Budget Actuals"), nature=FACT)
@record
class BudgetActual:
    """What was spent of a budget line by a day, since the entry before. Less than nothing corrects an entry before."""

    budget_line: str = link("Budget Line", "budget_lines", required=True)
    day: date | None = day("Last Day of the Period", required=True)
    amount: float | None = number("Amount", "In the currency of the plan.", required=True)
    source: str = line("Source", "Where it can be looked up: an invoice, a ledger.")
    entered_by: str = entered_by()

    @property
    def id(self) -> str:
        return natural_id(self.budget_line, self.day, *filter(None, (self.source,)))

    @property
    def title(self) -> str:
        return self.id
