"""The plan book: the whole plan as one HTML file, for the screen and for paper.

The file stands by itself: no script, no picture or font from elsewhere. The same plan and day give the same
text. Every text of a plan is escaped by the template engine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sm_planner.engine.model import GRADES, WEEKDAYS, Plan
from sm_planner.engine.model.states import TO_SIGN
from sm_planner.engine.texts import Number
from sm_planner.reports import quantities, templating
from sm_planner.reports.book import money, wording
from sm_planner.reports.book.chapters import CHAPTERS
from sm_planner.reports.book.material import Material
from sm_planner.reports.book.summary import summary
from sm_planner.reports.chart import draw
from sm_planner.reports.service_map.draw import style as map_style
from sm_planner.reports.table import Chart, Translate, in_english

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from sm_planner.engine.attainment import EventLog


def render(
    plan: Plan,
    today: date,
    translate: Translate = in_english,
    language: str = "en",
    log: EventLog | None = None,
    back: str = "",
    number: Callable[[Number], str] = str,
) -> str:
    """The book of a plan. translate gives the book's own texts in that language; the plan's stay as they are.

    log: tickets, for a chapter about what was promised and kept. back: the address of the plan's form, on a site. number: how
    its reader writes numbers.
    """
    words = wording.Wording(plan, translate, number)
    material = Material(plan, today, words, log)
    return (
        _environment(words)
        .get_template("book.html")
        .render(
            plan=plan,
            material=material,
            summary=summary(material),
            chapters=[chapter for chapter in CHAPTERS if chapter.wanted(material)],
            map_style=map_style(),
            language=language,
            back=back,
            to_sign=plan.state == TO_SIGN,
            grades=GRADES,
        )
    )


def render_summary(
    plan: Plan,
    today: date,
    translate: Translate = in_english,
    language: str = "en",
    number: Callable[[Number], str] = str,
) -> str:
    """The sponsor's page of the book by itself, see :func:`render`."""
    words = wording.Wording(plan, translate, number)
    material = Material(plan, today, words)
    template = _environment(words).get_template("sponsor.html")
    return template.render(plan=plan, material=material, summary=summary(material), language=language)


def render_funding(
    plan: Plan,
    today: date,
    translate: Translate = in_english,
    language: str = "en",
    back: str = "",
    number: Callable[[Number], str] = str,
) -> str:
    """The funding request of a plan on one page, see :func:`render`."""
    words = wording.Wording(plan, translate, number)
    template = _environment(words).get_template("funding.html")
    return template.render(plan=plan, today=today, page=money.page(plan, today), language=language, back=back)


def _environment(words: wording.Wording) -> Environment:
    environment = templating.environment("sm_planner.reports.book", words.show)
    environment.globals.update(
        _=words.say,
        show=words.show,
        day=words.day,
        day_of_year=words.day_of_year,
        between=words.between,
        moment=words.moment,
        name=words.name,
        names=words.names,
        number=quantities.number,
        amount=partial(money.amount, words),
        quantity=quantities.quantity,
        anchor=wording.anchor,
        css_string=wording.css_string,
        weekdays=WEEKDAYS,
        draw_chart=partial(_draw_chart, words),
    )
    return environment


def _draw_chart(words: wording.Wording, chart: Chart, id: str) -> Markup:
    from markupsafe import Markup

    # Written by an XML writer, which escapes every text.
    return Markup(draw(chart, id, words.translate, words.written))  # noqa: S704
