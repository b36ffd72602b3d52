"""What a target is about, and whatever names a metric as targets do: requirements, measurements, consequences."""

from __future__ import annotations

from typing import Protocol

from sm_planner.engine.model.values import folded
from sm_planner.engine.model.vocabulary import OWN

Metric = tuple[str, str]
"""A metric, and what it is called where it is one of the agreement's own."""


class OfMetric(Protocol):
    """What names a metric."""

    metric: str
    own_metric: str


def known_as(metric: str, own_metric: str = "") -> Metric:
    """A metric as it is told from others: one of one's own by its name, however that is written."""
    return metric, folded(own_metric) if metric == OWN else ""


def metric_of(one: OfMetric) -> Metric:
    """The metric that something is about, as :func:`known_as` tells it."""
    return known_as(one.metric, one.own_metric)
