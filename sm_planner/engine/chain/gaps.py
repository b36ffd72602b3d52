"""Why something about a chain is not known: a sentence, and where and how to mend it.

Where it is somebody's word that is missing, the fix names whom to ask, for what, and on which work.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sm_planner.engine.agreements.targets import figure, name, name_of
from sm_planner.engine.agreements.terms import promiser
from sm_planner.engine.model import Agreement, AgreementTarget, Component, Plan, Service, Supplier, Team
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.texts import N_, Text, listed, say

_TIERS = N_("Enter the support tiers of the service, beginning with the first contact.")

ASKED_FOR = {
    "Response": (N_("a response time"), N_("a response time for {0}")),
    "Resolution": (N_("a resolution time"), N_("a resolution time for {0}")),
    "Fulfilment": (N_("a fulfilment time"), N_("a fulfilment time for {0}")),
    "Hand-over": (N_("a hand-over time"), N_("a hand-over time for {0}")),
    "Availability": (N_("an availability"), N_("an availability for {0}")),
    "Recovery Time": (N_("a recovery time"), N_("a recovery time for {0}")),
    "Recovery Point": (N_("a recovery point"), N_("a recovery point for {0}")),
}
"""Metric → what a party is asked for: for all priorities, and for one."""

ONLY_SHARE = N_("“{0}” promises {1} for {2} % of cases, while the SLA promises it for {3} %.")

Work = Component | Service | Team


@dataclass(frozen=True)
class Gap:
    """What is missing. record, field: where it is to be entered. fix: what to do there.

    Gaps are equal that one entry would mend: what is missing decides, not how the sentence tells what follows of it.
    """

    missing: Hashable
    text: Text = field(compare=False)
    record: Ref
    field: str
    fix: Text = field(compare=False)


def _gap(record: Any, field: str, fix: str | Text, message: str, *args: object) -> Gap:
    text = say(message, *args)
    return Gap(text, text, Ref.to(record), field, fix if isinstance(fix, Text) else Text(fix))


def ask(party: Team | Supplier, metric: str, priority: str, work: Any = None) -> Text:
    """“Ask “Network Ltd” for a resolution time for P2 on “Web Shop”.” work: what it is wanted on, if that is known."""
    for_all, for_one = ASKED_FOR[metric]
    wanted = say(for_one, priority) if priority else Text(for_all)
    if work is None or (type(work), work.id) == (type(party), party.id):
        return say(N_("Ask “{0}” for {1}."), Ref.to(party), wanted)
    return say(N_("Ask “{0}” for {1} on “{2}”."), Ref.to(party), wanted, Ref.to(work))


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


def not_bound(work: Work, party: Team | Supplier, kind: str) -> Gap:
    """Whoever does the work is bound to it by no agreement of the kind that is in force."""
    message = (
        N_("No {2} with “{1}” that covers this work is in force.")
        if isinstance(work, Team)
        else N_("“{0}” is run by “{1}”, but no {2} with “{1}” in force covers it.")
    )
    fix = say(
        N_("Conclude the {1} with “{0}”, or add this work to the scope of one that is in force."),
        Ref.to(party),
        kind,
    )
    return _gap(work, "", fix, message, Ref.to(work), Ref.to(party), kind)


def not_promised(
    agreement: Agreement, party: Team | Supplier, metric: str, priority: str, work: Any = None
) -> Gap:
    """The party of an agreement promises no such target for its work."""
    promised = name_of(metric, priority)
    fix = ask(party, metric, priority, work)
    return _gap(agreement, "targets", fix, N_("“{0}” promises no {1}."), Ref.to(agreement), promised)


def only_average(
    agreement: Agreement, party: Team | Supplier, metric: str, priority: str, work: Any = None
) -> Gap:
    """A promise of an average, which says nothing of a single case."""
    message = N_("“{0}” promises {1} as an average, which says nothing of a single case.")
    wanted = ask(party, metric, priority, work)
    fix = say(N_("{0} It has to hold for each case; or enter what no case may exceed."), wanted)
    promised = name_of(metric, priority)
    return _gap(agreement, "targets", fix, message, Ref.to(agreement), promised)


def no_average(
    agreement: Agreement, party: Team | Supplier, metric: str, priority: str, work: Any = None
) -> Gap:
    """A promise for a share of cases, which says nothing of the average: the others may take as long as they like."""
    message = N_("“{0}” promises {1} for a share of cases, which says nothing of the average of all.")
    wanted = ask(party, metric, priority, work)
    fix = say(N_("{0} It has to hold for all cases, or on average."), wanted)
    promised = name_of(metric, priority)
    return _gap(agreement, "targets", fix, message, Ref.to(agreement), promised)


def other_hours(agreement: Agreement, promised: Text) -> Gap:
    """An average in other hours than those of the promise, or in days: what it comes to depends on when cases begin."""
    message = N_("“{0}” promises {1} as an average that cannot be added up in the hours of the SLA.")
    fix = N_("Agree on a time for each case, or on an average in hours of service as the SLA counts them.")
    return _gap(agreement, "targets", fix, message, Ref.to(agreement), promised)


def averages_together(service: Service) -> Gap:
    """Several teams work side by side on averages: the average of the latest of them is not known."""
    message = N_(
        "Teams of a tier of “{0}” work side by side, and averages do not say which of them is later."
    )
    fix = N_("Agree with them on times for each case.")
    return _gap(service, "support_tiers", fix, message, Ref.to(service))


def hand_over_unsaid(
    agreement: Agreement,
    party: Team | Supplier,
    priority: str,
    at_once: Text,
    after: Text,
) -> Gap:
    """A tier does not say how long it keeps a ticket. at_once, after: what becomes of the promise in either reading."""
    text = say(
        N_(
            "“{0}” does not say how long it keeps a ticket before it hands it over: {1} if at once, {2} if only "
            "after its resolution time."
        ),
        Ref.to(party),
        at_once,
        after,
    )
    missing = "hand-over", agreement.id, priority
    return Gap(missing, text, Ref.to(agreement), "targets", ask(party, "Hand-over", priority))


def dependence_unknown(agreement: Agreement, promised: Text, certain: str, independent: str) -> Gap:
    """The shares beneath are enough if cases are missed independently of each other, but not for certain."""
    text = say(
        N_(
            "“{0}”: beneath {1}, {2} % of cases are certain to be in time, and {3} % if the parties miss theirs "
            "independently of each other."
        ),
        Ref.to(agreement),
        promised,
        certain,
        independent,
    )
    missing = "dependence", agreement.id, promised
    fix = Text(N_("Agree on a higher share or a shorter time with the party that costs most."))
    return Gap(missing, text, Ref.to(agreement), "targets", fix)


def only_share(
    agreement: Agreement,
    party: Team | Supplier,
    metric: str,
    priority: str,
    shares: tuple[str, str],
    work: Any = None,
) -> Gap:
    """A promise for a smaller share of cases than is promised above. shares: both in percent, that beneath first."""
    promised = name_of(metric, priority)
    fix = say(N_("{0} It has to hold for {1} % of cases."), ask(party, metric, priority, work), shares[1])
    return _gap(agreement, "targets", fix, ONLY_SHARE, Ref.to(agreement), promised, *shares)


def too_many_rows(service: Service) -> Gap:
    """More combinations of shares than are looked at."""
    message = N_("Beneath “{0}”, too many shares of cases are promised one after the other.")
    fix = N_("Promise fewer shares for each target.")
    return _gap(service, "", fix, message, Ref.to(service))


def nobody_promises(service: Service, metric: str, parties: Iterable[Team | Supplier] = ()) -> Gap:
    """No agreement of any party beneath a service has the metric. parties: who takes part in it."""
    message = N_("No agreement beneath “{0}” promises {1}.")
    asked = tuple(parties)
    if not asked:
        fix: str | Text = N_("Add the target to the agreement with the party that does this work.")
    else:
        fix = ask(asked[0], metric, "", service)
        if len(asked) > 1:
            names = listed((str(Ref.to(party)) for party in asked), "”, “")
            fix = say(
                N_("Ask one of “{0}” for {1} on “{2}”."), names, Text(ASKED_FOR[metric][0]), Ref.to(service)
            )
    return _gap(service, "", fix, message, Ref.to(service), Text(metric))


def promised_twice(agreement: Agreement, promised: Text) -> Gap:
    message = N_("“{0}” promises {1} more than once.")
    fix = N_("Keep one of the targets, or give each its own priority.")
    return _gap(agreement, "targets", fix, message, Ref.to(agreement), promised)


def no_value(agreement: Agreement, target: AgreementTarget) -> Gap:
    """A target has no figure to count with: none at all, or one that does not fit its metric, or is promised of no case."""
    about = Ref.to(agreement), name(target)
    if target.value is None or not target.unit:
        fix = N_("Enter the value and the unit of the target.")
        return _gap(agreement, "targets", fix, N_("“{0}”: {1} has no value and unit."), *about)
    message = N_("“{0}”: {1} promises what cannot be counted: {2}.")
    fix = N_("Correct the target: its unit has to fit the metric, and its share of cases be above 0 %.")
    return _gap(agreement, "targets", fix, message, *about, figure(target))


def no_hours(agreement: Agreement, promised: Text) -> Gap:
    message = N_("“{0}” does not say in which hours {1} counts.")
    fix = N_("Enter the service hours of the agreement, or a calendar at its target.")
    return _gap(agreement, "service_hours", fix, message, Ref.to(agreement), promised)


def uncounted(agreement: Agreement, message: Text) -> Gap:
    """Hours beneath an SLA cannot be counted; the message names their calendar."""
    return Gap(message, message, Ref.to(agreement), "service_hours", Text(N_("Correct the calendar.")))


def too_much_together(service: Service) -> Gap:
    """The availability lies between bounds, and the promise between them."""
    message = N_("Beneath “{0}”, too many groups share parts, or too many promises are nested.")
    fix = N_("Use groups with fewer parts, and promise either a whole service or its parts.")
    return _gap(service, "", fix, message, Ref.to(service))
