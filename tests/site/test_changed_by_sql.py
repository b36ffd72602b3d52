"""What somebody with access to the database changes past the sign-off: it is named, told once, and stops nothing."""

from __future__ import annotations

import dataclasses
import json
import stat
from collections.abc import Callable
from contextlib import nullcontext

import frappe
import pytest
from click.testing import CliRunner, Result
from frappe.desk.query_report import run
from seeds import Seed, acting, put_before_sponsor, sign_as_sponsor

from sm_planner import commands
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_files, plan_form
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.evidence import kept_heads, seal_keys, sign_off_events
from sm_planner.adapters.signers import sign_off_mails
from sm_planner.adapters.signing import seal_watch, sign_off
from sm_planner.adapters.site import stored_records
from sm_planner.engine import canonical_json
from sm_planner.engine.checks import check
from sm_planner.engine.sealing.log import chain

AUTHOR, SPONSOR = "writer@example.org", "sponsor@example.org"


@pytest.fixture(scope="module")
def versions(seed, plan_to_sign) -> Seed:
    """Two signed versions of a plan, the first superseded; their names."""

    def make() -> tuple[str, str]:
        first = plan_to_sign.plant()
        sign_as_sponsor(first)
        with acting(AUTHOR):
            second = sign_off.start_revision(first)
            put_before_sponsor(second)
        sign_as_sponsor(second)
        return first, second

    return seed(make)


@pytest.fixture
def signed_twice(versions: Seed) -> tuple[str, str]:
    """Two signed versions of a plan, the first superseded; their names."""
    return versions.plant()


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, set[str]]]:
    """What was mailed: to whom, and the lines."""
    sent: list[tuple[str, set[str]]] = []

    def send(name: str, users: set[str], mail, doctype: str = "SM Plan") -> None:
        sent.append(("\n".join(map(str, mail.lines)), set(users)))

    monkeypatch.setattr(sign_off_mails, "send", send)
    return sent


@pytest.fixture
def command(monkeypatch) -> Callable[..., Result]:
    """Runs ``bench … sm-planner`` in the transaction of the test."""
    monkeypatch.setattr(commands, "site_of", lambda _context, _user: nullcontext())
    return lambda *arguments: CliRunner().invoke(
        commands.sm_planner, arguments, obj=frappe._dict(profile=False)
    )


def set_by_sql(doctype: str, name: str | dict[str, object], field: str, value: object) -> None:
    frappe.db.set_value(doctype, name, field, value, update_modified=False)


LINEAGE = "millbrook-library"


def event(plan: str, act: str, **more: object) -> str:
    return frappe.get_all("SM Sign-off Event", {"plan": plan, "act": act, **more}, pluck="name")[0]


def plan_field(field: str, value: object, which: int = 1) -> Callable[[tuple[str, str]], None]:
    return lambda plans: set_by_sql("SM Plan", plans[which], field, value)


def event_field(act: str, field: str, value: object) -> Callable[[tuple[str, str]], None]:
    return lambda plans: set_by_sql("SM Sign-off Event", event(plans[1], act), field, value)


def drop_event(act: str) -> Callable[[tuple[str, str]], None]:
    return lambda plans: frappe.db.delete("SM Sign-off Event", {"name": event(plans[1], act)})


def insert_event(plans: tuple[str, str]) -> None:
    made = {"plan": plans[1], "lineage": LINEAGE, "act": "Write", "outcome": "Done", "number": 10**6}
    frappe.get_doc({"doctype": "SM Sign-off Event", "name": "put-in", **made}).db_insert()


def reorder_events(plans: tuple[str, str]) -> None:
    first, second = event(plans[1], "Send for Review"), event(plans[1], "Send to Sponsor")
    numbers = [frappe.db.get_value("SM Sign-off Event", name, "number") for name in (first, second)]
    set_by_sql("SM Sign-off Event", first, "number", numbers[1])
    set_by_sql("SM Sign-off Event", second, "number", numbers[0])


def rewrite_log(plans: tuple[str, str]) -> None:
    """Who sent the plan on, with all hashes recomputed."""
    set_by_sql("SM Sign-off Event", event(plans[0], "Send to Sponsor"), "user", "eve@example.org")
    recompute(LINEAGE)


def recompute(lineage: str) -> None:
    names = frappe.get_all(
        "SM Sign-off Event",
        {"lineage": lineage},
        pluck="name",
        order_by=", ".join(sign_off_events.ORDER),
    )
    chained = chain(sign_off_events.of_lineages([lineage]))
    for name in names:
        set_by_sql(
            "SM Sign-off Event", name, "previous_hash", name
        )  # no hash is there twice, not even for a moment
    for name, one in zip(names, chained, strict=True):
        set_by_sql("SM Sign-off Event", name, "previous_hash", one.previous_hash)
        set_by_sql("SM Sign-off Event", name, "event_hash", one.event_hash)


def another_signer(plans: tuple[str, str]) -> None:
    set_by_sql("SM Sign-off Event", event(plans[1], "Sign"), "user", "eve@example.org")
    recompute(LINEAGE)


def undo_last_signature(plans: tuple[str, str]) -> None:
    frappe.db.delete("SM Plan Seal", {"plan": plans[1]})
    frappe.db.delete("SM Sign-off Event", {"plan": plans[1], "act": "Sign"})
    frappe.db.set_value("SM Plan", plans[1], {"state": "Draft", "docstatus": 0}, update_modified=False)


def another_account(plans: tuple[str, str]) -> None:
    person = frappe.db.get_value("SM Plan", plans[1], "executive_sponsor")
    set_by_sql("SM Person", person, "user", "eve@example.org")


def scope_row(plans: tuple[str, str]) -> str:
    return frappe.get_all("SM Plan Scope", {"parent": plans[1]}, pluck="name", order_by="idx desc")[0]


CHANGES: dict[str, tuple[Callable[[tuple[str, str]], None], str]] = {
    "state": (plan_field("state", "Draft"), "the state is Draft; by seals and log it is Active"),
    "state of the version before": (
        plan_field("state", "Active", 0),
        "version 1: the state is Active; by seals and log it is Superseded",
    ),
    "state that is none": (plan_field("state", "{0} Nonsense"), "the state is {0} Nonsense; by seals"),
    "docstatus": (plan_field("docstatus", 0), "the document status is 0; by seals and log it is 1"),
    "version": (plan_field("version", 7), "the plan has the version 7; seals and log have 2"),
    "lineage in other letters": (
        lambda plans: set_by_sql("SM Plan", plans[1], "lineage", LINEAGE.upper()),
        "the lineage is “MILLBROOK-LIBRARY”; seals and log have “millbrook-library”",
    ),
    "another lineage": (
        plan_field("lineage", "elsewhere"),
        "the lineage is “elsewhere”; seals and log have “millbrook-library”",
    ),
    "account of the signer": (
        another_account,
        "is “eve@example.org”; by seals and log it is “sponsor@example.org”",
    ),
    "scope row taken out": (
        lambda plans: frappe.db.delete("SM Plan Scope", {"name": scope_row(plans)}),
        "the scope lacks",
    ),
    "scope row exchanged": (
        lambda plans: set_by_sql("SM Plan Scope", scope_row(plans), "record", "elsewhere"),
        "elsewhere, which was not there at signing",
    ),
    "event changed": (
        event_field("Sign", "reason", "Something else."),
        "the entry “Sign” by sponsor@example.org",
    ),
    "event of another lineage": (event_field("Send for Review", "lineage", "elsewhere"), "does not follow"),
    "event without its hash": (event_field("Sign", "event_hash", ""), "has no hash"),
    "event deleted": (drop_event("Send for Review"), "does not follow the one before it"),
    "author taken out": (
        lambda plans: frappe.db.delete("SM Sign-off Event", {"lineage": LINEAGE, "act": "Write"}),
        "does not follow the one before it",
    ),
    "event put in": (insert_event, "has no hash: it was put in"),
    "events reordered": (reorder_events, "was changed"),
    "log rewritten with all its hashes": (rewrite_log, "the last entry before seal 1 was made"),
    "signer in the log, with all hashes": (
        another_signer,
        "seal 2 has the account “sponsor@example.org” for its signer, and the log has “eve@example.org”",
    ),
    "last signature undone": (undo_last_signature, "the state is Draft; by seals and log it is To Sign"),
    "version deleted": (
        lambda plans: frappe.db.delete("SM Plan", {"name": plans[0]}),
        "version 1: it was Superseded, and is there no more",
    ),
    "event of the seal deleted": (drop_event("Sign"), "seal 2 of version 2 is not in the log"),
}


def test_what_nobody_changed_verifies(signed_twice, command):
    for plan in signed_twice:
        assert (sign_off.verify(plan).problems, sign_off.verify(plan).outside) == ((), ())
        assert command("verify", plan).exit_code == 0


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_by_sql_is_named_and_told_once(signed_twice, command, told, change):
    make, words = CHANGES[change]
    plan = signed_twice[1]
    make(signed_twice)
    frappe.clear_document_cache("SM Plan", plan)

    verified = sign_off.verify(plan)
    ran = command("verify", plan)
    seal_watch._watch(plan)
    seal_watch._watch(plan)

    assert not verified.intact
    assert [problem for problem in map(str, verified.problems) if words in problem], verified.problems
    assert (ran.exit_code, words in ran.output) == (1, True), ran.output
    assert [text for text in plan_form.verification(plan)["problems"] if words in text]
    found = [finding.text for finding in check(plan_reader.load(plan), frappe.utils.getdate()).blockers]
    assert [text for text in map(str, found) if words in text], found
    to_guardians = [users for text, users in told if words in text]
    assert len(to_guardians) == 2, told
    assert SPONSOR in set.union(*to_guardians)


@pytest.fixture
def kept(signed_twice) -> tuple[str, str]:
    """The same, with the heads kept outside."""
    kept_heads.keep_all()
    return signed_twice


def test_heads_are_for_the_site_alone(kept, heads_of_this_test):
    assert stat.S_IMODE(heads_of_this_test.stat().st_mode) == 0o600
    (head,) = kept_heads.read().of(LINEAGE)
    assert (head.plan, head.version, head.state, head.number) == (kept[1], 2, "Active", 2)


def delete_lineage(plans: tuple[str, str]) -> None:
    for doctype in ("SM Plan Seal", "SM Sign-off Event", "SM Plan"):
        frappe.db.delete(doctype, {"lineage": LINEAGE})


def test_a_lineage_that_is_gone_with_all_it_had_is_missed(kept, told, command):
    delete_lineage(kept)

    ran = command("verify")
    seal_watch._watch_lost(LINEAGE)
    seal_watch._watch_lost(LINEAGE)

    assert ran.exit_code == 1
    assert f"{LINEAGE}, is there no more, with all versions, seals and entries of its log" in ran.output
    assert len(told) == 1
    assert SPONSOR in told[0][1]
    assert LINEAGE in dict(seal_watch.verify_all())


def test_an_undone_signature_is_missed_though_everything_else_fits(kept, command):
    """With the state of before in both versions, and the log cut off: nothing in the database can tell."""
    undo_last_signature(kept)
    frappe.db.set_value("SM Plan", kept[1], "state", "To Sign", update_modified=False)
    frappe.db.set_value("SM Plan", kept[0], "state", "Active", update_modified=False)

    verified = sign_off.verify(kept[0])

    assert (verified.problems, verified.intact) == ((), True)
    assert "Seal 2 of version 2" in str(verified.outside[0])
    assert "it looks as if the site was restored from a backup" in str(verified.outside[-1])
    assert command("verify", kept[0]).exit_code == 1


def test_with_younger_entries_of_other_plans_no_backup_explains_what_is_missed(kept, heads_of_this_test):
    values = json.loads(heads_of_this_test.read_text())
    other = {**values["heads"][0], "lineage": "other", "event_at": "2999-01-01T00:00:00.000000Z"}
    seal_hash = frappe.db.get_value("SM Plan Seal", {"plan": kept[0]}, "seal_hash")
    other |= {"seal_hash": seal_hash, "event_hash": ""}
    heads_of_this_test.write_text(json.dumps({**values, "heads": [*values["heads"], other]}))
    undo_last_signature(kept)

    assert "no older backup explains this" in str(sign_off.verify(kept[0]).outside[-1])


def test_after_a_restore_the_heads_are_kept_anew_on_demand(kept, command):
    undo_last_signature(kept)
    frappe.db.set_value("SM Plan", kept[1], "state", "To Sign", update_modified=False)
    frappe.db.set_value("SM Plan", kept[0], "state", "Active", update_modified=False)
    kept_heads.keep_all()
    assert sign_off.verify(kept[0]).outside  # what is missed stays in the file

    assert command("keep-heads", "--yes").exit_code == 0

    assert sign_off.verify(kept[0]).outside == ()


@pytest.mark.parametrize("content", ["", "{", '{"heads": [1]}', '{"heads": [{"lineage": "x"}]}', "[]"])
def test_a_broken_file_of_heads_is_told_and_set_aside(kept, heads_of_this_test, content):
    heads_of_this_test.write_text(content)

    assert "cannot be read" in str(sign_off.verify(kept[0]).outside[0])

    kept_heads.keep_all()
    assert sign_off.verify(kept[0]).outside == ()
    assert heads_of_this_test.with_suffix(".unreadable").read_text() == content


def test_a_lost_file_of_heads_is_told(kept, heads_of_this_test):
    heads_of_this_test.unlink()
    assert "is missing" in str(sign_off.verify(kept[0]).outside[0])


def test_a_hash_from_outside_is_compared(signed_twice, command):
    first, second = stored_records.seals(LINEAGE)

    known = command("verify", signed_twice[1], "--head", f" {first.seal_hash.upper()} ")
    unknown = command("verify", signed_twice[1], "--head", "0" * 64)

    assert (known.exit_code, "This is seal 1: version 1, signed by" in known.output) == (0, True)
    assert (unknown.exit_code, "No seal of this plan has this hash." in unknown.output) == (1, True)
    assert plan_form.comparison(signed_twice[0], second.content_hash)["known"]
    assert "64 digits" in plan_form.comparison(signed_twice[0], "abc")["text"]
    last = sign_off_events.head(LINEAGE)
    assert "in the log" in plan_form.comparison(signed_twice[0], last)["text"]


# Values that cannot be read


def seal_field(**values: object) -> Callable[[tuple[str, str]], None]:
    def change(plans: tuple[str, str]) -> None:
        frappe.db.set_value("SM Plan Seal", {"plan": plans[1]}, values, update_modified=False)

    return change


def forged(**values: object) -> Callable[[tuple[str, str]], None]:
    """The seal with other values and fitting hashes."""

    def change(plans: tuple[str, str]) -> None:
        made = dataclasses.replace(stored_records.seals(LINEAGE)[-1], **values)
        made = dataclasses.replace(made, content_hash=canonical_json.hash_of(made.content))
        made = dataclasses.replace(made, seal_hash=canonical_json.hash_of(made.statement()))
        seal_field(**made.as_dict())(plans)

    return change


UNREADABLE: dict[str, tuple[Callable[[tuple[str, str]], None], str]] = {
    "content": (seal_field(content="{"), "the sealed content was changed"),
    "content with its hashes": (forged(content="{"), "the sealed content cannot be read"),
    "content of another kind": (forged(content='{"plan": {"id": 1}}'), "the sealed content cannot be read"),
    "signatures before": (forged(signed_before="[1]"), "the signatures before it cannot be read"),
    "signatures before, no JSON": (seal_field(signed_before="x"), "was changed"),
    "time": (forged(signed_at="yesterday"), "the time of the signature cannot be read"),
    "schema": (seal_field(schema_version=2147483647), "a later release of SM Planner made it"),
    "number": (seal_field(number=-5), "stands where seal"),
    "signature in the log": (event_field("Sign", "signature", "x"), "cannot be read"),
    "envelope in the log": (event_field("Send to Sponsor", "envelope", "[]"), "cannot be read"),
    "time in the log": (event_field("Sign", "acted_at", "{never}"), "was changed"),
    "act in the log": (event_field("Sign", "act", "{0} {x}"), "was changed"),
    "kind of a record in scope": (
        lambda plans: set_by_sql("SM Plan Scope", scope_row(plans), "record_type", "No Such"),
        "which was not there at signing",
    ),
}


@pytest.mark.parametrize("change", UNREADABLE)
def test_what_cannot_be_read_is_a_fault_in_words_and_stops_nothing(signed_twice, command, change):
    make, words = UNREADABLE[change]
    make(signed_twice)
    frappe.clear_document_cache("SM Plan", signed_twice[1])

    for plan in signed_twice:
        ran = command("verify", plan, "--json")
        assert (ran.exit_code, words in " ".join(json.loads(ran.output)["problems"])) == (1, True), ran.output
        for show in (
            plan_form.verification,
            plan_form.overview,
            plan_form.log,
            plan_files.show_book,
            plan_form.sign_off_summary,
        ):
            try:
                show(plan)
            except frappe.ValidationError as error:  # in words
                assert plan in str(error) or "No Such" in str(error), error
    whole = command("verify")
    assert whole.exit_code == 1
    assert words in whole.output
    assert run("Seal Register", {}, ignore_prepared_report=True)["result"]
    seal_watch._watch(signed_twice[1])


def test_a_malformed_key_is_a_fault_of_every_plan(signed_twice, command, monkeypatch):
    monkeypatch.setattr(
        seal_keys, "ring", lambda: (_ for _ in ()).throw(ValueError("This is not a seal key."))
    )

    ran = command("verify")

    assert ran.exit_code == 1
    assert f"{signed_twice[1]} cannot be verified as a whole: This is not a seal key." in ran.output


def test_what_goes_wrong_with_one_plan_keeps_no_other_from_being_verified(signed_twice, command, monkeypatch):
    monkeypatch.setattr(seal_watch, "signed_plans", lambda: list(signed_twice))
    load = plan_reader.load

    def fail(name: str):
        if name == signed_twice[0]:
            raise RuntimeError("something {unforeseen}")
        return load(name)

    monkeypatch.setattr(plan_reader, "load", fail)

    told = json.loads(command("verify", "--json").output)

    assert "something {unforeseen}" in told[signed_twice[0]]["problems"][0]
    assert told[signed_twice[1]]["intact"]


# Lineages in other letters


def test_a_lineage_in_other_letters_is_refused(to_sign, acting_as):
    with acting_as(AUTHOR):
        for lineage in (LINEAGE.upper(), "Millbrook-Library", "millbrook-librarý"):
            plan = {"doctype": "SM Plan", "title": "Another", "lineage": lineage, "version": 9}
            with pytest.raises(frappe.ValidationError, match="already exists as “millbrook-library”"):
                frappe.get_doc(plan).insert()


def test_a_plan_file_with_an_id_in_other_letters_is_refused(to_sign, acting_as):
    with acting_as(AUTHOR):
        given = plan_reader.load(to_sign)
        for changes in ({"id": to_sign.upper()}, {"id": "other", "version": 2, "lineage": LINEAGE.upper()}):
            with pytest.raises(frappe.ValidationError, match="On this site, this is|already exists as"):
                plan_writer.save(dataclasses.replace(given, **changes))


def test_seals_that_the_database_takes_for_one_lineage_are_one_chain(signed_twice):
    seal_field(lineage=LINEAGE.upper())(signed_twice)
    assert [seal.number for seal in stored_records.seals(LINEAGE)] == [1, 2]
    assert "seals of several plans are mixed" in " ".join(map(str, sign_off.verify(signed_twice[0]).problems))
