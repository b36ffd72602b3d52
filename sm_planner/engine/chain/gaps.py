"""Why something about a chain is not known: a sentence, and where and how to mend it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sm_planner.engine.agreements.terms import promiser
from sm_planner.engine.model import Agreement, Component, Plan, Service, Supplier, Team
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, say

_TIERS = N_("Enter the support tiers of the service, beginning with the first contact.")


class Gap(NamedTuple):
    """What is missing. record, field: where it is to be entered. fix: what to do there."""

    text: Text
    record: Ref
    field: str
    fix: str


def _gap(record: Any, field: str, fix: str, message: str, *args: object) -> Gap:
    return Gap(say(message, *args), Ref.to(record), field, fix)


def nobody_runs(plan: Plan, part: Component | Service, naming: Agreement | None) -> Gap:
    """Nobody is named who runs a part. naming: an agreement whose scope names it all the same."""
    if isinstance(part, Service):
        plain = N_("“{0}” has no components, and no team under Teams that delivers it.")
        bound = N_("“{0}” has no team under Teams, so “{1}” with “{2}” does not count for it.")
        fix = N_(
            "Under Teams, enter the team that delivers the service; or enter the components that it "
            "consists of."
        )
        field = "teams"
    else:
        plain = N_("“{0}” has neither a team nor a supplier that runs it.")
        bound = N_(
            "“{0}” has neither a team nor a supplier that runs it, so “{1}” with “{2}” does not count for it."
        )
        fix = N_("Enter the team or the supplier that runs the component.")
        field = "team"
    party = naming and promiser(plan, naming)
    if not party:
        return _gap(part, field, fix, plain, Ref.to(part))
    return _gap(part, field, fix, bound, Ref.to(part), Ref.to(naming), Ref.to(party))


def no_supplier(team: Team) -> Gap:
    """A team that is not the organisation's own does not say whose it is."""
    fix = N_("Enter the supplier of the team.")
    return _gap(
        team, "supplier", fix, N_("“{0}” is a supplier's team, but the supplier is not named."), Ref.to(team)
    )


def nobody_first(service: Service) -> Gap:
    message = N_("“{0}” has no team or supplier that answers first.")
    return _gap(service, "support_tiers", _TIERS, message, Ref.to(service))


def which_first(service: Service) -> Gap:
    message = N_("“{0}” does not say which of its teams answers first.")
    return _gap(service, "support_tiers", _TIERS, message, Ref.to(service))


def circle(service: Service) -> Gap:
    message = N_("“{0}” depends only on services that depend on it.")
    fix = N_("Remove one of the dependencies, or enter the components of the service.")
    return _gap(service, "dependencies", fix, message, Ref.to(service))


def not_bound(work: Component | Service | Team, party: Team | Supplier, kind: str) -> Gap:
    """Whoever does the work is bound to it by no agreement of the kind that is in force."""
    message = (
        N_("No {2} with “{1}” that covers this work is in force.")
        if isinstance(work, Team)
        else N_("“{0}” is run by “{1}”, but no {2} with “{1}” in force covers it.")
    )
    fix = N_("Conclude the agreement, or add this work to the scope of one that is in force.")
    return _gap(work, "", fix, message, Ref.to(work), Ref.to(party), kind)


def not_promised(agreement: Agreement, promised: Text) -> Gap:
    fix = N_("Add the target to the agreement as soon as the other party has agreed to it.")
    return _gap(agreement, "targets", fix, N_("“{0}” promises no {1}."), Ref.to(agreement), promised)


def nobody_promises(service: Service, metric: str) -> Gap:
    """No agreement of any party beneath a service has the metric."""
    message = N_("No agreement beneath “{0}” promises {1}.")
    fix = N_("Add the target to the agreement with the party that does this work.")
    return _gap(service, "", fix, message, Ref.to(service), Text(metric))


def promised_twice(agreement: Agreement, promised: Text) -> Gap:
    message = N_("“{0}” promises {1} more than once.")
    fix = N_("Keep one of the targets, or give each its own priority.")
    return _gap(agreement, "targets", fix, message, Ref.to(agreement), promised)


def no_value(agreement: Agreement, promised: Text) -> Gap:
    message = N_("“{0}”: {1} has no value and unit.")
    fix = N_("Enter the value and the unit of the target.")
    return _gap(agreement, "targets", fix, message, Ref.to(agreement), promised)


def no_hours(agreement: Agreement, promised: Text) -> Gap:
    message = N_("“{0}” does not say in which hours {1} counts.")
    fix = N_("Enter the service hours of the agreement, or a calendar at its target.")
    return _gap(agreement, "service_hours", fix, message, Ref.to(agreement), promised)


def uncounted(agreement: Agreement, message: Text) -> Gap:
    """Hours beneath an SLA cannot be counted; the message names their calendar."""
    return Gap(message, Ref.to(agreement), "service_hours", N_("Correct the calendar."))


def too_much_together(service: Service) -> Gap:
    """The availability lies between bounds, and the promise between them."""
    message = N_("Beneath “{0}”, too many groups share parts, or too many promises are nested.")
    fix = N_("Use groups with fewer parts, and promise either a whole service or its parts.")
    return _gap(service, "", fix, message, Ref.to(service))
