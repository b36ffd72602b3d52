"""The report Service Catalogue."""

from datetime import date

from sm_planner.engine.model import (
    Agreement,
    AgreementScope,
    AgreementTarget,
    Calendar,
    CatalogueEntry,
    Plan,
    Service,
    Stakeholder,
)
from sm_planner.reports import service_catalogue

TODAY = date(2026, 7, 1)


def sla(id: str, customer: str, hours: float, **fields) -> Agreement:
    target = AgreementTarget(metric="Response", priority="P1", value=hours, unit="Hours")
    scope = (AgreementScope(service="mail"),)
    return Agreement(id=id, kind="SLA", customer=customer, scope=scope, targets=(target,), **fields)


PLAN = Plan(
    id="p",
    calendars=(Calendar(id="office", title="Office Hours"),),
    stakeholders=(Stakeholder(id="shops", title="Shops"), Stakeholder(id="depots", title="Depots")),
    services=(
        Service(
            id="mail",
            title="E-mail",
            customer_facing=True,
            customers=("shops", "depots"),
            description="Post.",
        ),
        Service(id="chat", title="Chat", customer_facing=True, customers=("depots",), description="Talk."),
        Service(id="servers", title="Servers"),
        Service(id="fax", title="Fax", customer_facing=True, status="Retired"),
    ),
    agreements=(
        sla("a", "shops", 1.0, service_hours="office"),
        sla("b", "depots", 2.0),
        sla("old", "shops", 9.0, status="Ended"),
    ),
    catalogue=(
        CatalogueEntry(
            id="mail-entry",
            title="E-mail",
            service="mail",
            audience=("shops",),
            price="No charge",
            published=True,
        ),
    ),
)


def test_each_service_for_customers_has_a_row_with_its_entry_or_without():
    rows = service_catalogue.report(PLAN, TODAY).as_dict()["rows"]
    told = [
        (row["service_title"], row["state"], row["description"], row["audience"], row["price"])
        for row in rows
    ]
    assert told == [
        ("E-mail", "Published", "Post.", "Shops", "No charge"),
        ("Chat", "No entry", "Talk.", "Depots", ""),
    ]


def test_service_levels_are_those_of_the_agreements_in_force():
    mail, chat = service_catalogue.report(PLAN, TODAY).rows
    assert str(mail["levels"]) == "Shops: Response P1 1 Hour (Office Hours); Depots: Response P1 2 Hours"
    assert str(chat["levels"]) == ""


def test_a_row_says_what_it_lacks_first():
    mail, chat = service_catalogue.report(PLAN, TODAY).rows
    assert str(mail["lacks"]) == "“E-mail”: Description is not filled in."
    assert str(chat["lacks"]) == "“Chat” has no published catalogue entry."


def test_the_catalogue_can_be_narrowed_to_a_customer_or_to_what_readers_see():
    for_shops = service_catalogue.report(PLAN, TODAY, customer="shops")
    published = service_catalogue.report(PLAN, TODAY, published_only=True)
    assert [row["service"] for row in for_shops.rows] == ["mail"]
    assert [row["service"] for row in published.rows] == ["mail"]


def test_the_summary_counts_what_is_live_and_not_published():
    table = service_catalogue.report(PLAN, TODAY)
    assert [figure.value for figure in table.summary] == [2, 2, 1]
    assert table.summary[2].indicator == "Red"
    assert str(table.message) == "1 live services are not published. Write and publish their entries."
    assert [dataset.values for dataset in table.chart.datasets] == [(1,), (1,)]


def test_a_plan_without_services_for_customers_says_so():
    table = service_catalogue.report(Plan(id="p"), TODAY)
    assert table.chart is None
    assert "Mark the ones that customers use" in str(table.message)
