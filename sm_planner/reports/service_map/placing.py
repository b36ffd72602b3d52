"""Which box of the map a finding belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from sm_planner.engine.agreements.terms import PARTY, Scope
from sm_planner.engine.checks import CheckResult
from sm_planner.engine.checks.finding import Finding
from sm_planner.engine.model import COLLECTIONS, Agreement, Plan

_PARTIES = {"OLA": "teams", "UC": "suppliers"}
_DRAWN = ("services", "components", "teams", "suppliers", "stakeholders", "processes")
Spot = tuple[str, str]
"""Collection and id of a record that the map draws."""


class Placing:
    """The findings of a plan by the records that the map draws.

    An SLA is drawn at its services, an OLA at its team, a UC at its supplier, a catalogue entry and a customer's
    requirement at the service.
    """

    def __init__(self, plan: Plan, result: CheckResult):
        self._plan = plan
        self._findings = result.findings
        self._at: dict[Spot, list[Finding]] = {}
        for finding in result.findings:
            for spot in self._spots(finding):
                self._at.setdefault(spot, []).append(finding)

    def at(self, collection: str, id: str) -> tuple[Finding, ...]:
        return tuple(self._at.get((collection, id), ()))

    def elsewhere(self, shown: set[Spot]) -> int:
        """How many findings belong to none of the records that are shown."""
        return sum(
            1
            for finding in self._findings
            if not any(spot in shown or spot[0] == "processes" for spot in self._spots(finding))
        )

    def _spots(self, finding: Finding) -> Iterator[Spot]:
        collection, id = finding.record.collection, finding.record.id
        record = self._plan.get(collection, id) if collection in COLLECTIONS else None
        if record is None:
            return
        if collection in _DRAWN:
            if collection != "processes" or record.flow:
                yield collection, id
        elif collection == "agreements":
            yield from self._of_agreement(record)
        elif collection in ("catalogue", "requirements") and record.service:
            yield "services", record.service
        elif collection == "requirements":
            yield "stakeholders", record.customer

    def _of_agreement(self, agreement: Agreement) -> Iterator[Spot]:
        if agreement.kind == "SLA":
            yield from (("services", service) for service in sorted(Scope.of(agreement).services))
        else:
            yield _PARTIES[agreement.kind], getattr(agreement, PARTY[agreement.kind])
