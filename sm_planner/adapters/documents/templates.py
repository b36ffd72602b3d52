"""Plans begun with a template, templates taken into drafts, and records that somebody has looked at."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, get_fullname, get_system_timezone, getdate

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer, record
from sm_planner.adapters.guards.request_parts import parsed
from sm_planner.adapters.site import doctypes, locks
from sm_planner.adapters.site.accounts import people_of
from sm_planner.adapters.site.doctypes import DOCTYPES, PLAN, SHARED
from sm_planner.adapters.site.places import MARK, MARKED_FIELDS
from sm_planner.adapters.site.presentation import called, refuse, told_html
from sm_planner.engine.checks.depths import reaches
from sm_planner.engine.model import Person, Plan
from sm_planner.engine.model.states import DRAFT
from sm_planner.engine.model.values import folded, id_from
from sm_planner.engine.model.vocabulary import CONTEXT_TYPES, DEPTHS, LEVELS
from sm_planner.engine.sign_off import refusals
from sm_planner.engine.templates import starting, taking
from sm_planner.engine.templates.deeper import More, more_at
from sm_planner.engine.templates.library import TAKEN, Template, shipped
from sm_planner.engine.templates.words import in_words

PERSON = DOCTYPES["people"]
MOST = 500
"""Records that are said to fit in one request."""
NOT_STARTED = "The plan was not started"


def template_of(name: str) -> Template:
    """The template of that id."""
    found = shipped().get(name)
    if not found:
        frappe.throw(
            _("There is no template “{0}”. Choose one of these: {1}.").format(
                escape_html(name), ", ".join(shipped())
            )
        )
    return found


def content_of(template: Template, situation: str, depth: str) -> Plan:
    """What a template holds, in the language of the user; without a situation, or a depth, for all of them."""
    for refused in starting.unknown(situation or CONTEXT_TYPES[0], depth or DEPTHS[0]):
        frappe.throw(told_html(refused))
    return in_words(template.content(situation, depth), _)


@dataclass(frozen=True)
class Offer:
    """What a template that a plan was started from brings in addition at another depth, in the language of the plan."""

    template: Template
    title: str
    more: More


def offers(plan: Plan, depth: str) -> Iterator[Offer]:
    """What the templates of a plan bring in addition at that depth; none that brings nothing."""
    for template in filter(None, map(shipped().get, plan.templates)):
        language = _language(plan, template)
        more = more_at(plan, template, depth, lambda content, to=language: _in(content, to))
        if more.pieces:
            yield Offer(template, _(template.title, language), more)


def _language(plan: Plan, template: Template) -> str:
    """The language in which a plan has what it took, whoever asks: in another one, all of it would seem to be missing."""
    held = template.content(plan.context_type, plan.depth)
    of_site = frappe.db.get_single_value("System Settings", "language")
    languages = filter(None, dict.fromkeys((frappe.local.lang, of_site, "en")))
    return max(languages, key=lambda to: sum(one.there for one in taking.pieces(_in(held, to), plan)))


def _in(content: Plan, language: str) -> Plan:
    return in_words(content, lambda text: _(text, language))


def known(base: Plan, content: Plan, wanted: Collection[tuple[str, str]]) -> Plan:
    """The plan with the records of the site that have the titles of pieces that are wanted, as far as the user may read them.

    base: a plan with what it holds. They bring along what they link to, as records do that are put into the scope of a plan.
    """
    scope = [(collection, one.id) for collection in SHARED for one in getattr(base, collection)]
    found = []
    for collection in set(SHARED).intersection(TAKEN):
        there = {folded(one.title) for one in getattr(base, collection)}
        titles = [
            one.title
            for one in getattr(content, collection)
            if (collection, one.id) in wanted and folded(one.title) not in there
        ]
        if titles:
            named = frappe.get_list(
                DOCTYPES[collection],
                {"title": ("in", titles)},
                ["name", "title"],
                order_by="creation asc, name asc",
                limit_page_length=0,
            )
            oldest = {folded(row.title): row.name for row in reversed(named)}
            found += [(collection, name) for name in oldest.values()]
    if not found:
        return base
    read = plan_reader.plan_of_scope(base, [*scope, *found])
    new = [person for person in base.people if person.id not in read.index["people"]]  # not stored yet
    return dataclasses.replace(read, people=(*read.people, *new))


def start(given: Any) -> str:
    """Make a plan of what its author says, with the chosen pieces of a template, in one transaction; its name.

    given: as values or JSON, those of :class:`~sm_planner.engine.templates.starting.Start`, where plan_owner and
    executive_sponsor are people as :func:`person_choices` calls them, or names of people who are made; ``template`` (empty for
    none), ``pieces`` (a list of section and id; left out for all) and ``stand_in``.
    """
    values, people = _parsed(given, dict), _People()
    said = starting.Start(
        title=_text(values, "title"),
        unit=_text(values, "unit"),
        situation=_text(values, "situation"),
        depth=_text(values, "depth"),
        plan_owner=people.named(_text(values, "plan_owner")),
        executive_sponsor=people.named(_text(values, "executive_sponsor"), LEVELS[0]),
        why=_text(values, "why"),
        period_start=_day(values, "period_start"),
        period_end=_day(values, "period_end"),
    )
    if refused := list(starting.refusals(said)):
        refuse(refused, _(NOT_STARTED))
    with locks.all_or_nothing():
        id = _next_name(PLAN, "")
        base = starting.begun(said, id)
        base = dataclasses.replace(base, zone=get_system_timezone())
        base = plan_reader.plan_of_scope(base, [])
        base = dataclasses.replace(base, people=(*base.people, *people.made))
        template = _text(values, "template")
        if template:
            chosen = _Choice(template, said.situation, said.depth, values)
            base = chosen.taken_into(base).plan
        elif people.made:
            _refuse_new({"people": people.made})
        return plan_writer.save(base)


def take(plan: str, given: Any) -> dict[str, int]:
    """Take pieces of a template into a draft; how many records were ``added``, and how many that were there are ``used``.

    given: ``template``, ``situation``, ``depth``, ``pieces`` and ``stand_in``, as for :func:`start`.
    """
    values = _parsed(given, dict)
    base = _draft(plan)
    choice = _Choice(
        _text(values, "template"),
        _text(values, "situation") or base.context_type,
        _text(values, "depth") or base.depth,
        values,
    )
    taken = choice.taken_into(base)
    plan_writer.save(taken.plan)
    return _counts(taken)


def deepen(plan: str, depth: str, given: Any) -> dict[str, int]:
    """Take a draft to a greater depth, with pieces that its templates bring there, all of it or nothing; counts as of
    :func:`take`.

    given: ``templates`` (id → the keys of the pieces that are wanted, of those that :func:`offers` has) and ``stand_in``.
    """
    values, base = _parsed(given, dict), _draft(plan)
    deeper = [one for one in DEPTHS if not reaches(base.depth, one)]
    if not deeper:
        frappe.throw(_("The plan is asked everything already."))
    if depth not in deeper:
        others = ", ".join(map(_, deeper))
        frappe.throw(_("The plan is asked that already. Choose one of these: {0}.").format(others))
    counts, grown = Counter({"added": 0, "used": 0}), base
    chosen = values.get("templates") or {}
    if not isinstance(chosen, dict):
        frappe.throw(_("What was sent cannot be read. Reload the page, and repeat it."))
    if foreign := set(chosen).difference(base.templates):
        frappe.throw(
            _("The plan has nothing of these templates: {0}.").format(escape_html(", ".join(sorted(foreign))))
        )
    for id, keys in chosen.items():
        wanted = _keys(keys)
        for offer in offers(grown, depth):
            if offer.template.id == id:
                offered = [key for key in offer.more.keys if key in wanted]
                taken = _taken(grown, offer.more.content, offer.title, offered, values)
                grown = taken.plan
                counts.update(_counts(taken))
    plan_writer.save(dataclasses.replace(grown, depth=depth))
    return dict(counts)


def _draft(name: str) -> Plan:
    """A plan as it is stored, locked; refused where it cannot be changed any more."""
    state = locks.plan(name, "state")
    if state and state.state != DRAFT:
        frappe.throw(told_html(refusals.refuse_change(called(PLAN, name), state.state)))
    return plan_reader.load(name)


def _counts(taken: taking.Taken) -> dict[str, int]:
    return {
        "added": sum(map(len, taken.added.values())),
        "used": sum(map(len, taken.used.values())),
    }


@dataclass(frozen=True)
class _Choice:
    """What somebody chose of a template."""

    template: str
    situation: str
    depth: str
    values: dict[str, Any]

    def taken_into(self, base: Plan) -> taking.Taken:
        template = template_of(self.template)
        content = content_of(template, self.situation, self.depth)
        chosen = self.values.get("pieces")
        wanted = [one.key for one in taking.pieces(content, base)] if chosen is None else _keys(chosen)
        return _taken(base, content, _(template.title), wanted, self.values)


def _taken(
    base: Plan, content: Plan, title: str, wanted: Collection[tuple[str, str]], values: dict[str, Any]
) -> taking.Taken:
    """A plan with the pieces that are wanted, and what they need; refused where the user may not make what is new.

    title: of the template, in the language of what it holds. values: ``stand_in``.
    """
    base = known(base, content, taking.with_needed(taking.pieces(content, base), wanted))
    taken = taking.take(
        base,
        content,
        title,
        wanted,
        _Names(base).new,
        zone=get_system_timezone(),
        stand_in=bool(values.get("stand_in", True)),
    )
    people = {"name": ("in", [one.id for one in base.people])}
    stored = frappe.get_all(PERSON, people, pluck="name", order_by="name asc")
    _refuse_new({"people": [one for one in base.people if one.id not in stored], **taken.added})
    return taken


class _Names:
    """New ids, by the rules of the site."""

    def __init__(self, plan: Plan):
        self.plan = plan

    def new(self, collection: str, title: str, taken: Collection[str]) -> str:
        if collection in SHARED:
            return _next_name(DOCTYPES[collection], title, taken)
        holder = self.plan.lineage if collection in doctypes.LIVING else self.plan.id
        return record.next_id(collection, title, holder, taken)


def _next_name(doctype: str, title: str, taken: Collection[str] = ()) -> str:
    """The name that a new document would get, and that nobody has."""
    document = frappe.new_doc(doctype)
    document.title = title
    document.autoname()
    if document.name not in taken:
        return document.name
    return id_from(title, lambda name: name in taken or bool(frappe.db.exists(doctype, name)))


class _People:
    """People by what somebody calls them; those whom the site does not know are made.

    made: the new ones, not stored yet.
    """

    def __init__(self) -> None:
        self.made: list[Person] = []
        self._known = {folded(label): name for name, label in person_choices()}

    def named(self, said: str, level: str = "") -> str:
        """The id of somebody; empty where nobody is named. level: of whoever is made."""
        if not said:
            return ""
        wanted = folded(said)
        if wanted in self._known:
            return self._known[wanted]
        for person in self.made:
            if folded(person.title) == wanted:
                return person.id
        me = frappe.session.user
        user = me if folded(get_fullname(me)) == wanted else ""
        id = _next_name(PERSON, said, [one.id for one in self.made])
        self.made.append(Person(id=id, title=said, user=user, level=level))
        return id


def person_choices() -> list[tuple[str, str]]:
    """The people whom the user may read: name, and the title, with the name where several have one title."""
    found = frappe.get_list(
        PERSON, {}, ["name", "title"], order_by="title asc, name asc", limit_page_length=0
    )
    titled = [(row.name, row.title or row.name) for row in found]
    bearers = Counter(folded(title) for _name, title in titled)
    return [(name, title if bearers[folded(title)] == 1 else f"{title} ({name})") for name, title in titled]


def own_name() -> str:
    """How the user is called among the people, or as an account."""
    mine = people_of(frappe.session.user)
    labels = dict(person_choices()) if mine else {}
    return next((labels[name] for name in mine if name in labels), get_fullname(frappe.session.user))


def looked_at(doctype: str, given: Any) -> int:
    """Note that the user has looked at records that came from a template, and that they fit; how many bore the mark. Of plans, at
    the fields of their own that a template filled.

    given: their names, as a list or JSON.
    """
    mark = MARKED_FIELDS if doctype == PLAN else MARK
    if doctype != PLAN and doctypes.COLLECTION_OF.get(doctype) not in TAKEN:
        frappe.throw(_("Records of this kind are not taken from templates."))
    names = _parsed(given, list)
    if len(names) > MOST:
        frappe.throw(_("Choose at most {0} records at once.").format(MOST))
    wanted = list(dict.fromkeys(map(str, names)))
    filters = {"name": ("in", wanted)}
    found = frappe.get_list(doctype, filters, ["name", mark], order_by="name asc", limit_page_length=0)
    if len(found) < len(wanted):
        missing = set(wanted).difference(row.name for row in found)
        frappe.throw(
            _("Records that are not there, or that you may not read: {0}.").format(
                escape_html(", ".join(sorted(missing)))
            ),
            frappe.PermissionError,
        )
    marked = [row.name for row in found if row[mark]]
    with locks.all_or_nothing():
        for name in marked:
            document = frappe.get_doc(doctype, name)
            document.set(mark, "")
            document.save()
    return len(marked)


def _refuse_new(new: dict[str, Iterable[Any]]) -> None:
    """Refuse in words what the user may not make, before anything is written."""
    refused = [
        _(DOCTYPES[collection])
        for collection, records in new.items()
        if list(records) and not frappe.has_permission(DOCTYPES[collection], "create")
    ]
    if refused:
        frappe.throw(
            _("You may not make records of these kinds: {0}. Leave them out, or ask a planner.").format(
                ", ".join(refused)
            ),
            frappe.PermissionError,
        )


def _parsed(given: Any, kind: type) -> Any:
    """What a request gives, as it is or as JSON."""
    found = parsed(given)
    if not isinstance(found, kind):
        frappe.throw(_("What was sent cannot be read. Reload the page, and repeat it."))
    return found


def _keys(chosen: Any) -> list[tuple[str, str]]:
    """Section and id of the pieces that were chosen."""
    if not isinstance(chosen, list) or not all(isinstance(one, list) and len(one) == 2 for one in chosen):
        frappe.throw(_("Pieces are a list of section and id."))
    return [(str(collection), str(id)) for collection, id in chosen]


def _text(values: dict[str, Any], name: str) -> str:
    return str(values.get(name) or "").strip()


def _day(values: dict[str, Any], name: str) -> Any:
    return getdate(_text(values, name)) if _text(values, name) else None
