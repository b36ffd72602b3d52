"""CHN: whether a promise is kept if everybody beneath it keeps theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.chain import ChainResult, Composition, Feasibility, chains
from sm_planner.engine.chain.gaps import ONLY_SHARE, Gap
from sm_planner.engine.chain.words import duration, moment, part_of, percent, percent_up, span
from sm_planner.engine.checks.chain.links import nothing_promised
from sm_planner.engine.checks.conditions import named, not_set
from sm_planner.engine.checks.depths import FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import RECOVERY_METRICS, Plan
from sm_planner.engine.model.values import show
from sm_planner.engine.texts import Text, say, together


@rule(
    "CHN-02",
    Severity.ERROR,
    FIRST,
    title=N_("The first contact answers in time, whenever a ticket starts"),
    why=N_("The team that answers first may be off duty while the customer's clock runs."),
    fix=N_(
        "Have the first contact answer sooner or during more hours, or promise the customer only "
        "what can be kept."
    ),
    source="FitSM-3 6.2",
)
def answered_in_time(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    yield from _late(plan, today, ("Response",))


@rule(
    "CHN-03",
    Severity.ERROR,
    FIRST,
    title=N_("Tiers and partners finish in time, whenever a ticket starts"),
    why=N_(
        "Even if each party keeps its own promise, the promise to the customer can be broken: the "
        "times add up, and each clock stops at different hours."
    ),
    fix=N_(
        "Agree with the party that is the cause on the value that the message names, or on more "
        "hours. Or promise the customer what the chain can keep."
    ),
    source="Pollock 2019; Ten steps; FitSM-3 6.2; ISO 8.3.4.1",
)
def done_in_time(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    yield from _late(plan, today, ("Resolution", "Fulfilment"))


def _late(plan: Plan, today: date, metrics: tuple[str, ...]) -> Iterator[Fault]:
    yield from _told(plan, today, metrics, _late_fault)


def _told(
    plan: Plan, today: date, metrics: tuple[str, ...], fault_of: Callable[[ChainResult], Fault]
) -> Iterator[Fault]:
    """A fault for each infeasible chain of the metrics. Where several chains have no verdict for the same reason, it
    is told once, where it is mended: the first reason stands for the others of its chain, which the report lists."""
    open: dict[Gap, list[ChainResult]] = {}
    for result in chains(plan, today):
        if result.target.metric not in metrics:
            continue
        if result.verdict is Feasibility.INFEASIBLE:
            yield fault_of(result)
        elif result.verdict is Feasibility.UNKNOWN:
            open.setdefault(result.gaps[0], []).append(result)
    yield from (_undecided(gap, waiting) for gap, waiting in open.items())


def _late_fault(result: ChainResult) -> Fault:
    if composed := result.told_share:
        return _missed_fault(result, composed)
    timing = result.told_timing
    remedy = timing.remedy or timing.remedy_in_hours
    if timing.remedy:
        message = N_(
            "“{0}”: {1} of {2} cannot be kept for “{3}”. A ticket that starts on {4} is finished {5} "
            "late; {6} % of all starts end late. The cause is “{7}” with {8} of {9}; {10} would be "
            "enough."
        )
    elif remedy:
        message = N_(
            "“{0}”: {1} of {2} cannot be kept for “{3}”. A ticket that starts on {4} is finished {5} "
            "late; {6} % of all starts end late. The cause is “{7}” with {8} of {9}: in its own hours no "
            "value would be enough, in those of the SLA {10} would."
        )
    else:
        message = N_(
            "“{0}”: {1} of {2} cannot be kept for “{3}”. A ticket that starts on {4} is finished {5} "
            "late; {6} % of all starts end late. The cause is “{7}” with {8} of {9}; no value of it "
            "alone would be enough."
        )
    guilty = timing.guilty.leg
    told = say(
        message,
        named(result.agreement),
        result.name,
        figure(result.target),
        named(result.service),
        moment(timing.solution.worst_start, timing.zone),
        duration(-timing.solution.worst_slack),
        part_of(timing.solution.late, timing.solution.starts),
        named(guilty.agreement),
        name(guilty.target),
        figure(guilty.target),
        span(remedy or 0),
    )
    if timing.remedy:
        advice = N_(
            "In “{0}”, agree on {1} for {2}: then every start ends in time. Or promise the customer more time."
        )
    elif remedy:
        advice = N_(
            "In “{0}”, agree on {1} for {2}, counted in the hours of the SLA: then every start ends in time. Or promise "
            "the customer more time."
        )
    else:
        advice = ALL_TOGETHER
    fix = say(advice, named(guilty.agreement), span(remedy or 0), name(guilty.target))
    return _fault(result, told, fix, bool(result.at_once))


ALL_TOGETHER = N_(
    "Agree on shorter times or more hours with several of the chain, “{0}” first: no value of it alone is enough. Or promise "
    "the customer what the chain can keep."
)


def _missed_fault(result: ChainResult, composed: Composition) -> Fault:
    """Too small a share of cases is in time, even where the parties miss theirs independently of each other."""
    if composed.remedy_share is not None:
        message = N_(
            "“{0}”: {1} of {2} cannot be kept for “{3}”. Of the cases that start on {4}, {5} % are certain to be in time, "
            "and {6} % if the parties miss theirs independently of each other. What costs most is “{7}” with {8} of {9}; "
            "{10} % within that time would be enough."
        )
        remedy: Text | str = percent_up(float(composed.remedy_share))
        advice = N_(
            "In “{0}”, agree that {1} % are in time for {2}: then enough cases are. Or promise the customer a smaller share."
        )
    elif composed.remedy_budget is not None:
        message = N_(
            "“{0}”: {1} of {2} cannot be kept for “{3}”. Of the cases that start on {4}, {5} % are certain to be in time, "
            "and {6} % if the parties miss theirs independently of each other. What costs most is “{7}” with {8} of {9}; "
            "the same share within {10} would be enough."
        )
        remedy = span(composed.remedy_budget)
        advice = N_(
            "In “{0}”, agree on the same share within {1} for {2}: then enough cases are in time. Or promise the customer a "
            "smaller share."
        )
    else:
        message = N_(
            "“{0}”: {1} of {2} cannot be kept for “{3}”. Of the cases that start on {4}, {5} % are certain to be in time, "
            "and {6} % if the parties miss theirs independently of each other. What costs most is “{7}” with {8} of {9}; "
            "no value of it alone would be enough."
        )
        remedy = ""
        advice = ALL_TOGETHER
    leg = composed.costliest
    target = composed.remedy_row.target if composed.remedy_row else leg.target
    told = say(
        message,
        named(result.agreement),
        result.name,
        figure(result.target),
        named(result.service),
        moment(composed.worst_start, composed.zone),
        percent(float(composed.certain)),
        percent(float(composed.independent)),
        named(leg.agreement),
        name(target),
        figure(target),
        remedy,
    )
    fix = say(advice, named(leg.agreement), remedy, name(target))
    return _fault(result, told, fix, bool(result.composed_at_once))


def _fault(result: ChainResult, told: Text, fix: Text, even_at_once: bool) -> Fault:
    """What cannot be kept. It is said where tiers that do not say how long they keep a ticket do not even matter; and what
    is promised for all, but beneath for a share of cases alone."""
    more = [gap for gap in result.gaps if gap.text.template == ONLY_SHARE]
    if even_at_once:
        told = say(N_("{0} This is so even if every ticket is handed over at once."), told)
    for gap in more:
        told = together((told, gap.text))
    return fault(
        result.agreement, told.template, *told.args, field="targets", fix=more[0].fix if more else fix
    )


def _undecided(gap: Gap, waiting: list[ChainResult]) -> Fault:
    first = waiting[0]
    message = (
        N_("{0} Therefore it is not known whether “{1}” can keep {2} for “{3}”.")
        if len(waiting) == 1
        else N_(
            "{0} Therefore it is not known whether {4} promises can be kept, among them {2} of “{1}” for "
            "“{3}”."
        )
    )
    return unknown(
        gap.record,
        message,
        gap.text,
        named(first.agreement),
        first.name,
        named(first.service),
        len(waiting),
        field=gap.field,
        count=len(waiting),
        fix=gap.fix,
    )


@rule(
    "CHN-04",
    Severity.ERROR,
    FIRST,
    title=N_("What is promised beneath is available enough"),
    why=N_(
        "A service works only while everything that it needs works: good parts in a row make a worse whole."
    ),
    fix=N_(
        "Agree on a higher availability of what the message names, put a second part beside it as a group, or promise "
        "the customer less."
    ),
    source="Ten steps; availability of systems in series and in parallel",
)
def available_enough(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    yield from _told(plan, today, ("Availability",), _unavailable)


def _unavailable(result: ChainResult) -> Fault:
    shares = result.shares
    guilty = shares.guilty
    advice = (
        N_(
            "Put a second part beside what is weakest, or agree on more with several of those beneath, “{0}” first: no value of it "
            "alone is enough. Or promise the customer less."
        )
        if shares.remedy is None
        else N_(
            "In “{0}”, agree on at least {1} % for {2}: then what is promised beneath is enough. Or put a second part beside it, "
            "or promise the customer less."
        )
    )
    message = (
        N_(
            "“{0}”: {1} % cannot be kept for “{2}”, because the promises beneath give only {3} %. The "
            "weakest is “{6}” with {5} % for {4}; no value of it alone would be enough."
        )
        if shares.remedy is None
        else N_(
            "“{0}”: {1} % cannot be kept for “{2}”, because the promises beneath give only {3} %. The "
            "weakest is “{6}” with {5} % for {4}; {7} % would be enough."
        )
    )
    return fault(
        result.agreement,
        message,
        named(result.agreement),
        percent(shares.promised),
        named(result.service),
        percent(shares.bounds.high),
        guilty.subject,
        show(guilty.target.value),
        named(guilty.agreement),
        percent_up(shares.remedy or 0.0),
        field="targets",
        fix=say(advice, named(guilty.agreement), percent_up(shares.remedy or 0.0), guilty.subject),
    )


@rule(
    "CHN-08",
    Severity.WARNING,
    GROWN,
    title=N_("Chains keep some slack"),
    why=N_("A chain that fits to the minute breaks with the first ticket that takes a minute longer."),
    fix=N_(
        "Shorten a leg, agree on a longer target with the customer, or lower the least slack in the settings."
    ),
    source="common tool practice",
)
def slack_left(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    least = plan.settings.least_slack
    if least is None:
        yield not_set(plan, N_("The settings do not say how much slack a chain should have."))
        return
    for result in chains(plan, today):
        if result.timing is None or result.verdict is not Feasibility.FEASIBLE:
            continue
        slack = result.timing.solution.worst_slack
        if slack * 100 < result.timing.promised * least:
            yield fault(
                result.agreement,
                N_(
                    "“{0}”: {1} of {2} for “{3}” has {4} of slack in clock time for a ticket that starts on {5}, "
                    "less than {6} %."
                ),
                named(result.agreement),
                result.name,
                figure(result.target),
                named(result.service),
                duration(slack),
                moment(result.timing.solution.worst_start, result.timing.zone),
                least,
                field="targets",
                fix=say(
                    N_(
                        "Have the parties beneath be {0} quicker: then the slack is enough. Or give the customer more time, or lower "
                        "the least slack in the settings."
                    ),
                    duration(-(-(result.timing.promised * least) // 100) - slack),
                ),
            )


@rule(
    "CHN-09",
    Severity.ERROR,
    FIRST,
    title=N_("What is promised beneath recovers in time"),
    why=N_(
        "After a disaster, a service is back when its last part is back, with the data of its oldest copy."
    ),
    fix=N_(
        "Agree on a shorter recovery with the party that the message names, or promise the customer a longer one."
    ),
    source="FitSM PR4.1",
)
def recovered_in_time(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    yield from _told(plan, today, RECOVERY_METRICS, _not_recovered)


def _not_recovered(result: ChainResult) -> Fault:
    guilty = result.longest.guilty
    return fault(
        result.agreement,
        N_("“{0}”: {1} of {2} cannot be kept for “{3}”: “{4}” promises {5} for {6}."),
        named(result.agreement),
        result.name,
        figure(result.target),
        named(result.service),
        named(guilty.agreement),
        figure(guilty.target),
        guilty.subject,
        field="targets",
        fix=say(
            N_("In “{0}”, agree on at most {1} for {2}, or promise the customer {3}."),
            named(guilty.agreement),
            figure(result.target),
            guilty.subject,
            figure(guilty.target),
        ),
    )


RULES = (answered_in_time, done_in_time, available_enough, slack_left, recovered_in_time)
