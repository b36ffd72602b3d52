"""A tree of nodes → a Plan, with all problems at once.

The tree comes from a YAML text, a workbook or an import; what a field may hold is told by the model.
"""

from __future__ import annotations

from typing import Any

from sm_planner.engine.model import COLLECTIONS, Beside, Plan, Settings
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.states import ACTIVE, SUPERSEDED
from sm_planner.engine.model.values import ValueProblem, clean, misnamed, parse
from sm_planner.engine.plan_file.nested import unnest
from sm_planner.engine.plan_file.sections import BESIDE
from sm_planner.engine.reading.problems import Place, PlanFileError, Problems, Suggestions
from sm_planner.engine.reading.yaml_tree import Node
from sm_planner.engine.texts import N_, Text, say


def decode(root: Node) -> Plan:
    """The plan that a tree describes. Raises PlanFileError with everything that is wrong with it."""
    decoder = _Decoder()
    plan = decoder.plan(root)
    if decoder.problems:
        raise PlanFileError(decoder.problems)
    return plan


def decode_section(root: Node, name: str) -> tuple[Any, ...]:
    """The records of a tree that has one collection and nothing else. Raises PlanFileError with everything that is wrong."""
    decoder = _Decoder()
    records = decoder.section(root, name)
    if decoder.problems:
        raise PlanFileError(decoder.problems)
    return records


class _Decoder:
    def __init__(self) -> None:
        self.problems = Problems()
        self.suggestions = Suggestions()
        self.refused: set[Place] = set()
        self.links: list[tuple[str, str, Place]] = []
        """Collection, id and place of every link that was read."""
        self.misnamed: list[tuple[Place, ValueProblem]] = []
        """Values that go by no words that are known, each with its place."""
        self.is_living = False
        """Whether a record of a register, or a fact, is being read."""
        self.links_of_living: set[Place] = set()
        """Places of their links."""
        self.beside: set[tuple[str, str]] = set()
        """Collection and id of what these may name although the plan does not have it."""
        self.ids: dict[str, dict[str, None]] = {name: {} for name in COLLECTIONS}
        """Collection → ids in it, those of records with other problems too."""

    def report(self, place: Place, message: Text, fix: Text) -> None:
        self.problems.add(place, message, fix)
        self.refused.add(place)

    def plan(self, root: Node) -> Plan | None:
        known = ("plan", "settings", *COLLECTIONS, BESIDE)
        if not isinstance(root.value, dict):
            self.report(
                root.place, say(N_("This is not a plan.")), say(N_("Begin with “plan:” and its fields."))
            )
            return None
        unnest(root)
        self._unknown_names(root, known)
        header = root.value.get("plan")
        if header is None:
            self.report(
                root.place, say(N_("The plan itself is missing.")), say(N_("Add “plan:” with id and title."))
            )
        values = self.fields(header, Plan) if header else {}
        collections = {name: self.collection(name, root.value.get(name)) for name in COLLECTIONS}
        settings = root.value.get("settings")
        beside = self._beside(root.value.get(BESIDE))
        self._check_links()
        if values.get("state") not in (ACTIVE, SUPERSEDED):  # what was signed is read as it was signed
            for place, problem in self.misnamed:
                self.report(place, problem.message, problem.fix)
        if self.problems:
            return None
        values["lineage"] = values.get("lineage") or values["id"]
        return Plan(
            **values,
            **collections,
            beside=beside,
            settings=Settings(**(self.fields(settings, Settings) if settings and settings.value else {})),
        )

    def section(self, root: Node, name: str) -> tuple[Any, ...]:
        if not isinstance(root.value, dict) or name not in root.value:
            self.report(
                root.place, say(N_("“{0}” is missing."), name), say(N_("Begin with “{0}:” and a list."), name)
            )
            return ()
        self._unknown_names(root, (name,))
        records = self.collection(name, root.value[name])
        self._check_links()
        return records

    def collection(self, name: str, node: Node | None) -> tuple[Any, ...]:
        record_class = COLLECTIONS[name].record
        self.is_living = COLLECTIONS[name].is_of_lineage
        records = []
        places: dict[str, Place] = {}
        for item in self._items(node, name):
            record = self.record(item, record_class)
            id = record.id if record else _written_id(item)
            if not id:
                continue
            self.ids[name][id] = None
            if id.casefold() in places:
                self.report(
                    item.place,
                    say(N_("“{0}” is here a second time; the first is at {1}."), id, places[id.casefold()]),
                    say(N_("Give each its own, or remove one. Upper and lower case count as the same.")),
                )
            places.setdefault(id.casefold(), item.place)
            records.append(record)
        return tuple(records)

    def record(self, node: Node, record_class: type) -> Any:
        """A record, or None if something is wrong with it."""
        before = len(self.problems)
        values = self.fields(node, record_class)
        if len(self.problems) > before:
            return None
        record = record_class(**values)
        for refusal in record.misfits() if hasattr(record, "misfits") else ():
            field = node.value.get(refusal.field)
            self.report(field.place if field else node.place, refusal.message, refusal.fix)
        return None if len(self.problems) > before else record

    def fields(self, node: Node, record_class: type) -> dict[str, Any]:
        if not isinstance(node.value, dict):
            self.report(node.place, say(N_("Fields are expected here.")), say(N_("Write “name: value”.")))
            return {}
        declared = specs(record_class)
        self._unknown_names(node, tuple(declared))
        values = {
            name: self.value(node.value[name], spec) for name, spec in declared.items() if name in node.value
        }
        for name, spec in declared.items():
            refused = name in node.value and node.value[name].place in self.refused
            if spec.required and values.get(name, spec.empty) == spec.empty and not refused:
                self.report(
                    node.place,
                    say(N_("{0} is missing."), spec.label),
                    say(N_("Fill in “{0}”."), name),
                )
        return values

    def value(self, node: Node, spec: Spec) -> Any:
        if spec.kind == "rows":
            rows = [self.record(item, spec.row) for item in self._items(node, spec.label)]
            return tuple(row for row in rows if row is not None)
        if spec.kind in ("links", "lines"):
            return self._several(node, spec)
        if node.value is None:
            return spec.empty
        if not isinstance(node.value, str):
            self.report(
                node.place,
                say(N_("{0} is a single value."), spec.label),
                say(N_("Write it as one value, in quotation marks if it contains a colon or brackets.")),
            )
            return spec.empty
        return self._single(node, spec)

    def _single(self, node: Node, spec: Spec) -> Any:
        try:
            value = parse(spec, node.value)
        except ValueProblem as problem:
            self.report(node.place, problem.message, problem.fix)
            return spec.empty
        if problem := misnamed(spec, value):
            self.misnamed.append((node.place, problem))
        if spec.kind == "link" and value:
            self.links.append((spec.target, value, node.place))
            if self.is_living:
                self.links_of_living.add(node.place)
        return value

    def _several(self, node: Node, spec: Spec) -> tuple[str, ...]:
        one = Spec("link" if spec.kind == "links" else "line", spec.label, target=spec.target)
        found: dict[str, None] = {}
        for item in self._items(node, spec.label):
            value = self.value(item, one)
            if value and value in found:
                self.report(
                    item.place,
                    say(N_("“{0}” is in this list twice."), value),
                    say(N_("Remove one of them.")),
                )
            elif value:
                found[value] = None
        return tuple(found)

    def _items(self, node: Node | None, label: str) -> list[Node]:
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            self.report(
                node.place,
                say(N_("{0} is a list."), label),
                say(N_("Begin each of its lines with a dash.")),
            )
            return []
        return node.value

    def _unknown_names(self, node: Node, known: tuple[str, ...]) -> None:
        for name, place in node.key_places.items():
            if name not in known:
                meant = self.suggestions.closest(name, known)
                fix = (
                    say(N_("Write “{0}”."), meant)
                    if meant
                    else say(N_("Remove it. Fields that are known here: {0}."), ", ".join(known))
                )
                self.report(place, say(N_("“{0}” is not a field here."), name), fix)

    def _beside(self, node: Node | None) -> tuple[Beside, ...]:
        """What registers and facts name and the plan does not have."""
        items = [*self._items(node, BESIDE)]
        named = [self.record(item, Beside) for item in items]
        for one, item in zip(named, items, strict=True):
            if one and one.collection not in COLLECTIONS:
                self.report(
                    item.place,
                    say(N_("“{0}” is not a section of a plan file."), one.collection),
                    say(N_("Write one of {0}."), ", ".join(COLLECTIONS)),
                )
        found = tuple(one for one in named if one)
        self.beside.update((one.collection, one.id) for one in found)
        return found

    def _is_beside(self, collection: str, id: str, place: Place) -> bool:
        return place in self.links_of_living and (collection, id) in self.beside

    def _check_links(self) -> None:
        dangling = [
            item for item in self.links if item[1] not in self.ids[item[0]] and not self._is_beside(*item)
        ]
        for target, id, place in dangling:
            meant = self.suggestions.closest(id, self.ids[target])
            fix = (
                say(N_("Write “{0}”, or add “{1}” to {2}."), meant, id, target)
                if meant
                else say(N_("Add “{0}” to {1}, or correct the id."), id, target)
            )
            self.report(place, say(N_("“{0}” is not in {1}."), id, target), fix)


def _written_id(node: Node) -> str:
    """The id that a record with problems was given, if it can be read."""
    written = node.value.get("id") if isinstance(node.value, dict) else None
    return clean(written.value) if written and isinstance(written.value, str) else ""
