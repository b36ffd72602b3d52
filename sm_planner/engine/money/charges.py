"""What is paid for an agreement in a month: its charges that come back, or the cost per month that stands on it."""

from __future__ import annotations

from fractions import Fraction

from sm_planner.engine.model import Agreement
from sm_planner.engine.model.agreements import AgreementCharge
from sm_planner.engine.money.costs import MONTHS, exact


def regular(agreement: Agreement) -> tuple[AgreementCharge, ...]:
    """The charges of an agreement that come back: not those paid once or by the case."""
    return tuple(row for row in agreement.charges if row.per in MONTHS and row.price is not None)


def monthly(agreement: Agreement) -> Fraction | None:
    """What is paid for the agreement in a month, in the currency of the plan; None where it does not say.

    Charges count before the cost per month: those per month, a third of those per quarter, a twelfth of those per year. Charges
    that are all 0 say that nothing is paid. What is paid once or by the case is not counted: nobody knows how many cases come.
    """
    rows = regular(agreement)
    if rows:
        return sum((exact(row.price) / MONTHS[row.per] for row in rows), Fraction())
    if agreement.unit_cost is not None:
        return exact(agreement.unit_cost)
    if agreement.charges and all(row.price == 0 for row in agreement.charges):
        return Fraction()
    return None


def is_paid(agreement: Agreement) -> bool:
    """Whether anything at all is paid for the agreement."""
    return bool(agreement.unit_cost) or any(row.price for row in agreement.charges)
