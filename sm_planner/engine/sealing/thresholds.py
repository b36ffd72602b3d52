"""Thresholds that differ from the standard: what a plan was measured by, where that is not what everybody expects.

What was asked is part of what is signed. Thresholds are facts of a site and no part of a plan's content; those that
differ from the standard stand in the seal beside it, on the sponsor's page, and in what the signer agrees to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sm_planner.engine import canonical_json
from sm_planner.engine.model import Settings
from sm_planner.engine.model.fields import specs
from sm_planner.engine.texts import N_, Text, listed, say

FLOORS = ("why_min_length", "least_acknowledged", "least_slack")
"""Thresholds that ask for at least so much: a lower one asks less. The others ask for at most so much."""

WEIGHTS = ("weight_benefit", "weight_urgency", "weight_effort")
"""What is weighed otherwise is asked neither more nor less strictly."""

ALLOWANCES = ("small_change_days",)
"""Numbers that allow so much; an empty one allows nothing."""


def differing(settings: Settings) -> dict[str, Any]:
    """Name → value of the thresholds that are not the standard ones, as JSON values; None for one that is empty."""
    return changed(Settings(), settings)


def changed(before: Settings, after: Settings) -> dict[str, Any]:
    """Name → value after, as JSON values, of the thresholds that are not the same."""
    values = ((name, getattr(before, name), getattr(after, name)) for name in specs(Settings))
    return {name: list(new) if isinstance(new, tuple) else new for name, old, new in values if old != new}


def as_text(settings: Settings) -> str:
    """The differing thresholds as a seal keeps them: canonical JSON, or an empty text where all are standard."""
    found = differing(settings)
    return canonical_json.canonical_text(found) if found else ""


def told(settings: Settings) -> tuple[Text, ...]:
    """The differing thresholds in words, each with the standard, and whether it asks less or more."""
    return tuple(_compared(name, value) for name, value in differing(settings).items())


def told_of_seal(text: str) -> tuple[Text, ...]:
    """What :func:`as_text` wrote, in words. Today's standard is left out: it may be another than that of the day."""
    if not text:
        return ()
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, Mapping):
        return (say(N_("This entry cannot be read: {0}"), text),)
    return tuple(say(N_("{0}: {1}"), _label(name), _shown(value)) for name, value in found.items())


def told_change(before: Settings, after: Settings) -> tuple[Text, ...]:
    """What a change of the thresholds changes, in words."""
    new = changed(before, after)
    return tuple(
        say(N_("{0}: {1} instead of {2}"), _label(name), _shown(value), _shown(getattr(before, name)))
        for name, value in new.items()
    )


def seen_hash(content_hash: str, settings: Settings) -> str:
    """The hash of what a signer is shown: the content, and what it was measured by.

    It is that of the content where all thresholds are standard.
    """
    text = as_text(settings)
    if not text:
        return content_hash
    return canonical_json.hash_of(
        canonical_json.canonical_text({"content": content_hash, "thresholds": text})
    )


def asks_less(name: str, value: int | None) -> bool:
    """Whether a threshold that is a number asks less than the standard; an empty one asks nothing."""
    standard = getattr(Settings(), name)
    if name in WEIGHTS or standard is None:
        return False
    if value is None:
        return name not in ALLOWANCES
    return value < standard if name in FLOORS else value > standard


def _compared(name: str, value: Any) -> Text:
    standard = getattr(Settings(), name)
    values = (_label(name), _shown(value), _shown(standard))
    if isinstance(standard, tuple) or name in WEIGHTS:
        return say(N_("{0}: {1}; the standard is {2}."), *values)
    if asks_less(name, value):
        return say(N_("{0}: {1}; the standard is {2}. This is less strict."), *values)
    return say(N_("{0}: {1}; the standard is {2}. This is stricter."), *values)


def _label(name: str) -> Text:
    spec = specs(Settings).get(name)
    return Text(spec.label) if spec else listed([name])


def _shown(value: Any) -> Text:
    if value in (None, (), []):
        return Text(N_("nothing"))
    return listed(map(str, value)) if isinstance(value, (tuple, list)) else listed([str(value)])
