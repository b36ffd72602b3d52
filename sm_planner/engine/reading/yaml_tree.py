"""YAML text → a tree of nodes that know their place.

A scalar stays the text that was written; the field that it is for gives it its meaning, so that ``no``, ``010``
or ``1:30`` are never something else.

Read from the parser's events, without recursion in C and with limits, so that hostile input costs little. A plan
file has no use for anchors, aliases, tags and further documents, and they are refused; in foreign files they are
read, and aliases count as often as they repeat what they stand for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sm_planner.engine.reading.problems import Limit, Place, PlanFileError, Problem, Problems, fatal
from sm_planner.engine.texts import N_, Text, say

MAX_BYTES = 50_000_000
"""Size of a file; 100,000 records take about 20 MB."""
MAX_DEPTH = 16
MAX_FOREIGN_DEPTH = 64
MOST = Limit(5_000_000, say(N_("Split it, or use fewer aliases.")))
"""Values of a file, with those that aliases repeat, where it has a process of its own: up to 1.3 GB."""
MOST_OF_MAP = Limit(100_000, say(N_("A map needs no more than a few hundred.")))
"""Values of a map of columns: it is read in web workers too."""

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_LIBYAML_TOO_DEEP = "exceeded maximum nesting depth"
"""From libyaml 0.2.6 on, its scanner, which reads ahead of the events, stops at 1,000 levels."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A piece of a source: a text or None, a list of nodes, or a mapping of names to nodes."""

    value: str | None | list[Node] | dict[str, Node]
    place: Place
    key_places: dict[str, Place] = field(default_factory=dict)
    """Of a mapping: where each name stands."""
    quoted: bool = False
    """Of a text: whether it stood in quotes or as a block."""


def read_file(path: str | Path) -> str:
    """The text of a UTF-8 file. Raises PlanFileError where it is too large or not UTF-8."""
    return decoded(read_bytes(path), Path(path).name)


def read_bytes(path: str | Path) -> bytes:
    """The content of a file. Raises PlanFileError where it is too large."""
    path = Path(path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise fatal(
            Place(path.name),
            say(N_("The file is {0} MB large."), size // 1_000_000),
            say(N_("Keep it below {0} MB."), MAX_BYTES // 1_000_000),
        )
    return path.read_bytes()


def decoded(data: bytes | str, source: str) -> str:
    """The text of UTF-8 bytes. Raises PlanFileError at the place where they are not UTF-8."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(source, before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        raise fatal(place, say(N_("This is not UTF-8 text.")), say(N_("Save the file as UTF-8."))) from None


def parse_yaml(
    text: str, source: str, foreign: bool = False, joined: bool = False, limit: Limit = MOST
) -> Node:
    """The tree of a YAML text; of a foreign one, the list of its documents.

    joined: the name that a document begins with begins the next one where it stands there again, without ``---``.
    Raises PlanFileError with all problems of form, each at its place.
    """
    if len(text) > MAX_BYTES:
        raise fatal(
            Place(source),
            say(N_("The text is {0} million characters long."), len(text) // 1_000_000),
            say(N_("Keep it below {0} million."), MAX_BYTES // 1_000_000),
        )
    builder = _Builder(source, foreign, joined, limit)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = builder.place(mark) if mark else Place(source)
        if error.problem == _LIBYAML_TOO_DEEP:
            raise builder.too_deep(place) from None
        builder.report(
            place,
            say(N_("This is not YAML: {0}."), error.problem or error.context or "unknown"),
            say(N_("Check indentation, colons and quotation marks here and on the lines before.")),
        )
    except yaml.reader.ReaderError as error:
        builder.report(
            _place_of_index(text, source, error.position),
            say(N_("YAML does not allow this character.")),
            say(N_("Remove it.")),
        )
    if builder.problems:
        raise PlanFileError(builder.problems)
    documents = builder.documents
    if foreign:
        return Node(documents, Place(source, 1, 1))
    return documents[0] if documents else Node(None, Place(source, 1, 1))


@dataclass(slots=True)
class _Open:
    """A node that is being filled. waiting: the name that waits for its value; begun: nodes counted before."""

    node: Node
    begun: int
    anchor: str | None = None
    waiting: str | None = None


class _Builder:
    """Takes the events of a text and builds the trees of its documents."""

    def __init__(self, source: str, foreign: bool, joined: bool, limit: Limit):
        self.source = source
        self.foreign = foreign
        self.joined = joined
        self.limit = limit
        self.deepest = MAX_FOREIGN_DEPTH if foreign else MAX_DEPTH
        self.problems = Problems()
        self.documents: list[Node] = []
        self.open: list[_Open] = []
        self.count = 0
        self.anchors: dict[str, tuple[Node, int]] = {}
        """Anchor → its node, and how many nodes that is."""

    def place(self, mark: yaml.Mark) -> Place:
        return Place(self.source, mark.line + 1, mark.column + 1)

    def report(self, place: Place, message: Text, fix: Text) -> None:
        self.problems.add(place, message, fix)

    def stop(self, place: Place, message: Text, fix: Text) -> PlanFileError:
        """The error for what makes reading on useless."""
        return PlanFileError([*self.problems, Problem(place, message, fix)])

    def too_deep(self, place: Place) -> PlanFileError:
        return self.stop(
            place,
            say(N_("This is nested more than {0} levels deep."), self.deepest),
            say(N_("Remove some of the levels.")),
        )

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._check_extras(event)
            quoted = event.style not in (None, "")
            value = None if not quoted and event.value in _NULLS else event.value
            node = Node(value, self.place(event.start_mark), quoted=quoted)
            self._counted(node, 1)
            if event.anchor:
                self.anchors[event.anchor] = (node, 1)
            self._put(node)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check_extras(event)
            empty: dict | list = {} if isinstance(event, yaml.MappingStartEvent) else []
            self._begin(Node(empty, self.place(event.start_mark)), event.anchor)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            closed = self.open.pop()
            if closed.anchor:
                self.anchors[closed.anchor] = (closed.node, self.count - closed.begun)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.documents and not self.foreign:
            raise self.stop(
                self.place(event.start_mark),
                say(N_("A second document begins here.")),
                say(N_("Keep one plan in a file.")),
            )

    def _check_extras(self, event: yaml.NodeEvent) -> None:
        if self.foreign:
            return
        if event.anchor:
            self.report(
                self.place(event.start_mark),
                say(N_("Anchors are not used in plan files.")),
                say(N_("Remove “&{0}”."), event.anchor),
            )
        if event.tag not in (None, "!"):
            self.report(
                self.place(event.start_mark),
                say(N_("Tags are not used in plan files.")),
                say(N_("Remove “{0}”."), event.tag),
            )

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = self.place(event.start_mark)
        if not self.foreign:
            self.report(
                place, say(N_("Aliases are not used in plan files.")), say(N_("Write the value out."))
            )
            self._put(Node(None, place))
        elif event.anchor in self.anchors:
            node, size = self.anchors[event.anchor]
            self._counted(node, size)
            self._put(node)
        else:
            self.report(
                place,
                say(N_("The alias “*{0}” does not refer to anything before it."), event.anchor),
                say(N_("Write the value out.")),
            )
            self._put(Node(None, place))

    def _counted(self, node: Node, size: int) -> None:
        self.count += size
        if self.count > self.limit.values:
            raise self.stop(
                node.place,
                say(N_("The file holds more than {0} values."), f"{self.limit.values:,}"),
                self.limit.fix,
            )

    def _begin(self, node: Node, anchor: str | None) -> None:
        self._counted(node, 1)
        self._attach(node)
        self.open.append(_Open(node, self.count, anchor))
        if len(self.open) > self.deepest:
            raise self.too_deep(node.place)

    def _put(self, node: Node) -> None:
        """A whole node: a name if its mapping waits for one, else a value."""
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.node.value, dict) and parent.waiting is None:
            self._name(parent, node)
        else:
            self._attach(node)

    def _name(self, parent: _Open, node: Node) -> None:
        name = node.value if isinstance(node.value, str) else ""
        mapping = parent.node
        if self.joined and len(self.open) == 1 and name == next(iter(mapping.value), None):
            mapping = parent.node = Node({}, node.place)
            self.documents.append(mapping)
        if name in mapping.value:
            self.report(
                node.place,
                say(N_("“{0}” occurs twice here."), name),
                say(N_("Keep one of them; the first is in line {0}."), mapping.key_places[name].line),
            )
        mapping.key_places.setdefault(name, node.place)
        parent.waiting = name

    def _attach(self, node: Node) -> None:
        if not self.open:
            self.documents.append(node)
            return
        parent = self.open[-1]
        if isinstance(parent.node.value, list):
            parent.node.value.append(node)
        elif parent.waiting is None:
            self.report(
                node.place,
                say(N_("A field name must be a text.")),
                say(N_("Write a field name before the colon.")),
            )
            parent.waiting = ""
        else:
            parent.node.value.setdefault(parent.waiting, node)
            parent.waiting = None


def _place_of_index(text: str, source: str, index: int) -> Place:
    before = text[:index]
    return Place(source, before.count("\n") + 1, index - before.rfind("\n"))
