"""The commands for seals."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timezone
from pathlib import Path

import click

from sm_planner.cli.base import (
    CLEAN,
    FINDINGS,
    as_json,
    as_of,
    done,
    load,
    plan_path,
    reads_plans,
    write_json,
)


@click.command()
@click.argument("path", type=plan_path)
@click.option("--signer", required=True, help="Id of the person who signs.")
@click.option("--meaning", required=True, help="What the signature means, in the words of the signer.")
@click.option("--key", type=plan_path, required=True, help="File with the seal key.")
@click.option("--make-key", is_flag=True, help="Create the key file if it does not exist.")
@as_of
@as_json
@reads_plans
def seal(
    path: Path, signer: str, meaning: str, key: Path, make_key: bool, today: datetime, json_: bool
) -> int:
    """Seal a plan file that its sponsor has signed. The seals are written to a file beside it."""
    from sm_planner.engine import checks
    from sm_planner.engine.sealing import seal_file
    from sm_planner.engine.sealing.seal import make
    from sm_planner.engine.sign_off import refusals as sign_off

    plan = load(path)
    refusals = sign_off.refuse_paper_signature(
        plan, checks.check(plan, today.date()), signer=signer, meaning=meaning
    )
    if refusals:
        if json_:
            write_json({"refusals": [str(refusal) for refusal in refusals]})
        for refusal in refusals if not json_ else ():
            click.echo(str(refusal), err=True)
        return FINDINGS
    made = make(
        plan,
        signer=signer,
        signed_at=datetime.now(timezone.utc),
        meaning=meaning,
        channel="file",
        key=seal_file.read_key(key, make=make_key),
    )
    written = seal_file.append(path, plan.seals, made)
    text = (
        f"Version {made.version} is sealed as number {made.number}, {made.seal_hash}. {written} is written."
    )
    done({"written": str(written), "number": made.number, "seal_hash": made.seal_hash}, text, json_)
    return CLEAN


@click.command()
@click.argument("path", type=plan_path)
@click.option("--key", type=plan_path, help="File with the seal key or its public key, to check the origin.")
@as_json
@reads_plans
def verify(path: Path, key: Path | None, json_: bool) -> int:
    """Verify the seals of a plan file, and list what has changed since it was signed."""
    from sm_planner.engine.sealing import seal_file
    from sm_planner.engine.sealing.seal import verify as verify_seals

    plan = load(path)
    if key:
        plan = dataclasses.replace(plan, key_ring=seal_file.read_ring(key))
    verification = verify_seals(plan)
    if json_:
        write_json(verification.as_dict())
    else:
        click.echo("\n".join(verification.told()))
    return CLEAN if verification.intact and not verification.drift else FINDINGS


@click.command()
@click.argument("path", type=plan_path)
@click.argument("receipt_path", type=plan_path)
@click.option("--key", type=plan_path, required=True, help="File with the seal key or its public key.")
@as_json
@reads_plans
def receipt(path: Path, receipt_path: Path, key: Path, json_: bool) -> int:
    """Write the receipt for a sealed plan file, which verify_receipt.py can verify by itself."""
    from sm_planner.engine.sealing import seal_file
    from sm_planner.engine.sealing.receipt import receipt as receipt_of

    plan = load(path)
    if not plan.seals:
        click.echo("There is no seal to write a receipt for.", err=True)
        return FINDINGS
    receipt_path.write_text(receipt_of(plan.seals, seal_file.read_ring(key)), encoding="utf-8")
    done({"written": str(receipt_path)}, f"{receipt_path} is written.", json_)
    return CLEAN
