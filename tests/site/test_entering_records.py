"""Records that people enter: what is refused in words, what is told of them, and what plan files may bring all the same."""

from __future__ import annotations

import dataclasses
import re

import frappe
import pytest
from frappe.desk.form.load import getdoc
from frappe.desk.search import search_link

from sm_planner import api
from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import link_choices
from sm_planner.adapters.documents import plan_writer
from sm_planner.adapters.signers import accounts
from sm_planner.adapters.site import form_facts
from sm_planner.engine.model import Waiver
from sm_planner.patches.v0_2 import records_say_what_they_are

PLANNER = "planner@example.org"


def new(doctype: str, **values: object):
    return frappe.get_doc({"doctype": doctype, **values})


def refused(document, *texts: str) -> None:
    """Saving is refused, and the message holds these texts."""
    with pytest.raises(frappe.ValidationError) as error:
        document.save()
    for text in texts:
        assert text in str(error.value)


@pytest.fixture
def plan() -> str:
    return new("SM Plan", title="Our plan").insert().name


@pytest.fixture
def on_site(minimal_on_site: str) -> str:
    """A plan of a plan file on the site; its name."""
    return minimal_on_site


class TestTitles:
    @pytest.mark.parametrize(
        "doctype",
        ["SM Plan", "SM Person", "SM Service", "SM Team", "SM Role", "SM Process", "SM Stakeholder"],
    )
    @pytest.mark.parametrize("title", [None, "", "  "])
    def test_a_record_without_a_title_is_refused_in_words(self, doctype, title):
        refused(new(doctype, title=title), "This is missing. Fill it in.")

    def test_what_belongs_to_a_plan_needs_a_title_too(self, plan):
        refused(new("SM Objective", plan=plan), "Title: This is missing.")
        refused(new("SM Waiver", plan=plan, rule="SVC-05"), "Title: This is missing.")

    def test_a_plan_file_may_leave_titles_out_and_the_record_goes_on(self, minimal):
        service, *others = minimal.services
        untitled = dataclasses.replace(minimal, services=(dataclasses.replace(service, title=""), *others))
        name = plan_writer.save(untitled)
        assert plan_reader.load(name).get("services", service.id).title == ""
        document = frappe.get_doc("SM Service", service.id)
        document.outcome = "Something else"
        document.save()
        assert frappe.db.get_value("SM Service", service.id, "outcome") == "Something else"

    def test_a_title_that_is_there_is_not_taken_away(self):
        team = new("SM Team", title="A team").insert()
        team.title = ""
        refused(team, "Title: This is missing.")


class TestIds:
    def test_ids_are_numbers_where_nobody_wants_otherwise(self):
        assert frappe.get_meta("SM Settings").get_field("record_names").default == "Number"
        assert re.fullmatch(r"PER-\d{4}", new("SM Person", title="Bert Test").insert().name)

    def test_ids_are_made_from_titles_where_a_site_wants_that(self, plan):
        frappe.db.set_single_value("SM Settings", "record_names", "Title")
        assert new("SM Person", title="Bert Test").insert().name == "bert-test"
        assert new("SM Person", title="Bert  Test!").insert().name == "bert-test-2"
        assert re.fullmatch(r"PER-\d{4}", new("SM Person", title="山田").insert().name)
        objectives = [
            new("SM Objective", plan=plan, title=title).insert().id for title in ("Fast", "Fast", "速")
        ]
        assert objectives == ["fast", "fast-2", "OBJ-03"]
        assert new("SM Service", title="Payroll").insert(set_name="my-own").name == "my-own"
        assert new("SM Plan", title="Next plan").insert().name.startswith("SMP-")


class TestLinks:
    def test_nothing_is_linked_to_itself(self):
        person = new("SM Person", title="Bert Test").insert()
        person.reports_to = person.name
        refused(person, "Reports To: This is the record itself. Choose another.")
        service = new("SM Service", title="Payroll").insert()
        service.append("dependencies", {"service": service.name})
        refused(service, "Depends On, row 1 · Service: This is the record itself.")

    def test_a_part_of_another_plan_is_refused_by_titles(self, plan):
        other = new("SM Plan", title="Another plan").insert().name
        goal = new("SM Objective", plan=other, title="Cheaper contacts").insert()
        refused(
            new("SM Improvement", lineage=plan, title="Chat", objective=goal.name),
            f"“Cheaper contacts ({goal.name})” does not belong to the plan “Our plan ({plan})”.",
            "Choose one that belongs to this plan.",
        )

    def test_what_a_plan_file_brought_stays_while_it_is_not_touched(self, minimal):
        service, *others = minimal.services
        row = type(service).__dataclass_fields__["dependencies"].metadata["spec"].row(service=service.id)
        circular = dataclasses.replace(service, dependencies=(row,))
        plan_writer.save(dataclasses.replace(minimal, services=(circular, *others)))
        document = frappe.get_doc("SM Service", service.id)
        document.outcome = "Something else"
        document.save()
        document.append("dependencies", {"service": others[0].id if others else service.id})
        refused(document, "This is the record itself.")

    def test_a_planner_searches_with_the_filters_of_the_form(self, plan, make_user, acting_as):
        other = new("SM Plan", title="Another plan").insert().name
        mine = new("SM Objective", plan=plan, title="Mine").insert().name
        new("SM Objective", plan=other, title="Theirs").insert()
        make_user("SM Planner User", name=PLANNER)
        with acting_as(PLANNER):
            found = search_link("SM Objective", "", filters={"plan": ["=", plan]})
        assert [(row["value"], row["label"]) for row in found] == [(mine, "Mine")]

    def test_the_desk_of_a_planner_knows_what_links_offer(self, make_user, acting_as):
        from sm_planner.adapters.desk.boot import extend

        told, kept = frappe._dict(), frappe._dict()
        with acting_as(make_user("SM Planner User", name=PLANNER)):
            extend(told)
        with acting_as(make_user(name="nobody@example.org")):
            extend(kept)
        assert told.sm_planner["choices"] == link_choices.choices()
        assert told.sm_planner["kinds"]["SM Service"] == "Service"
        assert kept == {}


class TestAccounts:
    def test_a_name_is_no_account(self):
        refused(new("SM Person", title="Oscar Owner", user="Oscar Owner"), "Could not find", "Oscar Owner")

    def test_an_account_is_found_whatever_its_letters(self, make_user):
        make_user("SM Planner User", name=PLANNER)
        person = new("SM Person", title="Paula", user="Planner@Example.org").insert()
        assert (person.user, person.account) == (PLANNER, "Enabled")

    def test_planners_choose_accounts_without_rights_on_them(self, make_user, acting_as):
        make_user("SM Planner User", name=PLANNER)
        with acting_as(PLANNER):
            found = search_link("User", "planner@", filters={"user_type": ["=", "System User"]})
            assert not frappe.has_permission("User", "read", "Administrator")
        assert [row["value"] for row in found] == [PLANNER]

    def test_an_account_that_a_plan_file_names_need_not_be_there(self, minimal):
        person = next(one for one in minimal.people if one.user)
        plan_writer.save(minimal)
        document = frappe.get_doc("SM Person", person.id)
        assert (document.user, document.account) == (person.user, "Not on This Site")
        document.department = "Elsewhere"
        document.save()
        document.user = "somebody-else@example.org"
        refused(document, "Could not find")

    def test_what_is_told_of_an_account_follows_it(self, make_user, on_site, minimal):
        person = next(one for one in minimal.people if one.user)
        stored = lambda: frappe.db.get_value("SM Person", person.id, ["account", "enabled"])  # noqa: E731
        assert stored()[0] == "Not on This Site"
        make_user("SM Planner User", name=person.user)
        assert stored() == ("Enabled", 1)
        user = frappe.get_doc("User", person.user)
        user.enabled = 0
        user.save()
        assert stored() == ("Disabled", 0)
        assert person.id not in [row["value"] for row in search_link("SM Person", person.id)]

    def test_migrating_puts_right_what_sql_changed_and_nothing_else(
        self, make_user, on_site, minimal, count_queries
    ):
        person = next(one for one in minimal.people if one.user)
        make_user("SM Planner User", name=person.user)
        frappe.db.sql("update `tabUser` set enabled = 0 where name = %s", person.user)
        accounts.refresh()  # as each migrate does
        assert frappe.db.get_value("SM Person", person.id, "account") == "Disabled"
        with count_queries() as made:
            accounts.refresh()
        assert not [query for query in made if query.lstrip().lower().startswith("update")]

    def test_who_has_no_account_says_so(self):
        assert new("SM Person", title="Paula").insert().account == ""


class TestWaivers:
    @pytest.fixture
    def waiver(self, on_site, minimal):
        people = [person.id for person in minimal.people]
        return new(
            "SM Waiver",
            lineage=minimal.lineage,
            title="For now",
            rule="SVC-05",
            record=minimal.services[0].id,
            reason="Known.",
            requester=people[0],
            approver=people[1],
            expires="2099-01-01",
        )

    def test_a_waiver_in_order_says_so(self, waiver):
        assert waiver.insert().in_order

    @pytest.mark.parametrize(
        ("changes", "text"),
        [
            ({"rule": "svc-15"}, "“For now” waives svc-15, which is not a rule. Did you mean SVC-15?"),
            ({"record": "Nowhere"}, "“For now” is for the record “Nowhere”, which is not in the plan."),
            ({"approver": "REQUESTER"}, "Approver: This is the same as under Requester. Choose another."),
        ],
    )
    def test_what_could_never_hold_is_refused(self, waiver, changes, text):
        values = {
            name: waiver.requester if value == "REQUESTER" else value for name, value in changes.items()
        }
        waiver.update(values)
        refused(waiver, text)

    def test_a_title_instead_of_an_id_leads_to_it(self, waiver, minimal):
        waiver.record = minimal.services[0].title
        refused(waiver, f"Did you mean {minimal.services[0].id}?")

    def test_a_waiver_that_is_not_complete_is_saved_and_not_in_order(self, waiver):
        waiver.approver = None
        assert not waiver.insert().in_order

    def test_a_waiver_of_a_plan_file_is_kept_and_not_in_order(self, minimal):
        void = Waiver(id="w", title="Void", rule="svc-15", record="Nowhere", requester=minimal.people[0].id)
        plan_writer.save(dataclasses.replace(minimal, waivers=(void,)))
        name = f"{minimal.lineage}-w"
        document = frappe.get_doc("SM Waiver", name)
        document.reason = "It came like this."
        document.save()
        assert frappe.db.get_value("SM Waiver", name, ["rule", "in_order"]) == ("svc-15", 0)

    def test_rules_and_records_are_chosen_from_lists(self, on_site, minimal):
        offered = api.waivable(minimal.lineage)
        rules = {row["value"]: row["description"] for row in offered["rules"]}
        assert rules["SVC-05"] and "PLN-01" not in rules and "INT-04" not in rules
        service = minimal.services[0]
        assert {"value": service.id, "label": service.title, "description": "SM Service"} in offered[
            "records"
        ]
        assert api.waivable()["records"] == []


class TestCalendars:
    WINDOW = {"weekday": "Monday", "opens": "08:00", "closes": "17:00"}

    def test_the_time_zone_of_the_site_is_taken_where_none_is_given(self):
        calendar = new("SM Service Calendar", title="Office", windows=[self.WINDOW]).insert()
        assert calendar.timezone == frappe.utils.get_system_timezone()
        assert calendar.countable

    @pytest.mark.parametrize(
        ("changes", "text"),
        [
            ({"timezone": "Dublin"}, "there is no time zone “Dublin”. Did you mean Europe/Dublin?"),
            ({"windows": [{**WINDOW, "opens": "8"}]}, "Monday: 8 to 17:00 is not a valid period of time."),
            ({"valid_from": "2027-02-01", "valid_until": "2027-01-01"}, "before its first day"),
        ],
    )
    def test_what_cannot_be_counted_is_refused(self, changes, text):
        values = {"title": "Office", "timezone": "Europe/Dublin", "windows": [self.WINDOW], **changes}
        refused(new("SM Service Calendar", **values), text)

    def test_a_calendar_without_windows_cannot_be_counted_yet(self):
        assert not new("SM Service Calendar", title="Office").insert().countable

    def test_a_calendar_of_a_plan_file_is_kept_as_it_is(self, minimal):
        calendar, *others = minimal.calendars
        odd = dataclasses.replace(calendar, timezone="Dublin")
        plan_writer.save(dataclasses.replace(minimal, calendars=(odd, *others)))
        stored = frappe.get_doc("SM Service Calendar", calendar.id)
        assert (stored.timezone, stored.countable) == ("Dublin", 0)
        stored.title = "Another title"
        stored.save()


class TestDeputies:
    def test_only_who_may_sign_for_another_is_offered(self, make_user, acting_as):
        def person(title: str, *roles: str, **more: object) -> str:
            user = make_user(*roles, name=f"{title.lower()}@example.org") if roles else None
            return new("SM Person", title=title, user=user, **more).insert().name

        signer, deputy = (person(title, "SM Executive Sponsor") for title in ("Sonja", "Dieter"))
        person("Paula", "SM Planner User")
        person("Nobody")
        gone = frappe.get_doc(
            "User", frappe.db.get_value("SM Person", person("Gone", "SM Executive Sponsor"), "user")
        )
        gone.enabled = 0
        gone.save()
        with acting_as("sonja@example.org"):
            found = search_link(
                "SM Person", "", query="sm_planner.api.deputies", filters={"principal": signer}
            )
            narrowed = api.deputies(txt="no such", asked={"principal": signer})
        offered = {row["value"]: row["label"] for row in found}
        assert offered[deputy] == "Dieter"
        assert {"Sonja", "Paula", "Nobody", "Gone"}.isdisjoint(offered.values())
        assert narrowed == []


class TestForms:
    def told_by(self, doctype: str, name: str) -> dict:
        frappe.response.docs = []
        getdoc(doctype, name)
        return frappe.response.docs[0].get("__onload").sm_planner

    def test_a_draft_is_open(self, on_site, minimal):
        told = self.told_by("SM Objective", f"{on_site}-{minimal.objectives[0].id}")
        assert (told["note"], told["fields"]) == ("", None)

    def test_of_a_plan_under_review_what_is_signed_is_closed(self, to_sign, minimal):
        told = self.told_by("SM Objective", f"{to_sign}-{minimal.objectives[0].id}")
        assert told["fields"] == []
        assert told["note"].endswith(
            "is To Sign. Only a Draft can be changed. Return the plan to Draft first."
        )

    def test_who_only_reads_needs_no_note(self, to_sign, minimal, make_user, acting_as):
        with acting_as(make_user("SM Auditor", name="auditor@example.org")):
            told = self.told_by("SM Objective", f"{to_sign}-{minimal.objectives[0].id}")
        assert (told["note"], told["fields"]) == ("", None)

    def test_versions_are_told_by_titles(self):
        """Frappe 16 keeps titles, Frappe 15 names."""
        old, now = (new("SM Person", title=title).insert().name for title in ("Anna", "Bert"))
        service = new("SM Service", title="Payroll", service_owner=old).insert()
        service.service_owner = now
        service.save(ignore_version=False)
        titles = form_facts.facts(service)["titles"]["SM Person"]
        data = frappe.db.get_value("Version", {"docname": service.name}, "data", order_by="creation desc")
        ((_field, *values),) = frappe.parse_json(data)["changed"]
        assert [titles.get(value, value) for value in values] == ["Anna", "Bert"]

    def test_prints_of_a_scope_tell_plain_kinds_and_titles(self, on_site, minimal):
        rows = frappe.get_doc("SM Plan", on_site).scope
        printed = {(row.get_formatted("record_type"), row.get_formatted("record")) for row in rows}
        assert ("Service", minimal.services[0].title) in printed


class TestOwners:
    """A service owner writes what belongs to services of theirs, and nothing else."""

    @pytest.fixture
    def owner(self, make_user) -> str:
        user = make_user("SM Service Owner", name="owner@example.org")
        return new("SM Person", title="Olga Owner", user=user).insert().name

    def document(self, doctype: str, service: str, owner: str = ""):
        customer = new("SM Stakeholder", title="Wards").insert().name
        values = {
            "SM Agreement": {"kind": "SLA", "scope": [{"service": service}], "agreement_owner": owner},
            "SM Catalogue Entry": {"service": service},
            "SM Component": {"services": [{"record": service}]},
            "SM Customer Requirement": {"customer": customer, "service": service},
        }
        return new(doctype, title="Before", **values[doctype]).insert()

    def save_as_owner(self, document, acting_as, user: str = "owner@example.org") -> None:
        with acting_as(user):
            found = frappe.get_doc(document.doctype, document.name)
            found.title = "After"
            found.save()

    def test_services_of_others_are_not_saved(self, owner, acting_as):
        mine = new("SM Service", title="Before", service_owner=owner).insert()
        self.save_as_owner(mine, acting_as)
        assert frappe.db.get_value("SM Service", mine.name, "title") == "After"
        for other in (new("SM Service", title="Before").insert(),):
            with pytest.raises(frappe.PermissionError):
                self.save_as_owner(other, acting_as)

    def test_a_service_is_not_taken_over_nor_given_away(self, owner, acting_as):
        other = new("SM Service", title="Theirs").insert()
        mine = new("SM Service", title="Mine", service_owner=owner).insert()
        with acting_as("owner@example.org"):
            for name, to in ((other.name, owner), (mine.name, None)):
                service = frappe.get_doc("SM Service", name)
                service.service_owner = to
                with pytest.raises(frappe.PermissionError):
                    service.save()

    @pytest.mark.parametrize(
        "doctype", ["SM Agreement", "SM Catalogue Entry", "SM Component", "SM Customer Requirement"]
    )
    def test_what_is_about_a_service_belongs_to_its_owner(self, doctype, owner, acting_as):
        mine = new("SM Service", title="Mine", service_owner=owner).insert().name
        other = new("SM Service", title="Theirs").insert().name
        self.save_as_owner(self.document(doctype, mine), acting_as)
        with pytest.raises(frappe.PermissionError):
            self.save_as_owner(self.document(doctype, other), acting_as)

    def test_an_agreement_belongs_to_its_owner_too(self, owner, acting_as):
        other = new("SM Service", title="Theirs").insert().name
        self.save_as_owner(self.document("SM Agreement", other, owner), acting_as)

    def test_planners_save_the_services_of_all(self, owner, make_user, acting_as):
        service = new("SM Service", title="Before", service_owner=owner).insert()
        both = make_user("SM Planner User", "SM Service Owner", name=PLANNER)
        self.save_as_owner(service, acting_as, both)

    def test_the_form_of_a_foreign_service_says_who_changes_it(self, owner, acting_as):
        service = new("SM Service", title="Theirs").insert()
        with acting_as("owner@example.org"):
            told = form_facts.facts(frappe.get_doc("SM Service", service.name))
        assert told["fields"] == []
        assert told["note"] == "Only the owner of the service or a planner can change this."


def test_what_was_on_the_site_before_says_what_it_is_after_the_patch(minimal):
    waiver = Waiver(id="w", title="Void", rule="svc-15", requester=minimal.people[0].id)
    plan_writer.save(dataclasses.replace(minimal, waivers=(waiver,)))
    name = f"{minimal.lineage}-w"
    frappe.db.set_value("SM Service Calendar", minimal.calendars[0].id, "countable", 0)
    frappe.db.set_value("SM Waiver", name, "in_order", 1)
    records_say_what_they_are.execute()
    assert frappe.db.get_value("SM Service Calendar", minimal.calendars[0].id, "countable") == 1
    assert frappe.db.get_value("SM Waiver", name, "in_order") == 0
