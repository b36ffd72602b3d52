"""The Desk in Chromium: pages that tolerate no error.

The site is that of ``SM_PLANNER_TEST_SITE``; without it, Playwright or Chromium these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_kit import PASSWORD, PATIENCE, PLANNER, SPONSOR, call

SITE = os.environ.get("SM_PLANNER_TEST_SITE", "")
BENCH = os.environ.get("SM_PLANNER_BENCH", "")
CHROMIUM = shutil.which("chromium") or ""
SCREENSHOTS = os.environ.get("SM_PLANNER_SCREENSHOTS", "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def _why_not() -> str:
    if not SITE or not BENCH:
        return "SM_PLANNER_BENCH and SM_PLANNER_TEST_SITE name no site"
    if not CHROMIUM:
        return "chromium is not installed"
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = _why_not()
    for item in items:
        if reason and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


def enter(context, user: str, password: str) -> None:
    """Log in. That may fail on a busy MariaDB 11.8: Frappe reads the user, then locks the row."""
    for _ in range(3):
        answer = context.request.post("/api/method/login", form={"usr": user, "pwd": password})
        if answer.ok:
            return
    raise AssertionError(answer.text())


NO_WORDS_BY_CHANCE = """{
    const drawn = Math.random, first_letters = [..."fntv"].map((letter) => letter.charCodeAt(0) - 97 + 26);
    Math.random = () => {
        for (;;) {
            const number = drawn();
            if (!first_letters.includes(Math.floor(number * 52))) return number;
        }
    };
}"""
"""Frappe names the variables of its loops in templates by three letters drawn from 52, and the Desk does not start where they are
``for``, ``new``, ``try`` or ``var``: once in some hundred starts. Here their first letters are not drawn."""


@pytest.fixture
def log_in(server: str, browser) -> Iterator[Callable]:
    """Opens a page as a user. A test fails on any error in the console or on an answer of 400 and above,
    except those whose address or text contains something of ``expected``."""
    contexts = []
    errors: list[str] = []

    def open_as(user: str, password: str = PASSWORD, expected: tuple[str, ...] = (), *, touch: bool = False):
        """touch: on a phone."""
        screen = {"width": 390, "height": 844} if touch else {"width": 1440, "height": 960}
        context = browser.new_context(viewport=screen, has_touch=touch, is_mobile=touch, base_url=server)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        enter(context, user, password)
        # Realtime messages come from another server, which these tests do not start.
        context.route("**/socket.io/**", lambda route: route.abort())
        context.add_init_script(NO_WORDS_BY_CHANCE)
        # Charts of Frappe are drawn before a narrow page has its width, and once more when it has.
        tolerated = ("socket.io", "ERR_FAILED", "<rect> attribute width: A negative value", *expected)

        def note(text: str) -> None:
            if not open_as.is_over and not any(part in text for part in tolerated):
                errors.append(text)

        page = context.new_page()
        page.on("console", lambda message: message.type == "error" and note(message.text))
        page.on("pageerror", lambda error: note(str(error)))
        page.on(
            "response", lambda response: response.status >= 400 and note(f"{response.status} {response.url}")
        )
        return page

    open_as.is_over = False  # afterwards pages of accounts that are gone may be refused
    yield open_as
    for number, context in enumerate(contexts):
        for page in context.pages if SCREENSHOTS else ():
            page.screenshot(path=str(Path(SCREENSHOTS) / f"last-{number}.png"))
        context.close()
    assert errors == []


@pytest.fixture
def shoot() -> Callable:
    """Takes a screenshot into the folder ``SM_PLANNER_SCREENSHOTS``, if there is one."""

    def take(page, name: str) -> None:
        if SCREENSHOTS:
            page.wait_for_timeout(800)
            page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"))

    return take


@pytest.fixture(scope="session")
def administrator(server: str, browser) -> Iterator:
    """A page of the Administrator for what tests need before and after them: the Desk starts once for all."""
    context = browser.new_context(base_url=server)
    context.set_default_timeout(PATIENCE)
    enter(context, "Administrator", "admin")
    context.route("**/socket.io/**", lambda route: route.abort())
    page = context.new_page()
    page.goto("/app/sm-settings")
    page.wait_for_selector("text=IT Departments")
    yield page
    context.close()


@pytest.fixture
def example(log_in: Callable, administrator) -> Iterator[str]:
    """The example plan, loaded for the test; its name."""
    name = call(administrator, "sm_planner.api.load_example", password=PASSWORD)
    yield name
    log_in.is_over = True
    call(administrator, "sm_planner.api.clear_example")


@pytest.fixture
def in_force(log_in, example) -> str:
    """The example, signed by its sponsor; its name."""
    planner, sponsor = log_in(PLANNER), log_in(SPONSOR)
    for page in (planner, sponsor):
        page.goto("/app/sm-plan")
        page.locator(".list-row").first.wait_for()
    for action in ("Send for Review", "Send to Sponsor"):
        document = call(planner, "frappe.client.get", doctype="SM Plan", name=example)
        call(planner, "frappe.model.workflow.apply_workflow", doc=document, action=action)
    seen = call(sponsor, "sm_planner.api.sign_off_summary", plan=example)["seen_hash"]
    call(
        sponsor,
        "sm_planner.api.sign",
        plan=example,
        seen_hash=seen,
        password=PASSWORD,
        meaning="I approve this plan and fund it.",
    )
    return example


@pytest.fixture
def give_default(administrator, example: str) -> Callable[[str, str, str], None]:
    """Gives a user of the example a default, as an administrator does in the form of the user."""

    def give(user: str, key: str, value: str) -> None:
        document = call(administrator, "frappe.client.get", doctype="User", name=user)
        document["defaults"].append({"defkey": key, "defvalue": value})
        call(administrator, "frappe.client.save", doc=document)

    return give
