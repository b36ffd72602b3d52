"""Money as the book tells it, and the funding request on one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sm_planner.engine.approval import funding
from sm_planner.engine.effort import Size, size
from sm_planner.engine.model import Plan
from sm_planner.engine.model.money import BudgetLine
from sm_planner.engine.model.vocabulary import ONE_OFF
from sm_planner.engine.money import Benefit, costs
from sm_planner.engine.money.actuals import Compared, compared
from sm_planner.engine.money.costs import by, by_category, by_year
from sm_planner.engine.money.request import FundingRequest, funding_request
from sm_planner.engine.texts import N_, Text
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.wording import Wording
from sm_planner.reports.budget_payback import chart_of, paid
from sm_planner.reports.quantities import SPACE, number

LINES_SHOWN, BENEFITS_SHOWN = 7, 4
"""Budget lines and benefits that the page names, those of the most money; the others it adds up."""

SHORT = 430
"""Characters of a long text that the page shows; the plan has the rest."""

SHORT_TITLE = 70
"""The same of what costs or brings money."""


@dataclass(frozen=True)
class Named:
    """What a budget line costs in all; each: what is due each time, None for what is paid once."""

    title: str
    how: Text
    each: float | None
    amount: Fraction


@dataclass(frozen=True)
class Page:
    """What the page of the funding request shows. rest: of the lines, and of the benefits, that it does not name: how many,
    and what they come to."""

    request: FundingRequest
    standing: funding.Standing
    refusal: Text | None
    what: str
    size: Size
    lines: tuple[Named, ...]
    rest: tuple[int, Fraction]
    gains: tuple[Benefit, ...]
    more_gains: tuple[int, Fraction]
    vision: str
    why: str
    otherwise: str


def page(plan: Plan, today: date) -> Page:
    """What the funding request of a plan shows on a day."""
    request = funding_request(plan, today)
    sums = by(costs(plan), lambda flow: flow.line.id)
    known = sorted((line for line in plan.budget_lines if line.id in sums), key=lambda line: -sums[line.id])
    gains = sorted(request.benefits, key=lambda gain: -gain.a_year)
    first, others = known[:LINES_SHOWN], known[LINES_SHOWN:]
    return Page(
        request=request,
        standing=funding.standing(plan),
        refusal=funding.refuse_request(plan) if not plan.budget_lines else None,
        what=funding.what(plan),
        size=size(plan, today),
        lines=tuple(_named(line, sums[line.id]) for line in first),
        rest=(len(others), sum((sums[line.id] for line in others), Fraction())),
        gains=tuple(
            replace(gain, title=shortened(gain.title, SHORT_TITLE)) for gain in gains[:BENEFITS_SHOWN]
        ),
        more_gains=(
            len(gains[BENEFITS_SHOWN:]),
            sum((gain.a_year for gain in gains[BENEFITS_SHOWN:]), Fraction()),
        ),
        vision=shortened(plan.vision),
        why=shortened(plan.why),
        otherwise=shortened(plan.otherwise),
    )


def _named(line: BudgetLine, cost: Fraction) -> Named:
    each = None if line.kind == ONE_OFF else line.amount
    return Named(shortened(line.title or line.id, SHORT_TITLE), how(line), each, cost)


def how(line: BudgetLine) -> Text:
    """Whether a line is paid once, or how often."""
    if line.kind == ONE_OFF:
        return Text(N_("once"))
    return {
        "Month": Text(N_("each month")),
        "Quarter": Text(N_("each quarter")),
        "Year": Text(N_("each year")),
    }.get(line.interval, Text(""))


def shortened(text: str, longest: int = SHORT) -> str:
    """The beginning of a long text, up to the end of a word."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


def amount(wording: Wording, value: Fraction | float | None) -> str:
    """An amount with the currency of the plan; that it is not known, where it is not."""
    if value is None:
        return wording.say(N_("not known"))
    return f"{wording.show(number(round(float(value), 2)))}{SPACE}{wording.plan.currency}".strip()


@dataclass(frozen=True)
class Told:
    """A line in the book: what of it was due, what was spent, and how far that is beyond."""

    compared: Compared
    how: Text


def money(material: Material) -> dict[str, Any]:
    """The chapter: the lines, sums by category and year, benefits with their verdicts, and the chart."""
    plan, today = material.plan, material.today
    request = funding_request(plan, today)
    flows = costs(plan)
    return {
        "request": request,
        "standing": funding.standing(plan),
        "lines": [Told(one, how(one.line)) for one in compared(plan, today)],
        "by_category": by(flows, by_category),
        "by_year": by(flows, by_year),
        "chart": chart_of(request.course, paid(request.course)),
    }
