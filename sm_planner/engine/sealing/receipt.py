"""Receipts: the seals of a plan as one file, which is verified without SM Planner and without the site.

``public/verify_receipt.py`` does so, with Python and nothing else. A receipt brings the public keys along, so that
signatures can be checked; that a key is the site's own, its administrator says (``bench … sm-planner keys``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sm_planner.engine.model.seal_key import KeyRing
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.texts import Text

FORMAT = 1
"""Version of the form of receipts."""


def receipt(seals: Sequence[Seal], ring: KeyRing, problems: Sequence[Text] = ()) -> str:
    """The receipt for the last of the seals, as JSON. seals: of a lineage, from the first one on, at least one.

    problems: what whoever writes the receipt knows to be wrong with them; reading the receipt, one is told so.
    """
    last = seals[-1]
    used = {one.key_id for seal in seals for one in (seal, *seal.earlier) if one.key_id}
    values = {
        "sm_planner_receipt": FORMAT,
        "lineage": last.lineage,
        "plan": last.plan,
        "version": last.version,
        "seal_hash": last.seal_hash,
        "public_keys": {id: key for id, key in sorted(ring.public_keys.items()) if id in used},
        "seals": [seal.as_dict() for seal in seals],
        **({"problems": [str(problem) for problem in problems]} if problems else {}),
    }
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"
