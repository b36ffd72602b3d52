"""The map of an import: which expression fills which field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sm_planner.engine.model import COLLECTIONS, Plan
from sm_planner.engine.model.fields import specs
from sm_planner.engine.reading.problems import Place, PlanFileError, Problems, Suggestions
from sm_planner.engine.reading.yaml_tree import MOST_OF_MAP, Node, parse_yaml, read_file
from sm_planner.engine.texts import N_, Text, say


class MapError(PlanFileError):
    """A map that cannot be used, with everything that is wrong with it."""


@dataclass(frozen=True)
class FieldMap:
    """How a field is filled.

    after: of each text, only what stands after the last of these characters. values: what the expression gives → what
    the field gets; empty: the same. short: an id is made of what stands after the last of these characters, as far as
    that is nobody else's; the name stays the whole text. place: where it stands in the map.
    """

    expression: Any
    place: Place
    values: dict[str, str] = field(default_factory=dict)
    after: str = ""
    short: str = ""


@dataclass(frozen=True)
class CollectionMap:
    """How a collection is filled: items are found by items (and each), one record for each of them.

    place, each_place: where these two stand in the map.
    """

    items: Any
    each: Any
    distinct: bool
    fields: dict[str, FieldMap]
    place: Place
    each_place: Place


@dataclass(frozen=True)
class Map:
    """documents: whether expressions look into the list of a file's documents, even if there is one only."""

    plan: dict[str, FieldMap]
    collections: dict[str, tuple[CollectionMap, ...]]
    documents: bool = False


SHIPPED = Path(__file__).parents[2] / "maps"
"""Maps that come with SM Planner."""


def find_map(name: str) -> Path:
    """The path of a map: a file, or one that comes with SM Planner by its name."""
    path = Path(name)
    shipped = SHIPPED / f"{name}.yaml"
    return shipped if not path.exists() and shipped.is_file() else path


def load_map(path: str | Path) -> Map:
    """Read a map. Raises MapError with every problem at its line and column."""
    try:
        root = parse_yaml(read_file(path), Path(path).name, limit=MOST_OF_MAP)
    except PlanFileError as error:
        raise MapError(error.problems) from None
    reader = _CatalogueMapReader()
    mapping = reader.mapping(root, ("documents", "plan", "collections"))
    found = Map(
        plan=reader.fields(mapping["plan"], Plan) if "plan" in mapping else {},
        collections=reader.collections(mapping["collections"]) if "collections" in mapping else {},
        documents=reader.flag(mapping, "documents"),
    )
    if reader.problems:
        raise MapError(reader.problems)
    return found


class MapReader:
    """Reads the nodes of a map and keeps what is wrong with them in ``problems``."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.suggestions = Suggestions()

    def report(self, place: Place, message: Text, fix: Text) -> None:
        self.problems.add(place, message, fix)

    def mapping(self, node: Node, known: Collection[str] | None = None) -> dict[str, Node]:
        """The values by name; if only some names are ``known``, any other is reported, and still there."""
        if not isinstance(node.value, dict):
            self.report(
                node.place, say(N_("Names with values are expected here.")), say(N_("Write “name: value”."))
            )
            return {}
        for name, place in node.key_places.items():
            if known is not None and name not in known:
                meant = self.suggestions.closest(name, known)
                self.report(
                    place,
                    say(N_("“{0}” is not known here."), name),
                    say(N_("Write “{0}”."), meant) if meant else say(N_("Use one of {0}."), ", ".join(known)),
                )
        return node.value

    def require(self, node: Node, mapping: dict[str, Node], *names: str) -> None:
        """Reports each of ``names`` that the mapping lacks."""
        for name in names:
            if name not in mapping:
                self.report(node.place, say(N_("“{0}” is missing."), name), say(N_("Add “{0}:”."), name))

    def text(self, mapping: dict[str, Node], name: str, otherwise: str) -> str:
        """The text of a name; ``otherwise`` where it is not there, or is none, which is reported."""
        if name not in mapping:
            return otherwise
        node = mapping[name]
        if not isinstance(node.value, str) or not node.value:
            self.report(node.place, say(N_("A text is expected here.")), say(N_("Write the text.")))
            return otherwise
        return node.value


class _CatalogueMapReader(MapReader):
    def collections(self, node: Node) -> dict[str, tuple[CollectionMap, ...]]:
        entries = self.mapping(node, tuple(COLLECTIONS))
        return {
            name: tuple(
                self.collection(part, COLLECTIONS[name].record)
                for part in (entry.value if isinstance(entry.value, list) else [entry])
            )
            for name, entry in entries.items()
            if name in COLLECTIONS
        }

    def collection(self, node: Node, record: type) -> CollectionMap:
        mapping = self.mapping(node, ("from", "each", "distinct", "fields"))
        self.require(node, mapping, "from", "fields")
        return CollectionMap(
            items=self.expression(mapping["from"]) if "from" in mapping else None,
            each=self.expression(mapping["each"]) if "each" in mapping else None,
            distinct=self.flag(mapping, "distinct"),
            fields=self.fields(mapping["fields"], record) if "fields" in mapping else {},
            place=mapping["from"].place if "from" in mapping else node.place,
            each_place=mapping["each"].place if "each" in mapping else node.place,
        )

    def fields(self, node: Node, record: type) -> dict[str, FieldMap]:
        known = tuple(specs(record))
        return {name: self.field(entry) for name, entry in self.mapping(node, known).items() if name in known}

    def field(self, node: Node) -> FieldMap:
        if isinstance(node.value, str):
            return FieldMap(self.expression(node), node.place)
        mapping = self.mapping(node, ("path", "after", "short", "values"))
        values = mapping["values"].value if "values" in mapping else {}
        if "path" not in mapping or not isinstance(values, dict):
            self.report(
                node.place,
                say(N_("An expression is expected here.")),
                say(N_("Write a JMESPath expression, or “path:” with “after:”, “short:” or “values:”.")),
            )
            return FieldMap(None, node.place)
        return FieldMap(
            self.expression(mapping["path"]),
            mapping["path"].place,
            {name: self.text(values, name, "") if value.value else "" for name, value in values.items()},
            self.text(mapping, "after", ""),
            self.text(mapping, "short", ""),
        )

    def flag(self, mapping: dict[str, Node], name: str) -> bool:
        """Whether a name stands there with true; what is neither true nor false is reported."""
        node = mapping.get(name)
        if node is not None and node.value not in ("true", "false"):
            self.report(
                node.place,
                say(N_("“{0}” is true or false."), name),
                say(N_("Write “{0}: true”, or remove it."), name),
            )
        return node is not None and node.value == "true"

    def expression(self, node: Node) -> Any:
        import jmespath

        try:
            return jmespath.compile(node.value if isinstance(node.value, str) else "")
        except jmespath.exceptions.JMESPathError as error:
            reason = str(error).splitlines()[0]
            self.report(
                node.place,
                say(N_("This is not a JMESPath expression: {0}"), reason),
                say(N_("See jmespath.org for the syntax.")),
            )
            return None
