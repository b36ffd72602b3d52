"""An agreement with every table filled: from a file onto the site, in its document, and back."""

from __future__ import annotations

import datetime
from dataclasses import replace

import frappe
import pytest

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import plan_files
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import plan_file
from sm_planner.engine.model import Agreement, Plan
from sm_planner.engine.model.agreements import (
    AgreementChange,
    AgreementCharge,
    AgreementConsequence,
    AgreementContact,
    AgreementDataTerm,
    AgreementDuty,
    AgreementEnvironment,
    AgreementEscalation,
    AgreementMaintenance,
    AgreementSupport,
    SeverityMapping,
)
from sm_planner.engine.model.fields import specs

ID, SERVICE, ROLE, PERSON, TEAM = (
    "sla-patient-record",
    "patient-record",
    "support-centre-manager",
    "priya-raman",
    "support-centre",
)
TABLES = {
    "changes": (AgreementChange(version="1.1", day=datetime.date(2027, 5, 1), what="Fax is gone."),),
    "maintenance": (
        AgreementMaintenance(
            service=SERVICE,
            repeats="Monthly",
            which="First",
            weekday="Sunday",
            opens="22:00",
            closes="02:00",
            notice_days=5,
            note="Not in December",
        ),
    ),
    "consequences": (
        AgreementConsequence(
            metric="Availability",
            priority="P1",
            worse_than=99.25,
            credit_percent=2.5,
            escalate_to=ROLE,
            due_days=10,
            note="A plan",
        ),
        AgreementConsequence(metric="Own", own_metric="Calls lost", note="A talk"),
    ),
    "escalations": (
        AgreementEscalation(after_percent=0, metric="Response", priority="P2", role=ROLE),
        AgreementEscalation(after_percent=150, person=PERSON, outside="Matron"),
    ),
    "severities": (SeverityMapping(priority="P1", severity="Red"),),
    "charges": (
        AgreementCharge(charge="Use", service=SERVICE, price=12.5, per="Quarter", paid_by="all-staff"),
        AgreementCharge(charge="Help", price=0.0),
        AgreementCharge(charge="Set-up", per="Once"),
    ),
    "duties": (
        AgreementDuty(who="Users", duty="Report\nby <b>phone</b>.", service=SERVICE),
        AgreementDuty(who="Provider", duty="Answers."),
    ),
    "support": (AgreementSupport(item="Own phones", grade="Not Supported", service=SERVICE, note="ask"),),
    "data_terms": (AgreementDataTerm(topic="Backup", term="Every night.", service=SERVICE),),
    "environments": (
        AgreementEnvironment(
            environment="Test",
            service=SERVICE,
            service_hours="office-hours",
            grade="Best Effort",
            note="by day",
        ),
    ),
    "contacts": (AgreementContact(purpose="Faults", role=ROLE, person=PERSON, team=TEAM, how="2222"),),
}
VALUES = {
    "emergency_notice_hours": 0.5,
    "maintenance_notice_hours": 24.0,
    "emergency_closure": "At once.",
    "priority_change": "Clock Starts Again",
    "change_procedure": "In the review.",
    "dispute_procedure": "By the sponsor.",
}


@pytest.fixture
def filled(example: Plan) -> Plan:
    agreements = tuple(
        replace(one, **TABLES, **VALUES) if one.id == ID else one for one in example.agreements
    )
    return replace(example, agreements=agreements)


def of(plan: Plan) -> Agreement:
    return next(one for one in plan.agreements if one.id == ID)


def test_every_table_of_rows_is_tried():
    tables = {name for name, spec in specs(Agreement).items() if spec.kind == "rows"}
    assert tables == {*TABLES, "scope", "targets"}


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_each_table_comes_back_from_the_site_as_it_was_in_the_file(suffix, filled, tmp_path):
    path = tmp_path / f"plan.{suffix}"
    plan_file.dump(filled, path)
    assert of(plan_file.load(path)) == of(filled)
    values = {"doctype": "File", "file_name": path.name, "content": path.read_bytes(), "is_private": 1}

    name = plan_files.import_file(frappe.get_doc(values).insert().file_url)

    assert of(plan_reader.load(name)) == of(filled)


def test_rows_are_entered_in_the_document_and_read_as_they_were_entered(filled):
    name = plan_writer.save(filled)
    document = frappe.get_doc("SM Agreement", ID)
    assert [row.duty for row in document.duties] == ["Report\nby <b>phone</b>.", "Answers."]
    assert (document.charges[1].price, document.charges[2].price) == (0, None)
    document.duties = document.duties[:1]
    document.append("contacts", {"purpose": "To order", "how": "By mail"})
    document.escalations[0].after_percent = 50
    document.save()

    found = of(plan_reader.load(name))

    assert found.duties == TABLES["duties"][:1]
    assert found.contacts[1] == AgreementContact(purpose="To order", how="By mail")
    assert [row.after_percent for row in found.escalations] == [50, 150]
    assert found.charges == TABLES["charges"]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("duties", {"who": "Customer"}),
        ("contacts", {"how": "2222"}),
        ("charges", {"charge": "Use", "price": -1}),
        ("escalations", {"after_percent": 5000, "role": ROLE}),
        ("support", {"item": "Phones", "grade": "Perhaps"}),
        ("environments", {"environment": "Test", "service": "nowhere"}),
    ],
)
def test_a_row_that_says_too_little_or_cannot_be_is_refused(filled, table, row):
    plan_writer.save(filled)
    document = frappe.get_doc("SM Agreement", ID)
    document.append(table, row)
    with pytest.raises(frappe.ValidationError):
        document.save()
