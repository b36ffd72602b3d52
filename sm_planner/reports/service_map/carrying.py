"""What the map tells of one box: its record, its promises with the weakest link in numbers, or what it must carry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sm_planner.engine.agreements.targets import figure, name
from sm_planner.engine.agreements.terms import PARTY, day_of_plan, underpinning_in_force
from sm_planner.engine.chain import ChainResult, beneath
from sm_planner.engine.chain.backing import runners_of
from sm_planner.engine.chain.weakest import by_weakness, decides, margin
from sm_planner.engine.model import Agreement, Component, Plan, Service, Stakeholder
from sm_planner.engine.model.ref import Ref
from sm_planner.engine.service_map import services_on_map
from sm_planner.engine.texts import N_, Text, say, together
from sm_planner.reports.chain_feasibility import VERDICTS

MOST = 40
"""Promises that are told of one box; the others are counted."""
_BOUND = ("teams", "suppliers")
"""Collections of those who are bound by agreements."""

Say = Callable[[Any], Any]


def carrying(plan: Plan, today: date, collection: str, id: str, say_: Say) -> dict[str, Any]:
    """What a record carries, in the words that ``say_`` makes of texts.

    ``weakest``: the weakest of its promises, which is the first of ``promises``, as a sentence; empty where there is none. For a
    service these are its own; for a customer and a component those of its services; for a team and a supplier those that rest on its
    ``agreements``. Each says ``service``, ``sla``, ``target``, ``promised``, ``verdict`` (``verdict_key`` in English), ``margin``, what
    ``decides``, and why it is ``unknown`` with what to ``ask``. ``more``: how many are left out. ``counts``: by verdict, in English.
    ``unjudged``: promises on which no chain says anything, with ``why``.
    ``empty``: why there are no promises.
    """
    record = plan.get(collection, id)
    judged = beneath(plan, today)
    services = {service.id for service in _services(plan, record)}
    slas = judged.above(service for service in judged.covered if service.id in services)
    unjudged = [one for sla in slas for one in judged.unjudged(sla) if one.service.id in services]
    agreements = _bound(plan, today, collection, id) if collection in _BOUND else []
    if bound := {agreement.id for agreement in agreements}:
        found = [one for one in judged.results if bound & judged.carriers(one)]
    else:
        found = [one for sla in slas for one in judged.judged(sla) if one.service.id in services]
    ordered = by_weakness(found)
    told = [_promise(one, say_) for one in ordered[:MOST]]
    return {
        "weakest": say_(_weakest(ordered[0])) if ordered else "",
        "promises": told,
        "more": len(ordered) - len(told),
        "counts": {verdict.value: sum(one.verdict is verdict for one in ordered) for verdict in VERDICTS},
        "unjudged": [
            {
                "service": one.service.title or one.service.id,
                "target": say_(one.name),
                "promised": say_(figure(one.target)) if one.target.unit else "",
                "why": say_(one.why),
            }
            for one in unjudged[:MOST]
        ],
        "agreements": [
            {
                "id": one.id,
                "title": one.title or one.id,
                "targets": [say_(say("{0}: {1}", name(row), figure(row))) for row in one.targets if row.unit][
                    :MOST
                ],
            }
            for one in agreements
        ],
        "empty": "" if ordered or unjudged else say_(_why_empty(collection, agreements)),
    }


def _services(plan: Plan, record: Any) -> list[Service]:
    """The services whose promises a box is about; none of a team and a supplier, who carry what rests on their agreements."""
    if isinstance(record, Service):
        return [record]
    on_map = services_on_map(plan)
    if isinstance(record, Component):
        return [one for one in on_map if one.id in record.services]
    if isinstance(record, Stakeholder):
        return [one for one in on_map if record.id in one.customers]
    return []


def _bound(plan: Plan, today: date, collection: str, id: str) -> list[Agreement]:
    """The agreements in force that bind a team or a supplier; an external team is bound by those of its supplier."""
    runners = runners_of(plan, id) if collection == "teams" else runners_of(plan, "", id)
    parties = {runner.key for runner in runners}
    return [
        agreement
        for agreement in underpinning_in_force(plan, day_of_plan(plan, today))
        if (agreement.kind, getattr(agreement, PARTY[agreement.kind])) in parties
    ]


def _promise(result: ChainResult, say_: Say) -> dict[str, Any]:
    deciding = decides(result)
    return {
        "service": result.service.title or result.service.id,
        "service_id": result.service.id,
        "sla": result.agreement.title or result.agreement.id,
        "sla_id": result.agreement.id,
        "target": say_(result.name),
        "promised": say_(figure(result.target)),
        "verdict": say_(VERDICTS[result.verdict]),
        "verdict_key": result.verdict.value,
        "margin": say_(margin(result)),
        "decides": (deciding.title or deciding.id) if deciding else "",
        "decides_id": deciding.id if deciding else "",
        "unknown": say_(together(gap.text for gap in result.gaps)) if result.gaps else "",
        "ask": say_(together(dict.fromkeys(gap.fix for gap in result.gaps))) if result.gaps else "",
    }


def _weakest(result: ChainResult) -> Text:
    """The weakest link as one sentence."""
    about = say("{0}, {1} {2}", Ref.to(result.service), result.name, figure(result.target))
    verdict, found, deciding = VERDICTS[result.verdict], margin(result), decides(result)
    if not deciding:
        return say(N_("{0}: {1}."), about, verdict)
    if not found:
        return say(N_("{0}: {1}. “{2}” decides."), about, verdict, Ref.to(deciding))
    return say(N_("{0}: {1}, {2}. “{3}” decides."), about, verdict, found, Ref.to(deciding))


def _why_empty(collection: str, agreements: list[Agreement]) -> Text:
    if collection == "teams" and not agreements:
        return Text(N_("No OLA in force binds this team, so no promise rests on it for certain."))
    if collection == "suppliers" and not agreements:
        return Text(N_("No contract in force binds this supplier, so no promise rests on it for certain."))
    if collection in _BOUND:
        return Text(N_("No promise of an SLA in force rests on its agreements."))
    if collection == "services":
        return Text(N_("No SLA in force promises anything for this service."))
    return Text(N_("No SLA in force promises anything for its services."))
