"""Plans onto a site and back."""

from __future__ import annotations

import dataclasses
from datetime import date

import frappe
import pytest

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.site import doctypes, stored_records
from sm_planner.adapters.site.presentation import full_name
from sm_planner.engine import canonical_json
from sm_planner.engine.checks import check
from sm_planner.engine.model import COLLECTIONS, Plan, RaciEntry, Settings
from sm_planner.engine.model.plan import FACTS
from sm_planner.engine.raci.effective import effective
from sm_planner.engine.sealing import canonical

TODAY = date(2027, 2, 1)


def in_order(plan: Plan) -> Plan:
    """The plan as a site gives it back: records by their ids, who entered what happened, and the thresholds of the site."""
    records = {name: sorted(getattr(plan, name), key=lambda record: record.id) for name in COLLECTIONS}
    by = full_name(frappe.session.user)
    for asked in ("waivers", "gap_decisions"):  # what is asked for is decided on the site
        records[asked] = [dataclasses.replace(one, status="Requested") for one in records[asked]]
    records |= {name: [dataclasses.replace(fact, entered_by=by) for fact in records[name]] for name in FACTS}
    return dataclasses.replace(
        plan,
        settings=stored_records.settings(),
        **{name: tuple(found) for name, found in records.items()},
    )


def changed(plan: Plan, collection: str, id: str, **values: object) -> Plan:
    """The plan with one record changed."""
    records = [
        dataclasses.replace(record, **values) if record.id == id else record
        for record in getattr(plan, collection)
    ]
    return dataclasses.replace(plan, **{collection: tuple(records)})


def matrix(plan: Plan) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Process, service and component of every cell, with the letters of its roles."""
    return [
        (
            cell.process,
            cell.service,
            cell.component,
            [(held.role, held.letter) for held in cell.duties.letters],
        )
        for cell in effective(plan).cells
    ]


def copied(plan: Plan, id: str) -> Plan:
    """Another plan about the same records."""
    return dataclasses.replace(plan, id=id, lineage=id)


def grown(plan: Plan, times: int) -> Plan:
    """The plan with many more services, components, and RACI entries."""
    services = [
        dataclasses.replace(service, id=f"{service.id}-{number}")
        for service in plan.services
        for number in range(times)
    ]
    components = [
        dataclasses.replace(component, id=f"{component.id}-{number}")
        for component in plan.components
        for number in range(times)
    ]
    entries = [
        RaciEntry(process=plan.processes[0].id, service=service.id, role=plan.roles[0].id, letter="R")
        for service in services
    ]
    return dataclasses.replace(
        plan,
        services=(*plan.services, *services),
        components=(*plan.components, *components),
        raci=(*plan.raci, *entries),
    )


def stamps() -> dict[tuple[str, str], object]:
    """When each document of ours was changed last."""
    return {
        (doctype, row.name): row.modified
        for doctype in [*doctypes.DOCTYPES.values(), doctypes.PLAN, "Version"]
        for row in frappe.get_all(doctype, fields=["name", "modified"], order_by="name asc")
    }


@pytest.mark.parametrize("name", ["example", "minimal"])
def test_a_plan_is_read_as_it_was_written(name, request, give_accounts):
    plan = request.getfixturevalue(name)
    give_accounts(plan)
    assert plan_writer.save(plan) == plan.id
    assert plan_reader.load(plan.id) == in_order(plan)


@pytest.mark.parametrize("name", ["example", "minimal"])
def test_file_and_site_give_the_same_findings_matrix_and_canonical_form(name, request, give_accounts):
    plan = request.getfixturevalue(name)
    give_accounts(plan)
    plan_writer.save(plan)
    stored = plan_reader.load(plan.id)

    assert check(stored, TODAY) == check(in_order(plan), TODAY)
    assert matrix(stored) == matrix(in_order(plan))
    assert canonical_json.canonical_text(canonical.content(stored)) == canonical_json.canonical_text(
        canonical.content(plan)
    )


def test_a_person_without_an_account_on_the_site_is_not_enabled(minimal, minimal_on_site):
    stored = plan_reader.load(minimal.id)

    assert not any(person.enabled for person in stored.people if person.user)
    assert "SPN-01" in {finding.code for finding in check(stored, TODAY).blockers}


def test_writing_a_plan_again_changes_nothing(example):
    plan_writer.save(example)
    before = stamps()
    plan_writer.save(example)
    plan_writer.save(plan_reader.load(example.id))
    assert stamps() == before


def test_only_what_differs_is_written(example, example_on_site):
    before = stamps()
    service = example.services[0]
    plan_writer.save(changed(example, "services", service.id, title="Renamed"))
    touched = {key for key, stamp in stamps().items() if before.get(key) != stamp and key[0] != "Version"}
    assert touched == {("SM Service", service.id)}


def test_writing_leaves_the_commit_to_the_caller(example, commits):
    plan_writer.save(example)
    assert commits == []


def test_the_number_of_queries_does_not_grow_with_the_plan(example, example_on_site, count_queries):
    with count_queries() as few:
        plan_reader.load(example.id)
    plan_writer.save(grown(example, 10))
    with count_queries() as many:
        plan = plan_reader.load(example.id)
    assert len(plan.services) == 11 * len(example.services)
    assert len(many) == len(few) < 2 * len((*doctypes.RECORDS, *doctypes.ROWS))


def test_what_belongs_to_a_plan_goes_when_the_plan_no_longer_has_it(example, example_on_site):
    """What the lineage holds stays: other versions have it too."""
    without = {
        "improvements": (),
        "budget_lines": (),
        "actuals": (),
        "trainings": (),
        "attendances": (),
        "busy_times": (),
        "progress_reports": (),
        "risks": (),
        "lessons": (),
        "benchmark_notes": (),
        "components": (),
    }
    smaller = dataclasses.replace(example, raci=example.raci[1:], **without)
    smaller = dataclasses.replace(
        smaller,
        raci=tuple(entry for entry in smaller.raci if not entry.component),
        agreements=tuple(
            dataclasses.replace(agreement, scope=tuple(row for row in agreement.scope if not row.component))
            for agreement in example.agreements
        ),
    )
    plan_writer.save(smaller)
    assert frappe.db.count("SM Improvement", {"lineage": example.lineage}) == len(example.improvements)
    assert frappe.db.count("SM RACI Entry", {"plan": example.id}) == len(smaller.raci)
    kept = frappe.get_all("SM Component", {"name": ("in", [record.id for record in example.components])})
    assert len(kept) == len(example.components), "shared records stay"


def test_what_hangs_on_a_raci_entry_goes_with_it(example):
    plan = plan_writer.save(example)
    entry = frappe.get_doc("SM RACI Entry", {"plan": plan})
    entry.add_comment("Comment", "Who says so?")
    about = {"reference_type": entry.doctype, "reference_name": entry.name}
    frappe.get_doc({"doctype": "ToDo", "description": "Ask", **about}).insert()

    plan_writer.save(dataclasses.replace(example, raci=()))

    assert not frappe.db.exists("Comment", {"reference_doctype": entry.doctype, "reference_name": entry.name})
    assert not frappe.db.exists("ToDo", about)


def test_a_plan_is_locked_once_for_all_that_belongs_to_it(example, count_queries):
    plan_writer.save(dataclasses.replace(example, raci=()))

    with count_queries() as made:
        plan_writer.save(example)

    assert len(example.raci) > 50
    assert sum("FOR UPDATE" in query and "tabSM Plan`" in query for query in made) < 5
    records = (Plan, *(collection.record for collection in COLLECTIONS.values()))
    tables = len(records) + sum(len(doctypes.tables(record)) for record in records)
    assert len(made) < 2 * len(example.raci) + tables + 20  # what is there is read with a query a table


def test_a_plan_brings_what_its_scope_needs(example, example_on_site):
    document = frappe.get_doc("SM Plan", example.id)
    service = next(service for service in example.services if service.dependencies)
    for part in ("SM RACI Entry", "SM Objective", "SM Tool", "SM Training", "SM Budget Line"):
        frappe.db.delete(part, {"plan": example.id})
    for doctype in doctypes.OF_LINEAGE:
        frappe.db.delete(doctype)
    document.set("scope", [{"record_type": "SM Service", "record": service.id}])
    document.save()

    plan = plan_reader.load(example.id)
    services = set(plan.index["services"])
    assert {service.id, *(row.service for row in service.dependencies)} <= services
    assert services < set(example.index["services"])
    assert all(set(component.services) & services for component in plan.components)
    assert all(set(component.services) <= services for component in plan.components)
    for record in (plan, *(record for _, record in plan.records())):
        for _, collection, id in doctypes.links(record):
            assert plan.get(collection, id) or collection == "components"


@pytest.mark.parametrize("collection", ["requirements", "catalogue"])
def test_a_service_brings_what_is_written_about_it_and_the_other_way_round(collection):
    service, other = (new("SM Service", title=title) for title in ("One", "Two"))
    customer = new("SM Stakeholder", title="Readers")
    about, stray = (
        new(doctypes.DOCTYPES[collection], service=one, customer=customer) for one in (service, other)
    )
    plan = new("SM Plan", title="A plan", scope=[{"record_type": "SM Service", "record": service}])
    stored = plan_reader.load(plan)
    assert set(stored.index["services"]) == {service}
    assert set(stored.index[collection]) == {about}

    document = frappe.get_doc("SM Plan", plan)
    document.set("scope", [{"record_type": doctypes.DOCTYPES[collection], "record": stray}])
    document.save()
    stored = plan_reader.load(plan)
    assert set(stored.index["services"]) == {other}
    assert set(stored.index[collection]) == {stray}


def test_people_bring_those_to_whom_they_report():
    boss = new("SM Person", title="Boss")
    middle = new("SM Person", title="Middle", reports_to=boss)
    staff = new("SM Person", title="Staff", reports_to=middle)
    frappe.db.set_value("SM Person", boss, "reports_to", staff)
    stored = plan_reader.load(new("SM Plan", title="A plan", plan_owner=staff))
    assert set(stored.index["people"]) == {boss, middle, staff}


def new(doctype: str, **values: object) -> str:
    """The name of a new document."""
    return frappe.get_doc({"doctype": doctype, "title": "A record", **values}).insert().name


def test_a_plan_changes_of_shared_records_only_what_it_sees(minimal, example, give_accounts):
    give_accounts(minimal)
    component = dataclasses.replace(example.components[0], id=minimal.components[0].id, services=())
    other = dataclasses.replace(
        copied(example, "other"),
        components=(*example.components, dataclasses.replace(component, services=(example.services[0].id,))),
    )
    plan_writer.save(other)
    plan_writer.save(minimal)
    assert plan_reader.load(minimal.id) == in_order(minimal)
    assert plan_reader.load("other").get("components", component.id).services == (example.services[0].id,)


def test_a_plan_keeps_the_scope_that_an_agreement_has_in_another(example, give_accounts):
    give_accounts(example)
    plan_writer.save(example)
    agreement = next(agreement for agreement in example.agreements if agreement.scope)
    stray = frappe.get_doc({"doctype": "SM Service", "title": "Of another plan"}).insert()
    document = frappe.get_doc("SM Agreement", agreement.id)
    document.append("scope", {"service": stray.name})
    document.save()

    assert plan_reader.load(example.id) == in_order(example)
    plan_writer.save(changed(example, "agreements", agreement.id, title="Renamed"))
    document.reload()
    assert document.title == "Renamed"
    assert document.scope[-1].service == stray.name


def test_an_agreement_whose_scope_lies_elsewhere_is_not_of_the_plan(example, give_accounts):
    """Its component is in the plan, the service that it is about is not. Without its scope it would back everything."""
    give_accounts(example)
    plan_writer.save(example)
    agreement = next(agreement for agreement in example.agreements if agreement.scope)
    stray = frappe.get_doc({"doctype": "SM Service", "title": "Of another plan"}).insert()
    document = frappe.get_doc("SM Agreement", agreement.id)
    document.scope = []
    document.append("scope", {"service": stray.name, "component": example.components[0].id})
    document.save()

    loaded = plan_reader.load(example.id)

    assert loaded.agreements == tuple(a for a in in_order(example).agreements if a.id != agreement.id)


@pytest.mark.parametrize(
    ("collection", "field", "named"),
    [("services", "title", "Title"), ("raci", "task", "Task"), ("improvements", "title", "Title")],
)
def test_what_the_site_would_alter_is_refused_and_nothing_is_written(example, collection, field, named):
    record = getattr(example, collection)[0]
    plan = changed(example, collection, record.id, **{field: "a <script>alert(1)</script> b"})
    with pytest.raises(frappe.ValidationError) as error:
        plan_writer.save(plan)
    assert record.id in str(error.value)
    assert named in str(error.value)
    assert not frappe.db.exists("SM Plan", example.id)
    assert not frappe.get_all("SM Service", {"name": ("in", [service.id for service in example.services])})


def test_a_link_that_leads_nowhere_is_refused(minimal):
    with pytest.raises(frappe.ValidationError, match="nobody.*not in people"):
        plan_writer.save(dataclasses.replace(minimal, plan_owner="nobody"))


def test_an_id_that_is_there_twice_is_refused(minimal):
    twice = dataclasses.replace(minimal, people=(*minimal.people, minimal.people[0]))
    with pytest.raises(frappe.ValidationError, match="twice"):
        plan_writer.save(twice)


@pytest.mark.parametrize("collection", ["services", "objectives"])
def test_an_id_in_other_letters_than_on_the_site_is_refused(minimal, minimal_on_site, collection):
    record = getattr(minimal, collection)[0]
    lone = dataclasses.replace(
        minimal,
        **dict.fromkeys(("services", "components", "agreements", "requirements", "catalogue"), ()),
        **dict.fromkeys(("objectives", "improvements", "raci", "obligations"), ()),
    )
    other = dataclasses.replace(
        record, id=record.id.upper(), **({"services": ()} if collection == "objectives" else {})
    )
    with pytest.raises(frappe.ValidationError, match=record.id):
        plan_writer.save(dataclasses.replace(lone, **{collection: (other,)}))


def test_a_plan_that_is_no_draft_is_not_overwritten(minimal, minimal_on_site):
    frappe.db.set_value("SM Plan", minimal.id, "state", "In Review")
    with pytest.raises(frappe.ValidationError, match="In Review"):
        plan_writer.save(minimal)


def test_a_plan_comes_as_a_draft(minimal):
    plan_writer.save(dataclasses.replace(minimal, state="Active"))
    assert plan_reader.load(minimal.id).state == "Draft"
    assert frappe.db.get_value("SM Plan", minimal.id, "docstatus") == 0


def test_a_user_account_says_whether_a_person_is_enabled(minimal, make_user):
    person = next(person for person in minimal.people if person.user)
    make_user("SM Planner User", name=person.user)
    frappe.db.set_value("User", person.user, "enabled", 0)
    plan_writer.save(minimal)
    assert not plan_reader.load(minimal.id).get("people", person.id).enabled


def test_a_planner_writes_plans(minimal, make_user, acting_as, give_accounts):
    give_accounts(minimal)
    with acting_as(make_user("SM Planner User")):
        plan_writer.save(minimal)
        assert plan_reader.load(minimal.id) == in_order(minimal)


@pytest.mark.parametrize("role", ["SM Planner User", "SM Planner Manager", "System Manager"])
def test_a_plan_never_changes_the_settings_of_the_site(minimal, make_user, acting_as, role):
    before = stored_records.settings()
    with acting_as(make_user("SM Planner User", role)):
        plan_writer.save(dataclasses.replace(minimal, settings=Settings(why_min_length=7)))
    assert plan_reader.load(minimal.id).settings == before != Settings(why_min_length=7)


@pytest.mark.parametrize("role", ["SM Auditor", "SM Executive Sponsor", "SM Service Owner"])
def test_who_only_reads_does_not_write_plans(minimal, minimal_on_site, make_user, acting_as, role):
    user = make_user(role)
    with acting_as(user):
        assert plan_reader.load(minimal.id)
        with pytest.raises(frappe.PermissionError):
            plan_writer.save(dataclasses.replace(minimal, title="Mine"))
        with pytest.raises(frappe.PermissionError):
            plan_writer.save(copied(minimal, "mine"))


def test_who_may_not_read_a_plan_does_not_load_it(minimal, minimal_on_site, make_user, acting_as):
    with acting_as(make_user()), pytest.raises(frappe.PermissionError):
        plan_reader.load(minimal.id)
