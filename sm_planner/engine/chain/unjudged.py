"""Targets of SLAs that no chain carries, because figures of parts do not say what follows of them for a service.

Nothing is composed for them. What can be said is told: why they are not judged, and who beneath promises less of the same.
"""

from __future__ import annotations

from typing import NamedTuple

from sm_planner.engine.agreements.targets import comparable, is_about, looseness, looser, name
from sm_planner.engine.chain.backing import Backing, Underpinning
from sm_planner.engine.chain.structure import Structure
from sm_planner.engine.model import RECOVERY_METRICS, TIME_METRICS, Agreement, AgreementTarget, Service
from sm_planner.engine.model.vocabulary import HAND_OVER, OWN, PAGE_TIME, RELIABILITY, THROUGHPUT
from sm_planner.engine.texts import N_, Text, say

JUDGED = (*TIME_METRICS, *RECOVERY_METRICS, "Availability")
"""Metrics whose promise follows from those beneath."""

WHY = {
    RELIABILITY: N_(
        "Which failures of its parts reach the service, and which of them come together, no agreement says."
    ),
    THROUGHPUT: N_("How its work is spread over its parts, no agreement says."),
    PAGE_TIME: N_("Which parts a page waits for, and how often, no agreement says."),
    "Quality": N_("The quality of a service does not follow from figures of its parts."),
    HAND_OVER: N_("How long a tier keeps a ticket rests on nobody beneath it."),
    OWN: N_("How it follows from figures of its parts is not known of a metric of one's own."),
}
"""Metric → why no verdict is given on it."""


class Less(NamedTuple):
    """Somebody beneath who promises less of the same."""

    agreement: Agreement
    target: AgreementTarget


class Unjudged(NamedTuple):
    """A target of an SLA for a service on which no verdict is given. less: who beneath it promises less, each once."""

    agreement: Agreement
    target: AgreementTarget
    service: Service
    less: tuple[Less, ...]

    @property
    def name(self) -> Text:
        return name(self.target)

    @property
    def why(self) -> Text:
        return Text(WHY[self.target.metric])

    @property
    def fix(self) -> Text | None:
        """What to look at, where somebody promises less."""
        if not self.less:
            return None
        return say(N_("Look whether {0} can be kept with less beneath it; else agree on more."), self.name)


def unjudged(
    agreement: Agreement,
    target: AgreementTarget,
    service: Service,
    structure: Structure,
    underpinning: Underpinning,
) -> Unjudged:
    """A target that is not judged, beside what is promised of the same for the parts of the service."""
    found: dict[Less, None] = {}
    for part in structure.beneath(service).parts:
        for backing in underpinning.of_part(part):
            found.update(dict.fromkeys(one for one in _same(backing, target) if looser(one.target, target)))
    return Unjudged(agreement, target, service, tuple(found))


def _same(backing: Backing, wanted: AgreementTarget) -> tuple[Less, ...]:
    """What the most specific agreement of a runner that speaks of the same promises of it: for one service before all."""
    for agreement in backing.agreements:
        rows = [row for row in agreement.targets if _is_same(row, wanted)]
        for service in (*backing.services, ""):
            if held := tuple(Less(agreement, row) for row in rows if row.service == service):
                return held
    return ()


def _is_same(row: AgreementTarget, wanted: AgreementTarget) -> bool:
    about = is_about(row, wanted.metric, wanted.own_metric) and row.priority in ("", wanted.priority)
    return about and looseness(wanted) is not None and comparable(row, wanted)
