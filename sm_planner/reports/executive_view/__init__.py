"""The executive view: four questions in their order, each answered by a few figures; as a page, and as a weekly mail.

What waits for me, are promises kept, do we improve, what is at risk. A figure says what it is compared with, what it means, or why
it is not known, and leads to the records that this is about. It is a pure function of plans, a reader and a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sm_planner import __version__
from sm_planner.engine.model import Plan
from sm_planner.engine.texts import N_, Text, listed, say
from sm_planner.reports import templating
from sm_planner.reports.executive_view import improving, promises, risks, waits
from sm_planner.reports.executive_view.view import Figure, Opens, Reader, Section, Tone, ToSign, View

__all__ = [
    "Figure",
    "Mail",
    "Opens",
    "Reader",
    "Section",
    "ToSign",
    "Tone",
    "View",
    "executive_view",
    "mail",
    "page",
]

STYLE = f"/assets/sm_planner/css/executive_view.css?v={__version__}"

Tell = Callable[[Text], str]
"""A text in the words of its reader."""

Address = Callable[[Opens], str]
"""Where something is opened; empty for nowhere."""

TONES = {
    Tone.GOOD: N_("well"),
    Tone.WATCH: N_("to watch"),
    Tone.BAD: N_("act"),
    Tone.UNKNOWN: N_("not known"),
}
"""How a figure stands, in words beside its colour."""

COLORS = {Tone.GOOD: "#1d6b3a", Tone.WATCH: "#9a5b00", Tone.BAD: "#a3151f", Tone.UNKNOWN: "#4f5b66"}
"""The same in a mail, which knows no theme: dark enough on white."""


def executive_view(plans: Sequence[Plan], reader: Reader, today: date) -> View:
    """What somebody is told of plans in force that he may read."""
    return View(
        plans=tuple((plan.id, plan.title or plan.id) for plan in plans),
        today=today,
        sections=(
            Section("waits", say(N_("What waits for me")), waits.figures(plans, reader, today)),
            Section("promises", say(N_("Are promises kept")), promises.figures(plans, today)),
            Section("improving", say(N_("Do we improve")), improving.figures(plans, today)),
            Section("risks", say(N_("What is at risk")), risks.figures(plans, today)),
        ),
    )


def page(
    view: View,
    *,
    tell: Tell,
    address: Address,
    choices: Sequence[Mapping[str, str]] = (),
    chosen: str = "",
    mailed: bool = False,
) -> str:
    """The view as HTML for a page of the Desk. choices: plans to choose from, by name and title. chosen: the one that is shown
    alone. mailed: whether the reader gets it as a weekly mail."""
    return _template("page.html", tell).render(
        view=view,
        choices=choices,
        chosen=chosen,
        mailed=mailed,
        address=address,
        tones=TONES,
        style=STYLE,
    )


@dataclass(frozen=True)
class Mail:
    """A mail, as HTML and as plain text."""

    subject: str
    html: str
    text: str


def mail(view: View, *, tell: Tell, address: Address, links: Mapping[str, str]) -> Mail:
    """The view as a mail; one line where there is nothing to say. links: where the ``page`` is, and where one ends the mails
    (``stop``)."""
    titles = listed((title for _id, title in view.plans), ", ")
    about = (
        say(N_("Nothing waits for you, and nothing is at risk: {0}."), titles) if view.is_quiet else titles
    )
    subject = say(N_("Executive view of {0}: {1}"), view.today, _first(view))
    html = _template("mail.html", tell).render(
        view=view, about=about, address=address, links=links, tones=TONES, colors=COLORS
    )
    return Mail(" ".join(tell(subject).split()), html, _plain(view, tell, address, links, about))


def _first(view: View) -> Text:
    """What the subject says: what asks for something, counted."""
    acts = sum(figure.tone is Tone.BAD for figure in view.figures)
    if acts == 1:
        return say(N_("1 figure asks you to act"))
    return say(N_("{0} figures ask you to act"), acts) if acts else say(N_("nothing asks you to act"))


def _plain(view: View, tell: Tell, address: Address, links: Mapping[str, str], about: Text) -> str:
    """The mail as text: the same sentences, a figure a paragraph, its address beneath."""
    blocks = [tell(about)]
    for section in () if view.is_quiet else view.sections:
        blocks.append(tell(section.question).upper())
        blocks += ["\n".join(_lines(figure, tell, address)) for figure in section.figures]
    ends = ((N_("Open the executive view"), links["page"]), (N_("Get this mail no more"), links["stop"]))
    blocks += [f"{tell(Text(label))}: {link}" for label, link in ends]
    return "\n\n".join(blocks) + "\n"


def _lines(figure: Figure, tell: Tell, address: Address) -> list[str]:
    value = figure.value or Text(N_("not known"))
    told = f"{tell(figure.label)}: {tell(value)} ({tell(Text(TONES[figure.tone]))})"
    lines = [told, tell(figure.sentence), tell(figure.comparison)]
    if link := address(figure.opens):
        lines.append(link)
    return lines


def _template(name: str, tell: Tell) -> Any:
    return templating.environment("sm_planner.reports.executive_view", tell).get_template(name)
