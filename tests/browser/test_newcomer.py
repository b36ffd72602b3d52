"""A newcomer's first plan, from nothing to its sponsor: how many clicks and saves it takes with a template."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_kit import PASSWORD, act, call

NADIA, BERIT = "nadia.newcomer@example.com", "berit.holm@example.com"
SPONSOR = "Berit Lind"

MADE = (
    *("SM RACI Entry", "SM Objective", "SM Communication", "SM Improvement", "SM Plan", "SM Lineage"),
    *("SM Agreement", "SM Catalogue Entry", "SM Service", "SM Stakeholder", "SM Process", "SM Role"),
    *("SM Team", "SM Service Calendar", "SM Person", "User"),
)
"""What the walk makes, in the order in which it can go."""

COUNT = """() => {
    if (self !== top) return;
    const add = (what) => sessionStorage.setItem(what, 1 + Number(sessionStorage.getItem(what) || 0));
    document.addEventListener("click", (event) => event.isTrusted && event.detail && add("clicks"), true);
}"""
QUIET = """() => {
    if (window.jQuery && jQuery.active) window.smp_quiet = 0;
    else window.smp_quiet ||= Date.now();
    return window.smp_quiet && Date.now() - window.smp_quiet > 400;
}"""
WRITES = (
    "savedocs",
    "apply_workflow",
    "start_plan",
    "add_records",
    "save_raci_sheet",
    "looked_at",
    "client.set_value",
)


class Newcomer:
    """Somebody at the Desk, whose clicks and saves are counted."""

    def __init__(self, page) -> None:
        self.page = page
        self.saves: list[str] = []
        page.add_init_script(f"({COUNT})()")
        page.on("request", self._note)

    def _note(self, request) -> None:
        method = request.url.rpartition("/")[2].partition("?")[0]
        if request.method == "POST" and any(name in method for name in WRITES):
            self.saves.append(method.rpartition(".")[2])

    @property
    def clicks(self) -> int:
        return int(self.page.evaluate("() => sessionStorage.getItem('clicks') || 0"))

    def day(self, later: int = 0) -> str:
        """The day of the site that is so many days from today."""
        return self.page.evaluate(
            "(days) => frappe.datetime.add_days(frappe.datetime.get_today(), days)", later
        )

    def settle(self) -> None:
        """Wait until nothing was asked of the site for a while, and all that came is shown."""
        self.page.evaluate("() => { window.smp_quiet = 0 }")
        self.page.wait_for_function(QUIET)

    def begin(self, unit: str, template: str, why: str) -> None:
        page = self.page
        page.goto("/app/sm-plan")
        page.locator(".list-row:visible, .no-result:visible").first.wait_for()
        self.settle()  # the Desk closes dialogs when the address of a list is completed
        page.get_by_role("button", name="Start a Plan").first.click()
        dialog = page.locator(".modal.show")
        dialog.locator("input[data-fieldname=unit]").fill(unit)
        dialog.get_by_label(template).click()
        dialog.locator("input[data-fieldname=executive_sponsor]").fill(SPONSOR)
        dialog.locator("textarea[data-fieldname=why]").fill(why)
        dialog.get_by_text("pieces are taken").wait_for()
        dialog.get_by_role("button", name="Start the Plan").click()
        page.wait_for_url("**/sm-plan/SMP-*")
        page.locator(".smp-guide .smp-step").wait_for()

    def step(self, name: str) -> None:
        """Turn to a step of the guide, once it is not drawn again."""
        self.settle()
        self.page.locator(".smp-way button", has_text=name).click()
        self.page.locator(".smp-step h4", has_text=name).wait_for()

    def next(self) -> None:
        """Do what the guide says comes next."""
        self.page.locator(".smp-next .btn-primary").first.click()

    def save(self) -> None:
        self.page.keyboard.press("Control+s")
        self.page.wait_for_function("() => !cur_frm.is_dirty() && !cur_frm.is_new()")
        self.settle()

    def back(self) -> None:
        self.page.get_by_role("button", name="Back to the Guide").click()
        self.page.locator(".smp-guide .smp-step").wait_for()
        self.settle()

    def return_to_plan(self) -> None:
        """Turn back to the plan, and wait until it was checked again."""
        self.page.go_back()
        self.page.locator(".smp-guide .smp-step").wait_for()
        self.settle()

    def tab(self, name: str) -> None:
        self.page.locator(".form-tabs .nav-link:visible", has_text=name).click()

    def fill(self, field: str, text: str) -> None:
        self.page.locator(f".frappe-control[data-fieldname={field}]:visible").locator(
            "input, textarea"
        ).first.fill(text)

    def link(self, field: str, text: str) -> None:
        """Choose a record in a link field by its title."""
        field = self.page.locator(f"[data-fieldname={field}]:visible input:visible").first
        field.fill(text)
        self.choose(field, text)

    def cell(self, row, field: str):
        """The input of a cell of a table."""
        found = row.locator(f"input[data-fieldname={field}], textarea[data-fieldname={field}]")
        if not found.count() or not found.first.is_visible():
            row.locator(f".grid-static-col[data-fieldname={field}]").click()
        return found.first

    def choose(self, field, text: str) -> None:
        """Take the first choice that a field offers for a text."""
        self.page.locator(".awesomplete [role=option]:visible", has_text=text).first.wait_for()
        self.settle()
        field.press("Enter")


def names(administrator, doctype: str) -> list[str]:
    found = call(
        administrator,
        "frappe.client.get_list",
        doctype=doctype,
        limit_page_length=0,
        order_by="creation desc",
    )
    return [row["name"] for row in found]


@pytest.fixture
def newcomer(administrator, log_in) -> Iterator[Newcomer]:
    """A planner and a sponsor with accounts, on a site without a plan."""
    before = {doctype: set(names(administrator, doctype)) for doctype in MADE}
    for email, first_name, role in (
        (NADIA, "Nadia", "SM Planner Manager"),
        (BERIT, "Berit", "SM Executive Sponsor"),
    ):
        account = {"doctype": "User", "email": email, "first_name": first_name, "send_welcome_email": 0}
        call(
            administrator,
            "frappe.client.insert",
            doc={**account, "new_password": PASSWORD, "roles": [{"role": role}]},
        )
    page = log_in(NADIA)
    yield Newcomer(page)
    log_in.is_over = True
    for plan in set(names(administrator, "SM Plan")) - before["SM Plan"]:
        document = call(administrator, "frappe.client.get", doctype="SM Plan", name=plan)
        if document["state"] != "Draft":
            call(administrator, "sm_planner.api.return_plan", plan=plan, reason="The test is over.")
    for doctype in MADE:
        for name in names(administrator, doctype):
            if name not in before[doctype]:
                call(administrator, "frappe.client.delete", doctype=doctype, name=name)


WHY = (
    "People wait for days, and nobody knows who answers for what. With this plan every service has an owner, and what it "
    "promises can be kept."
)
OPEN_LETTERS = """(most) => {
    const free = [];
    for (const row of document.querySelectorAll("[role=row]"))
        for (const cell of row.querySelectorAll("[role=gridcell]"))
            if (!cell.innerText.trim() && cell.checkVisibility()) free.push([row.ariaRowIndex, cell.ariaColIndex]);
    return free.slice(0, most);
}"""


def set_the_frame(n: Newcomer) -> None:
    """The sponsor's account and authority, what the plan is for, and what it is worth."""
    n.step("People")
    n.next()
    n.link("user", "Berit")
    n.page.locator("[data-fieldname=level] select:visible").select_option("Top Management")
    n.fill("authority", "Decides about the budget, and settles conflicts between units.")
    n.save()
    n.back()

    n.tab("Scope")
    n.fill("scope_locations", "Northgate")
    n.fill("exclusions", "none")
    n.tab("Value")
    n.page.locator("[data-fieldname=value_statements] .grid-add-row").click()
    row = n.page.locator("[data-fieldname=value_statements] .grid-body .grid-row").last
    n.cell(row, "statement").fill("Fewer calls are lost")
    n.cell(row, "due").fill(n.day(300))
    n.cell(row, "measure").fill("Lost calls a month")
    person = n.cell(row, "person")
    person.fill("Nadia")
    n.choose(person, "Nadia")
    n.save()
    n.tab("Summary")


def conclude_the_agreements(n: Newcomer) -> None:
    """Each is in force, and was signed by both sides."""
    while True:
        n.step("Promises")
        n.page.locator(".smp-step dd a, .smp-step dd button", has_text="LA:").first.click()
        n.page.locator(".list-row:visible").first.wait_for()
        n.settle()
        draft = n.page.locator(".list-row:visible", has_text="Draft")
        if not draft.count():
            n.return_to_plan()
            return
        draft.first.locator("a[data-name]").first.click()
        n.page.wait_for_function(
            "() => cur_frm?.doctype === 'SM Agreement' && location.pathname.endsWith(cur_frm.doc.name)"
        )
        n.page.locator("[data-fieldname=status] select:visible").select_option("In Force")
        for field in ("signed_by_provider", "signed_by_customer"):
            n.fill(field, n.day())
            n.page.keyboard.press("Tab")
        n.save()
        n.back()


def write_letters(n: Newcomer, count: int) -> None:
    """On the sheet: where it is empty, somebody is informed. Ten letters take at most 25 clicks."""
    if not count:
        return
    before = n.clicks
    n.step("Who does what")
    n.page.get_by_role("button", name="RACI Sheet").first.click()
    n.page.get_by_role("grid").wait_for()
    cells = n.page.evaluate(OPEN_LETTERS, count)
    assert len(cells) == count
    for line, column in cells:
        n.page.locator(f"[role=row][aria-rowindex='{line}'] [aria-colindex='{column}']").click()
        n.page.keyboard.press("i")
    n.page.get_by_role("button", name="Save", exact=True).click()
    n.page.get_by_text("saved.", exact=False).last.wait_for()
    assert n.clicks - before <= 25
    n.return_to_plan()


def look_at_what_was_taken(n: Newcomer) -> None:
    """Kind by kind, from the finding that says what nobody has looked at."""
    while True:
        n.page.locator("[data-line]").or_(n.page.get_by_text("There is nothing to do.")).first.wait_for()
        line = n.page.locator("[data-line^='PLN-17']").first
        if not line.count():
            return
        if line.locator("summary").count():
            if not line.locator("details[open]").count():  # a form that is shown again has them as they were
                line.locator("summary").click()
                n.settle()
            line = line.locator(".smp-beneath").first
            if not line.count():  # the plan was checked meanwhile, and its lines are closed again
                continue
        line.locator(".smp-acts > .smp-link").first.click()
        n.page.locator(".list-row:visible").first.wait_for()
        n.settle()
        n.page.locator(".list-check-all:visible").check()
        n.page.get_by_role("button", name="Actions", exact=True).click()
        n.page.locator(".dropdown-item:visible", has_text="It Fits").click()
        n.page.locator(".desk-alert", has_text="fit").first.wait_for()
        n.settle()
        n.return_to_plan()


def send_to_the_sponsor(n: Newcomer) -> None:
    n.step("Check and send")
    n.next()
    n.page.wait_for_function("() => cur_frm.doc.state === 'In Review'")
    n.settle()
    act(n.page, "Send to Sponsor")
    n.page.wait_for_function("() => cur_frm.doc.state === 'To Sign'")


@pytest.mark.parametrize(
    ("template", "unit", "letters"),
    [("IT Service Desk", "Northgate IT", 10), ("Library", "Town Library", 0)],
)
def test_a_first_plan_reaches_its_sponsor_in_few_clicks_and_no_code_is_typed(
    newcomer, template, unit, letters, shoot
):
    """With two services, five processes and ten letters of one's own, and nothing left that the checks find."""
    newcomer.begin(unit, template, WHY)
    set_the_frame(newcomer)
    conclude_the_agreements(newcomer)
    write_letters(newcomer, letters)
    look_at_what_was_taken(newcomer)
    shoot(newcomer.page, f"looked-{unit}")
    assert newcomer.page.get_by_text("There is nothing to do.").count()
    send_to_the_sponsor(newcomer)

    assert newcomer.clicks <= 200
    assert len(newcomer.saves) <= 25
