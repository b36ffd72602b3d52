"""CHN: whether agreements stand beneath an SLA at all, for the work and in the hours that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from sm_planner.engine.agreements.targets import calendar_of, name
from sm_planner.engine.agreements.terms import Scope
from sm_planner.engine.chain import Beneath, ChainResult, beneath, chains
from sm_planner.engine.chain.figures import Figure
from sm_planner.engine.chain.words import duration, part_of
from sm_planner.engine.checks.chain.links import Work, names_of, nothing_promised, works
from sm_planner.engine.checks.conditions import first_names, named
from sm_planner.engine.checks.depths import FIRST, GROWN
from sm_planner.engine.checks.finding import N_, Fault, Severity, fault, rule, unknown
from sm_planner.engine.model import Agreement, Component, Plan, Team
from sm_planner.engine.service_time.calendars import CalendarError
from sm_planner.engine.texts import Text, say


@rule(
    "CHN-01",
    Severity.BLOCKER,
    FIRST,
    title=N_("No SLA depends on a party without an agreement"),
    why=N_("Without a contract in force, nothing obliges the other party to do its part."),
    fix=N_(
        "Conclude a contract (UC) with the supplier that covers the work. If there is one, set it to "
        "In Force."
    ),
    source="FitSM PR2.4; ISO 8.3.4.1",
)
def contracted(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    for work in works(plan, today):
        runner, agreements, _ = work.backing
        if not runner.outside or agreements:
            continue
        message = (
            N_("“{1}” is done by “{2}”, whose contracts in force do not cover it. These depend on it: {0}.")
            if found.underpinning.any_with(runner)
            else N_("“{1}” is done by “{2}”, with whom no contract is in force. These depend on it: {0}.")
        )
        advice = (
            N_(
                "In the scope of a contract with “{1}” that is in force, enter “{0}”; or have somebody else do it."
            )
            if found.underpinning.any_with(runner)
            else N_(
                "Conclude a contract (UC) with “{1}” that has “{0}” in its scope. If there is one, set it to In Force."
            )
        )
        yield fault(
            work.record,
            message,
            names_of(found, work.services),
            named(work.record),
            named(runner.party),
            fix=say(advice, named(work.record), named(runner.party)),
        )


@rule(
    "CHN-05",
    Severity.ERROR,
    FIRST,
    title=N_("What is promised to be available is available in all hours of the SLA"),
    why=N_("An availability that a partner promises by day says nothing about the night."),
    fix=N_("Extend the service hours of the supporting agreement, or limit those of the SLA."),
    source="Prakash 2016; ISO 8.3.4.1",
)
def hours_covered(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    for result in chains(plan, today):
        if result.target.metric != "Availability":
            continue
        figures = {figure.agreement.id: figure for figure in found.figures_of(result)}
        calendar = calendar_of(result.agreement, result.target, result.service.id)
        days = found.days(result.agreement)
        for figure in figures.values():
            yield from _uncovered(found, result, figure, calendar, days)


def _uncovered(
    found: Beneath, result: ChainResult, figure: Figure, calendar: str, days: tuple[date, date]
) -> Iterator[Fault]:
    """calendar: in which the SLA promises it. days: the first and last on which it is looked at."""
    sla, agreement = result.agreement, figure.agreement
    calendars = calendar, calendar_of(agreement, figure.target, result.service.id)
    if calendars[0] == calendars[1] != "":
        return
    for party, calendar in zip((sla, agreement), calendars, strict=True):
        if not calendar:
            yield unknown(
                party,
                N_("“{0}” does not say in which hours it is available."),
                named(party),
                field="service_hours",
            )
            return
    try:
        outside, total = found.timer.uncovered(*calendars, *days)
    except CalendarError as error:
        yield unknown(sla, N_("“{0}”: {1}"), named(sla), error.message, field="service_hours")
        return
    if outside:
        for_long = duration(outside)
        yield fault(
            sla,
            N_(
                "“{0}”: {1} for “{2}” depends on “{3}”, which promises nothing in {4} % of those hours, {5} "
                "in the first year."
            ),
            named(sla),
            name(result.target),
            named(result.service),
            named(agreement),
            part_of(outside, total),
            for_long,
            field="service_hours",
            fix=say(
                N_(
                    "Extend the service hours of “{0}” by these {1} to those of “{2}”, or limit those of “{2}” to what “{0}” "
                    "promises."
                ),
                named(agreement),
                for_long,
                named(sla),
            ),
        )


@rule(
    "CHN-10",
    Severity.ERROR,
    GROWN,
    title=N_("Supporting agreements name the work that SLAs depend on"),
    why=N_("A party is bound only by what its agreement names; anything else it may stop doing."),
    fix=N_(
        "In the scope of the agreement, enter the services or components that it is for. Enter a "
        "process only if the agreement does not cover all processes."
    ),
    source="Prakash 2016",
)
def work_named(plan: Plan, today: date) -> Iterator[Fault]:
    yield from nothing_promised(plan, today)
    found = beneath(plan, today)
    incidents = {process.id for process in plan.processes if process.flow == "Incident"}
    silent: dict[str, list[Work]] = {}
    partial: dict[str, list[Work]] = {}
    for work in works(plan, today):
        agreements = work.backing.agreements
        if not agreements:
            continue
        covered = Scope.of(*agreements).covered
        if not covered:
            silent.setdefault(agreements[0].id, []).append(work)
        elif incidents and not _covers_incidents(covered, work, found, incidents):
            partial.setdefault(agreements[0].id, []).append(work)
    for agreement, done in silent.items():
        yield _unnamed(
            found,
            done,
            plan.get("agreements", agreement),
            N_(
                "“{0}” has no scope, so it does not say which work of “{1}” it covers. These depend on it: "
                "{2}. “{1}” does this work: {3}."
            ),
            named(done[0].backing.runner.party),
            _work(done),
            fix=say(
                N_("In the scope of “{0}”, enter what “{1}” does by it: {2}."),
                named(plan.get("agreements", agreement)),
                named(done[0].backing.runner.party),
                _work(done),
            ),
        )
    for agreement, done in partial.items():
        records = {(type(work.record), work.record.id): work.record for work in done}
        yield _unnamed(
            found,
            done,
            plan.get("agreements", agreement),
            N_("“{0}” covers no process for incidents of {1}. These depend on it: {2}."),
            first_names(list(records.values())),
            fix=say(
                N_("In the scope of “{0}”, enter {1} with a process for incidents, or without any process."),
                named(plan.get("agreements", agreement)),
                first_names(list(records.values())),
            ),
        )


def _work(done: Iterable[Work]) -> Text:
    """What is done, each once: the parts that are run, and the services whose tiers are staffed."""
    records = (
        service
        for work in done
        for service in (work.services if isinstance(work.record, Team) else (work.record,))
    )
    named_once = {(type(record), record.id): record for record in records}
    return first_names(list(named_once.values()))


def _unnamed(
    found: Beneath,
    done: list[Work],
    agreement: Agreement,
    message: str,
    what: str | Text,
    *more: Text,
    fix: str | Text = "",
) -> Fault:
    """The fault of an agreement, told once for all the work that is done by it."""
    services = {service.id: service for work in done for service in work.services}
    return fault(
        agreement,
        message,
        named(agreement),
        what,
        names_of(found, tuple(services.values())),
        *more,
        field="scope",
        count=len(done),
        fix=fix,
    )


def _covers_incidents(
    covered: Iterable[tuple[str, str, str]], work: Work, found: Beneath, incidents: Set[str]
) -> bool:
    """Whether any of (process, service, component) is the work and a process of incidents; an empty one is any.

    A team of a tier is bound by what names its service or anything beneath that.
    """
    if isinstance(work.record, Team):
        beneath_service = found.structure.beneath(work.services[0])
        services, components = beneath_service.services, beneath_service.components
    elif isinstance(work.record, Component):
        services, components = set(work.record.services), {work.record.id}
    else:
        services, components = {work.record.id}, set()
    return any(
        (not process or process in incidents)
        and (not service or service in services)
        and (not component or component in components)
        for process, service, component in covered
    )


RULES = (contracted, hours_covered, work_named)
