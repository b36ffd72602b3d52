"""AGR: whether the term of an agreement and its versions are consistent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from sm_planner.engine.agreements.families import in_effect, says, to_mend
from sm_planner.engine.agreements.term import DRAFT, ENDED, ends_on, is_end_unknown, runs_on
from sm_planner.engine.checks.conditions import missing, named, nothing_in
from sm_planner.engine.checks.depths import GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.vocabulary import END_OF_TERM

NO_NOTICE = N_("“{0}”: when it ends after the notice of {1} is not known, because no notice period is named.")

_OF_TERM = ("start_date", "end_date", "open_ended", "renewal_months", "notice_to", "notice_given")
"""Fields of the term. An agreement that says none of them is not told what its general agreement is told."""


@rule(
    "AGR-19",
    Severity.ERROR,
    GROWN,
    title=N_("Term and versions of each agreement are consistent"),
    why=N_(
        "Between two versions nothing is promised, or two different things are; and what the term does not say "
        "is disputed on the day on which somebody wants to leave."
    ),
    fix=N_(
        "Let one agreement end on the day before the next begins, list the changes in the order of their days, "
        "and choose one way in which it ends: on a day, renewed from then on, or open-ended."
    ),
    source="ISO 8.3.3; FitSM PR2.2, PR2.4",
)
def consistent(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_in(plan, "agreements")
    dark = {one.id for one in to_mend(plan, is_end_unknown)}
    for agreement in plan.agreements:
        held = in_effect(plan, agreement)
        if says(plan, agreement, *_OF_TERM):
            yield from _term(held)
        if agreement.id in dark:
            yield unknown(held, NO_NOTICE, named(held), held.notice_given, field="notice_months")
        yield from _changes(agreement)
        replaced = plan.get("agreements", agreement.replaces)
        if replaced and agreement.status != DRAFT:
            yield from _follows(held, in_effect(plan, replaced))


def _term(agreement: Agreement) -> Iterator[Fault]:
    start, end, notice = agreement.start_date, agreement.end_date, agreement.notice_given
    if start and end and start >= end:
        yield fault(
            agreement,
            N_("“{0}” ends on {2}, which is not after its start on {1}."),
            named(agreement),
            start,
            end,
            field="end_date",
        )
    if agreement.open_ended and end:
        yield fault(
            agreement,
            N_("“{0}” is open-ended, and has an end date as well: {1}."),
            named(agreement),
            end,
            field="open_ended",
        )
    if agreement.open_ended and agreement.renewal_months:
        text = N_("“{0}” is open-ended, so that there is nothing to renew.")
        yield fault(agreement, text, named(agreement), field="renewal_months")
    elif agreement.renewal_months and end is None:
        text = N_("“{0}” is renewed by itself, but the end of its first term is not named.")
        yield fault(agreement, text, named(agreement), field="end_date")
    if agreement.open_ended and agreement.notice_to == END_OF_TERM:
        text = N_("“{0}” is open-ended, but notice ends it only at the end of a term.")
        yield fault(agreement, text, named(agreement), field="notice_to")
    if notice and start and notice < start:
        yield fault(
            agreement,
            N_("“{0}”: notice was given on {1}, before its start on {2}."),
            named(agreement),
            notice,
            start,
            field="notice_given",
        )


def _changes(agreement: Agreement) -> Iterator[Fault]:
    for one, next_one in pairwise(agreement.changes):
        if one.day and next_one.day and next_one.day < one.day:
            yield fault(
                agreement,
                N_("“{0}”: version {1} holds from {2}, but stands after version {3}, which holds from {4}."),
                named(agreement),
                next_one.version,
                next_one.day,
                one.version,
                one.day,
                field="changes",
            )
    if agreement.changes:
        yield from missing(agreement, "version")
        last = agreement.changes[-1].version
        if agreement.version and agreement.version != last:
            yield fault(
                agreement,
                N_("“{0}” is version {1}, but the last of its changes is version {2}."),
                named(agreement),
                agreement.version,
                last,
                field="version",
            )


def _follows(agreement: Agreement, replaced: Agreement) -> Iterator[Fault]:
    """Whether an agreement begins on the day after the end of the one that it replaces. One that was ended for good holds
    on no day, so that its end date can only be too early."""
    start, is_over = agreement.start_date, replaced.status == ENDED
    end = replaced.end_date if is_over and not replaced.notice_given else ends_on(replaced)
    names = named(agreement), named(replaced)
    if start is None or (end is None and (is_over or replaced.notice_given or not runs_on(replaced))):
        text = N_("“{0}” replaces “{1}”, but it is not known when the one ends and the other begins.")
        yield unknown(agreement, text, *names, field="start_date" if start is None else "replaces")
    elif end is None:
        text = N_("“{0}” replaces “{1}” from {2} on, but “{1}” runs on: nobody gave notice.")
        yield fault(agreement, text, *names, start, field="replaces")
    elif end >= start and not is_over:
        text = N_("“{0}” replaces “{1}” from {2} on, but “{1}” runs to {3}: on some days both hold.")
        yield fault(agreement, text, *names, start, end, field="replaces")
    elif end + timedelta(days=1) < start:
        text = N_("“{0}” replaces “{1}” from {2} on, but “{1}” ends on {3}: between them nothing holds.")
        yield fault(agreement, text, *names, start, end, field="replaces")


RULES = (consistent,)
