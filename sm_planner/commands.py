"""``bench --site SITE sm-planner …``: plans of a site and plan files.

Exit status as of ``sm-planner``: 0 nothing to complain about, 1 findings, 2 unusable input or refused.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from frappe.commands import get_site, pass_context

CLEAN, FINDINGS, REFUSED = 0, 1, 2

as_user = click.option("--user", default="Administrator", show_default=True, help="The user who acts.")


def bench_path(context: click.Context, parameter: click.Parameter, value: str) -> Path:
    """A path as seen from the bench's folder: commands run in its folder ``sites``."""
    return Path("..", value)


@click.group("sm-planner")
def sm_planner() -> None:
    """Plans of a site: import, export, check and verify them, and manage the seal key."""


@sm_planner.command("import")
@click.argument("path", callback=bench_path)
@as_user
@pass_context
def import_plan(context, path: Path, user: str) -> None:
    """Import a plan file into the site, all of it or nothing."""
    with site_of(context, user):
        import frappe

        from sm_planner.adapters.documents import plan_writer
        from sm_planner.adapters.signers import thresholds
        from sm_planner.engine import plan_file

        plan = plan_file.load(path)
        name = plan_writer.save(plan)
        frappe.db.commit()
        click.echo(f"{name} is on the site.")
        for line in thresholds.of_file(plan.settings):
            click.echo(frappe.utils.strip_html(line))


@sm_planner.command("export")
@click.argument("plan")
@click.argument("path", callback=bench_path)
@as_user
@pass_context
def export_plan(context, plan: str, path: Path, user: str) -> None:
    """Export a plan of the site to a plan file."""
    with site_of(context, user):
        from sm_planner.adapters import plan_reader
        from sm_planner.engine import plan_file

        plan_file.dump(plan_reader.load(plan), path)
        click.echo(f"{path} is written.")


@sm_planner.command("check")
@click.argument("plan")
@click.option("--json", "json_", is_flag=True, help="Write JSON.")
@as_user
@pass_context
def check_plan(context, plan: str, json_: bool, user: str) -> None:
    """Check a plan of the site."""
    with site_of(context, user):
        from frappe.utils import getdate

        from sm_planner.adapters import plan_reader
        from sm_planner.engine.checks import check
        from sm_planner.reports.plan_findings import report
        from sm_planner.reports.text import as_text

        loaded, today = plan_reader.load(plan), getdate()
        result = check(loaded, today)
        told = (
            json.dumps(result.as_dict(), indent=2, ensure_ascii=False)
            if json_
            else as_text(report(loaded, today))
        )
        click.echo(told)
    raise SystemExit(FINDINGS if result.failed else CLEAN)


@sm_planner.command("verify")
@click.argument("plan", required=False)
@click.option(
    "--head", metavar="HASH", help="Say what this hash from a mail, a print or a receipt belongs to."
)
@click.option("--json", "json_", is_flag=True, help="Write JSON.")
@as_user
@pass_context
def verify_plan(context, plan: str | None, head: str | None, json_: bool, user: str) -> None:
    """Verify a plan of the site, or all signed plans: seals, log, scope and accounts, kept heads."""
    if head and not plan:
        raise click.UsageError("Name the plan that the hash is about.")
    with site_of(context, user):
        from sm_planner.adapters.signing import seal_watch, sign_off

        verified = {plan: sign_off.verify(plan)} if plan else dict(seal_watch.verify_all())
        compared = sign_off.compare(plan, head) if head else None
    lines = [
        line
        for name, verification in verified.items()
        for line in (*(() if plan else (name,)), *verification.told())
    ]
    if json_:
        told = {name: verification.as_dict() for name, verification in verified.items()}
        if compared:
            told[plan]["head"] = {"known": compared.known, "text": str(compared.text)}
        click.echo(json.dumps(told[plan] if plan else told, indent=2, ensure_ascii=False))
    else:
        click.echo(
            "\n".join([*lines, *([str(compared.text)] if compared else [])] or ["No plan is signed yet."])
        )
    good = all(verification.clean for verification in verified.values())
    raise SystemExit(CLEAN if good and (compared is None or compared.known) else FINDINGS)


@sm_planner.command("keep-heads")
@click.confirmation_option(
    prompt="Keep the heads of all plans as they are now? What is missed by those kept before is forgotten."
)
@pass_context
def keep_heads(context) -> None:
    """After a restore from an older backup: accept what is in the database now as what was signed last."""
    with site_of(context, "Administrator"):
        import frappe

        from sm_planner.adapters.evidence import kept_heads

        kept = kept_heads.accept()
        frappe.db.commit()
        click.echo(f"The heads of {kept} plans are kept in {kept_heads.FILE}.")


@sm_planner.command("receipt")
@click.argument("plan")
@click.argument("path", callback=bench_path)
@as_user
@pass_context
def write_receipt(context, plan: str, path: Path, user: str) -> None:
    """Write the receipt for a signed plan, which verify_receipt.py can verify without the site."""
    with site_of(context, user):
        from sm_planner.adapters.signing import sign_off

        path.write_text(sign_off.receipt_of(plan), encoding="utf-8")
        click.echo(f"{path} is written.")


@sm_planner.command("keys")
@pass_context
def show_keys(context) -> None:
    """Write the public keys of the site, the signing key last. Publish them outside the site."""
    with site_of(context, "Administrator"):
        from sm_planner.adapters.evidence import seal_keys

        ring = seal_keys.ring()
        for id, public in ring.public_keys.items():
            click.echo(f"{id} {public} {ring.standing(id)}")
        for text in (ring.trouble, *ring.notes):
            if text:
                click.echo(str(text), err=True)


@sm_planner.command("rotate-key")
@click.confirmation_option(prompt="Give the site another seal key? Older seals still verify.")
@pass_context
def rotate_key(context) -> None:
    """Give the site a new seal key, and keep the public key of the old one."""
    with site_of(context, "Administrator"):
        from sm_planner.adapters.evidence import seal_keys

        seal_keys.rotate()
        click.echo(
            f"The site has another key. Keep a copy of {seal_keys.path()} where the backups are not, "
            "and publish the key: sm-planner keys"
        )


@sm_planner.command("archive")
@click.argument("folder", callback=bench_path)
@pass_context
def archive_plans(context, folder: Path) -> None:
    """Write all plans of the site with their seals to a folder, before the app is uninstalled."""
    with site_of(context, "Administrator"):
        import frappe

        from sm_planner.adapters.documents import archive

        written = archive.write(folder)
        frappe.db.commit()
        click.echo(f"{len(written)} files are in {folder}.")


@sm_planner.command("load-example")
@click.option(
    "--password", prompt=True, hide_input=True, help="Password of the accounts of the people in the example."
)
@click.option("--faulty", is_flag=True, help="Its faulty twin, with findings of every family of rules.")
@pass_context
def load_example(context, password: str, faulty: bool) -> None:
    """Load the example plan, with an account for each person in it."""
    with site_of(context, "Administrator"):
        import frappe

        from sm_planner.adapters.documents import example

        name = example.load(password, faulty)
        frappe.db.commit()
        click.echo(f"{name} is on the site.")


@sm_planner.command("clear-example")
@pass_context
def clear_example(context) -> None:
    """Remove the example plan and everything that was created for it."""
    with site_of(context, "Administrator"):
        import frappe

        from sm_planner.adapters.documents import example

        example.clear()
        frappe.db.commit()
        click.echo("The example is removed.")


@contextmanager
def site_of(context, user: str) -> Iterator[None]:
    """The site of the command, with a user who acts on it. What is refused ends the command with its reasons."""
    import frappe

    from sm_planner.engine.plan_file import PlanFileError

    frappe.init(site=get_site(context))
    frappe.connect()
    try:
        frappe.set_user(user)
        yield
    except (PlanFileError, OSError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(REFUSED) from None
    except (frappe.ValidationError, frappe.PermissionError) as error:
        from sm_planner.adapters.site.presentation import reasons

        for reason in reasons(error):
            click.echo(reason, err=True)
        raise SystemExit(REFUSED) from None
    finally:
        frappe.destroy()


commands = [sm_planner]
