"""One line of the log of the sign-off, and the acts that it can tell of."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from sm_planner.engine import canonical_json
from sm_planner.engine.model.states import RETURN_FROM_SPONSOR, SEND_FOR_REVIEW, SEND_TO_SPONSOR, SIGN
from sm_planner.engine.texts import N_, Text, say

START_REVISION = N_("Start Revision")


THRESHOLDS = N_("Thresholds Changed")
"""What plans are measured by became something else while this one waited to be signed."""


FOUND = N_("Watch")
"""Something that the daily watch found: drift, a seal that does not hold, a sponsor who has left."""


WRITE = N_("Write")
"""That an account wrote or changed the content of a plan, for the first time; noted where it is known from elsewhere."""


CHANGE_ACCOUNT = N_("Change Account")
"""That another account stands for a person who signs, has signed or owns the plan."""


RENAME_ACCOUNT = N_("Rename Account")
"""That a user account has another name, or was merged into another one."""


DELEGATE = N_("Delegate")
"""That whoever signs the plan gave a delegation, or ended one."""


PASSWORD_CHANGED = N_("Password Changed")
"""That of an account which signs the plan."""


PROOF_CHANGED = N_("Proof of the Signer Changed")
"""What the site wants of a signer became something else while the plan waited for its signatures."""


ACTS = (
    SEND_FOR_REVIEW.action,
    SEND_TO_SPONSOR.action,
    RETURN_FROM_SPONSOR.action,
    SIGN.action,
    START_REVISION,
    FOUND,
    WRITE,
    CHANGE_ACCOUNT,
    RENAME_ACCOUNT,
    DELEGATE,
    THRESHOLDS,
    PASSWORD_CHANGED,
    PROOF_CHANGED,
)


STEPS = ACTS[:4]
"""Acts that move a plan on."""


DONE, REFUSED, NOTED = N_("Done"), N_("Refused"), N_("Noted")


OUTCOMES = (DONE, REFUSED, NOTED)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One line of the log. acted_at: UTC, ISO 8601 with microseconds.

    signature: that of a signer before the last, as :meth:`sm_planner.engine.model.signatures.Signature.as_text` writes it. seal_hash: that of the seal
    which the act made. channel: through which door the act came. account: the user account that the act is about;
    account_before: the one in whose place it came. person: the id of whom it stands for.
    envelope: what stood around the plan when it was put before its sponsor, see :mod:`sm_planner.engine.sealing.envelope`.
    proof: how it came, and what proved that it was the user, as :meth:`sm_planner.engine.model.proof.Proof.as_text` writes it.

    Hashes are 64 hexadecimal digits. number says what came first on the site; it has gaps.
    """

    act: str
    outcome: str
    user: str
    acted_at: str
    reason: str = ""
    channel: str = ""
    content_hash: str = ""
    seal_hash: str = ""
    signature: str = ""
    person: str = ""
    account_before: str = ""
    account: str = ""
    envelope: str = ""
    lineage: str = ""
    plan: str = ""
    version: int = 0
    number: int = 0
    previous_hash: str = ""
    event_hash: str = ""
    proof: str = ""

    def statement(self) -> str:
        """The canonical text of all that the event says. What is empty is left out, so that fields may be added."""
        fields = dataclasses.asdict(self)
        return canonical_json.canonical_text(
            {name: value for name, value in fields.items() if value and name != "event_hash"}
        )

    def chained(self, before: Event | None) -> Event:
        """The event as it follows the one before it; before is None for the first of a lineage."""
        linked = dataclasses.replace(self, previous_hash=before.event_hash if before else "", event_hash="")
        return dataclasses.replace(linked, event_hash=canonical_json.hash_of(linked.statement()))

    @property
    def told(self) -> Text:
        """How a fault names it: what, by whom and when."""
        return say(
            N_("“{0}” by {1}, {2}"),
            Text(self.act) if self.act in ACTS else self.act,
            self.user,
            self.acted_at,
        )
