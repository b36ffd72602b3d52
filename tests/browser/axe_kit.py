"""What axe finds on a page of the Desk or the portal, in our markup.

Source: axe-core's rules for WCAG 2.2, levels A and AA (https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_kit import PATIENCE

OURS = ", ".join(f'[class^="{own}"], [class*=" {own}"]' for own in ("smp-", "sm-"))
FRAPPES = [".indicator-pill", ".btn-primary"]
"""Widgets of Frappe within ours: their colours are those of the site's theme."""
SCREENS = {"wide": {"width": 1440, "height": 960}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")

FIND = """async ([ours, exclude, theme]) => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.themeMode = theme;
    await new Promise((done) => setTimeout(done, 250)); // colours change by transitions
    const shown = [...document.querySelectorAll(ours)].filter((one) => one.checkVisibility());
    const include = shown.filter((one) => !shown.some((other) => other !== one && other.contains(one)));
    if (!include.length) return [0, []];
    const { violations } = await axe.run({ include, exclude }, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        resultTypes: ["violations"],
    });
    return [include.length, violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(
        ({ id, nodes }) => nodes.slice(0, 3).map(({ html, any, all, none }) =>
            `${id}: ${html.slice(0, 160)} (${[...any, ...all, ...none].map((one) => one.message).join("; ").slice(0, 200)})`,
        ),
    )];
}"""


def script() -> str:
    """axe-core, as the package for Playwright brings it."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return Path(package.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


def look(page, name: str, *, ours: str = OURS, needed: bool = True) -> list[str]:
    """What is found on what is shown, in both themes and on both screens. ours: what is
    looked at. needed: something of it has to be there."""
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(script())
    theme_before = page.evaluate("() => document.documentElement.dataset.theme")
    found = []
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        for theme in THEMES:
            count, violations = page.evaluate(FIND, [ours, FRAPPES, theme])
            found += [f"{name}, {screen}, {theme}: {one}" for one in violations]
            if needed and not count and screen == "wide":
                found.append(f"{name}, {screen}, {theme}: nothing of ours is shown")
    page.set_viewport_size(SCREENS["wide"])
    page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme_before)
    return found


def settle(page) -> None:
    """Wait until nothing was asked of the site for a while."""
    page.wait_for_function("() => !window.jQuery || !jQuery.active", timeout=PATIENCE)
    page.wait_for_timeout(400)
