"""What a signer gave beside the session, as seals, signatures and events keep it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sm_planner.engine import canonical_json
from sm_planner.engine.texts import N_, Text, listed, say

PASSWORD, FRESH_LOG_IN = N_("Password"), N_("Fresh Log-in")  # noqa: S105


KINDS = (PASSWORD, FRESH_LOG_IN)


BROWSER, TOKEN, IMPERSONATED, CONSOLE = "browser", "token", "impersonated", "console"
"""How a request came: after a log-in, with an API key or token, in a session that somebody else took over, or not at all."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What seals, signatures and events keep: how the request came, and what proved that it was the user.

    kind: one of :data:`KINDS`, empty for what is no signature. log_in_age: seconds since the log-in, -1 where that is
    not known. by and session: as in :class:`sm_planner.engine.sign_off.requests.Request`.
    """

    kind: str = ""
    way: str
    by: str = ""
    session: str = ""
    log_in_age: int = -1

    def as_text(self) -> str:
        """The proof as JSON; :func:`read` reads it."""
        said = {name: value for name, value in vars(self).items() if value not in ("", -1)}
        return canonical_json.canonical_text(said)

    @property
    def told(self) -> Text:
        """The proof in words."""
        return listed((_KIND_TOLD[self.kind], self._way_told) if self.kind else (self._way_told,))

    @property
    def _way_told(self) -> Text:
        if self.way == BROWSER and self.log_in_age >= 0:
            return say(N_("in a browser, {0} minutes after the log-in"), self.log_in_age // 60)
        if self.way == IMPERSONATED:
            return say(N_("by {0} in this user's place"), self.by)
        return say(_WAY_TOLD[self.way])


_KIND_TOLD = {
    PASSWORD: say(N_("password given again")),
    FRESH_LOG_IN: say(N_("fresh log-in")),
}


_WAY_TOLD = {
    BROWSER: N_("in a browser"),
    TOKEN: N_("with an API key or token"),
    CONSOLE: N_("on the console"),
}


def read(text: str) -> Proof | None:
    """The proof that :meth:`Proof.as_text` wrote; None for what is empty, or was written by something else."""
    try:
        proof = Proof(**json.loads(text))
        known = proof.kind in ("", *KINDS) and proof.way in (BROWSER, TOKEN, IMPERSONATED, CONSOLE)
        return proof if known and isinstance(proof.log_in_age, int) else None
    except (TypeError, ValueError):
        return None


def told(text: str) -> Text:
    """What a seal or an event keeps as proof, in words: as it stands where it cannot be read."""
    proof = read(text)
    return proof.told if proof else say(N_("{0}"), text)
