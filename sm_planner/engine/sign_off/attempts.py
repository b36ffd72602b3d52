"""Attempts to sign that were refused: who must slow down, and who tries again in somebody's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sm_planner.engine.model.events import REFUSED, Event
from sm_planner.engine.model.proof import BROWSER, PASSWORD, Proof, read
from sm_planner.engine.model.states import SIGN
from sm_planner.engine.sealing.log import moment
from sm_planner.engine.sign_off.requests import IN_PERSON
from sm_planner.engine.texts import N_, Text, say

MOST_ATTEMPTS, WINDOW = 5, timedelta(minutes=15)
"""Refused signatures of one user for one plan, or wrong passwords for any, and the time in which they count."""


MOST_OF_LOG_IN = 10
"""Refused signatures after one log-in, whenever they were. Else a session left open could keep its user from signing
for ever."""


def refuse_after_refusals(
    of_plan: Iterable[Event], of_user: Iterable[Event], user: str, now: datetime, proof: Proof
) -> Text | None:
    """Why this user must wait before the next attempt to sign; None if not.

    of_plan: the events of one version of a plan. of_user: those of the user, whatever the plan; of these wrong passwords
    count. proof: how the attempt comes. What comes in other ways than after a log-in is counted apart: a token, or
    whoever acts in the user's place, does not make the user wait.
    """
    since = moment(now - WINDOW)
    all_of_user = list(_refused(of_user, user, proof))
    lately = max(
        sum(at > since for at, _kept in _refused(of_plan, user, proof)),
        sum(at > since for at, kept in all_of_user if kept.kind == PASSWORD),
    )
    if lately >= MOST_ATTEMPTS:
        return say(
            N_("{0} signatures of yours were refused. Wait {1} minutes before you try again."),
            lately,
            WINDOW // timedelta(minutes=1),
        )
    of_log_in = sum(bool(kept.session) and kept.session == proof.session for _at, kept in all_of_user)
    if of_log_in >= MOST_OF_LOG_IN:
        return say(
            N_("{0} signatures were refused since this log-in. Log out and in again before you sign."),
            of_log_in,
        )
    return None


def _refused(events: Iterable[Event], user: str, proof: Proof) -> Iterator[tuple[str, Proof]]:
    """When signatures of the user were refused that count together with this attempt, and how they came."""
    for event in events:
        if _is_refused(event) and event.user.casefold() == user.casefold():
            kept = read(event.proof) or Proof(way=BROWSER)
            if _together(kept) == _together(proof):
                yield event.acted_at, kept


def _together(proof: Proof) -> str:
    """Attempts for which this is the same are counted together."""
    return BROWSER if proof.way in IN_PERSON else proof.way


def tried_before(events: Iterable[Event], proof: Proof, now: datetime) -> bool:
    """Whether the same one, in the same user's place, was refused a signature of this plan within a day before.

    events: of one version of a plan, the attempt of now the last of them.
    """
    since = moment(now - timedelta(days=1))
    tried = [event for event in events if _is_refused(event) and event.acted_at > since]
    before = [read(event.proof) for event in tried[:-1] if event.user == tried[-1].user]
    return any(one and (one.way, one.by) == (proof.way, proof.by) for one in before)


def _is_refused(event: Event) -> bool:
    return event.act == SIGN.action and event.outcome == REFUSED
