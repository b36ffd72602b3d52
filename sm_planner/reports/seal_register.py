"""Seal Register: every signature there is, who gave it and when, and whether it still holds.

It is about the seals of many plans, and needs the key ring of the site: so it is not among the REPORTS that a
plan and a day are enough for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sm_planner.engine.model.seal_key import CONFIRMED, KeyRing
from sm_planner.engine.model.seals import Seal
from sm_planner.engine.names import as_compared
from sm_planner.engine.sealing.seal import SealVerdict, judge, link_faults
from sm_planner.engine.texts import N_, Text, listed, say, together
from sm_planner.reports.table import Chart, Column, Dataset, Figure, Table

COLUMNS = (
    Column("lineage", Text(N_("Lineage")), width=180),
    Column("number", Text(N_("Seal")), "Int", width=60),
    Column("plan", Text(N_("Plan")), width=180, collection="plan", key="plan"),
    Column("version", Text(N_("Version")), "Int", width=80),
    Column("verdict", Text(N_("Verdict")), width=130),
    Column("signer_name", Text(N_("Signed By")), width=150),
    Column("signer_user", Text(N_("Account")), width=200),
    Column("signed_at", Text(N_("Signed At (UTC)")), width=160),
    Column("meaning", Text(N_("Meaning")), width=260),
    Column("channel", Text(N_("Channel")), width=80),
    Column("proof", Text(N_("Proof of the Signer")), width=200),
    Column("seal_hash", Text(N_("Seal Hash")), width=200),
    Column("key_id", Text(N_("Key")), width=140),
    Column("thresholds", Text(N_("Thresholds")), width=260),
    Column("problem", Text(N_("What Is Wrong")), width=300),
)
HOLDS, UNCHECKABLE = Text(N_("Holds")), Text(N_("Content intact"))
BROKEN, MISSING = Text(N_("Broken")), Text(N_("Missing"))
"""Verdicts. Content intact: nothing was changed, but nobody can say which site made the seal."""
MOST_GAPS = 100
"""Numbers missing in one place that get a row each: one wrong number must not fill the page."""
CHARTED = 12
"""Months in the chart: those of the newest signatures."""


def report(seals: Iterable[Seal], ring: KeyRing, *, broken_only: bool = False) -> Table:
    """A row for each seal, and one for each number that is missing, by lineage and number.

    seals: whole lineages, in the order of lineage and number. ring: by which keys they are judged.
    broken_only: only what does not hold.
    """
    lineages = [list(chain) for _, chain in groupby(seals, lambda seal: as_compared(seal.lineage))]
    rows = [row for chain in lineages for row in _rows(chain, ring)]
    counts = Counter(row["verdict"] for row in rows)
    broken = counts[BROKEN] + counts[MISSING]
    return Table(
        columns=COLUMNS,
        rows=[row for row in rows if not broken_only or row["verdict"] in (BROKEN, MISSING)],
        summary=(
            Figure(Text(N_("Seals")), len(rows) - counts[MISSING]),
            Figure(Text(N_("Hold")), counts[HOLDS], "Green"),
            Figure(Text(N_("Origin not checkable")), counts[UNCHECKABLE]),
            Figure(BROKEN, counts[BROKEN], "Red" if counts[BROKEN] else "Green"),
            Figure(Text(N_("Numbers missing")), counts[MISSING], "Red" if counts[MISSING] else "Green"),
        ),
        chart=_chart(rows) if rows else None,
        message=together(_messages(ring, len(rows), broken, counts[UNCHECKABLE])),
    )


def _rows(chain: Sequence[Seal], ring: KeyRing) -> Iterator[dict[str, Any]]:
    """The seals of a lineage with the numbers that are missing between them."""
    before = None
    for seal in chain:
        expected = before.number + 1 if before else 1
        for number in range(expected, min(seal.number, expected + MOST_GAPS)):
            yield _gap(seal.lineage, number)
        yield _row(judge(seal, ring), before)
        before = seal


def _row(judged: SealVerdict, before: Seal | None) -> dict[str, Any]:
    seal = judged.seal
    problem = judged.problem or next(link_faults(before, seal), None)
    return {
        "lineage": seal.lineage,
        "number": seal.number,
        "plan": seal.plan,
        "version": seal.version,
        "verdict": BROKEN if problem else HOLDS if judged.origin == CONFIRMED else UNCHECKABLE,
        "signer_name": seal.signer_name,
        "signer_user": seal.signer_user,
        "signed_at": seal.signed_at.replace("T", " ").removesuffix("Z"),
        "meaning": seal.meaning,
        "channel": seal.channel,
        "proof": seal.proved_by if seal.proof else "",
        "seal_hash": seal.seal_hash,
        "key_id": seal.key_id,
        "thresholds": listed(judged.asked, "; "),
        "problem": problem or "",
    }


def _gap(lineage: str, number: int) -> dict[str, Any]:
    return dict.fromkeys((column.fieldname for column in COLUMNS), "") | {
        "lineage": lineage,
        "number": number,
        "version": None,
        "verdict": MISSING,
        "problem": say(N_("seal {0} is not there"), number),
    }


def _chart(rows: Sequence[dict[str, Any]]) -> Chart:
    """How many were signed in each of the newest months in which anything was."""
    signed = Counter(row["signed_at"][:7] for row in rows if row["signed_at"])
    months = sorted(signed)[-CHARTED:]
    return Chart(
        title=Text(N_("Signatures by month")),
        labels=tuple(months),
        datasets=(Dataset(Text(N_("Signatures")), tuple(signed[month] for month in months)),),
        colors=("#0b5c6e",),
        reading=say(N_("{0} signatures, in {1} different months."), signed.total(), len(signed)),
    )


def _messages(ring: KeyRing, rows: int, broken: int, unchecked: int) -> Iterator[Text]:
    """What the register comes to, and what must be known of the keys by which it judges."""
    if ring.trouble:
        yield ring.trouble
    yield _message(rows, broken, unchecked)
    yield from ring.notes


def _message(rows: int, broken: int, unchecked: int) -> Text:
    if not rows:
        return Text(N_("Nothing has been signed yet. A seal appears here when a sponsor signs a plan."))
    if broken:
        return say(
            N_(
                "{0} seals are broken or missing. Compare them with a backup or a receipt, and ask who changed the database."
            ),
            broken,
        )
    if unchecked:
        return say(
            N_(
                "All seals are intact. The origin of {0} cannot be checked, because their key is not on this "
                "site."
            ),
            unchecked,
        )
    return Text(N_("Every seal holds."))
