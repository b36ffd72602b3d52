"""Comments of a plan file that a tool writes anew: each goes back to what it stood at.

A comment behind something belongs to it; one on lines of its own belongs to what stands next below. What that is, is
known by its collection, id and field, so that records may move. If it is gone, the comment goes to what it was part of:
the record, then the collection, then the end of the file. No comment is lost; see ``docs/decisions/``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from sm_planner.engine.reading.yaml_tree import Node, parse_yaml

Way = tuple[str, ...]
"""Collection, record, field, row: the way to something in a plan file. The empty way is the end of the file."""

_HEAD: Way = ("",)
"""Comments at the top that an empty line parts from what follows: they speak about the file."""
_DEEPEST = 4
"""Rows are written on one line, so that what is in them has no place of its own."""
_HASH = re.compile(r"(?:^|(?<=\s))#")
_LINE = re.compile("([^\n\r\x85\u2028\u2029]*)(\r\n|[\n\r\x85\u2028\u2029]|$)")
"""A line and its end, as YAML counts them."""
_NO_CONTENT = ("", "---", "...")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class _Comments:
    """above: the lines before something, without indentation. behind: what stands on its line."""

    above: list[str] = field(default_factory=list)
    behind: str = ""

    def add(self, above: list[str], behind: str) -> None:
        """One comment stands behind; what stood there before goes above."""
        self.above += [*above, *filter(None, [self.behind if behind else ""])]
        self.behind = behind or self.behind


def keep_comments(old: str, new: str) -> str:
    """The new text with the comments of the old one. Both are plan files that can be read."""
    comments = _collect(old) if "#" in old else {}
    if not comments:
        return new
    lines = {way: number for number, way in _ways(parse_yaml(new, "new"))}
    broken = {line for first, _, last, _ in _texts(new) for line in range(first, last)}
    placed: dict[int, _Comments] = {}
    head = comments.pop(_HEAD, None)
    end = comments.pop((), _Comments())
    for way, found in comments.items():
        home = next((way[:length] for length in range(len(way), 0, -1) if way[:length] in lines), ())
        there = placed.setdefault(lines[home], _Comments()) if home else end
        if home == way and lines[home] not in broken:
            there.add(found.above, found.behind)
        else:
            there.add([*found.above, *filter(None, [found.behind])], "")
    top = "\n".join([*head.above, "\n"]) if head else ""
    return "".join([top, *_commented(new, placed), *(f"{line}\n" for line in end.above)])


def _commented(text: str, placed: dict[int, _Comments]) -> Iterator[str]:
    for number, (line, ended) in enumerate(_LINE.findall(text)):
        there = placed.get(number, _Comments())
        indent = line[: len(line) - len(line.lstrip(" "))]
        yield from (f"{indent}{comment}\n" if comment else "\n" for comment in there.above)
        yield f"{line}  {there.behind}{ended}" if there.behind else f"{line}{ended}"


def _collect(text: str) -> dict[Way, _Comments]:
    """The comments of a text, by what they belong to, in their order."""
    starts: dict[int, Way] = {}
    for number, way in _ways(parse_yaml(text, "old")):
        starts.setdefault(number, way)
    found: dict[Way, _Comments] = {}
    above: list[str] = []
    way: Way = ()

    def add(to: Way, lines: list[str], behind: str = "") -> None:
        kept = "\n".join(lines).strip("\n")
        if kept or behind:
            found.setdefault(to, _Comments()).add(kept.split("\n") if kept else [], behind)

    for number, (content, comment) in enumerate(_split(text)):
        if content.strip() in _NO_CONTENT:
            above.append(comment)
            continue
        if not way and "" in above:
            parted = len(above) - above[::-1].index("")
            add(_HEAD, above[:parted])
            above = above[parted:]
        way = starts.get(number, way)
        add(way, above, comment)
        above = []
    add((), above)
    return found


def _split(text: str) -> Iterator[tuple[str, str]]:
    """What each line says, and its comment."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for first, start, last, end in _texts(text):
        for number in range(first, last + 1):
            span = (start if number == first else 0, end if number == last else len(text))
            covered.setdefault(number, []).append(span)
    for number, (line, _) in enumerate(_LINE.findall(text)):
        spans = covered.get(number, ())
        hashes = (match.start() for match in _HASH.finditer(line))
        free = (at for at in hashes if not any(start <= at < end for start, end in spans))
        begin = next(free, len(line))
        yield line[:begin], line[begin:].rstrip()


def _texts(text: str) -> Iterator[tuple[int, int, int, int]]:
    """First line and column, last line and column of each text in YAML; of a block, without its first line."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            start, end = event.start_mark, event.end_mark
            is_block = event.style in ("|", ">")
            yield (
                start.line + is_block,
                0 if is_block else start.column,
                end.line,
                end.column,
            )


def _ways(root: Node) -> Iterator[tuple[int, Way]]:
    """Line, from 0, and way of everything in a plan file that a comment can belong to; wholes before parts."""
    waiting: list[tuple[Node, Way]] = [(root, ())]
    while waiting:
        node, way = waiting.pop()
        if len(way) == _DEEPEST:
            continue
        if isinstance(node.value, dict):
            for name, value in node.value.items():
                yield node.key_places[name].line - 1, (*way, name)
                waiting.append((value, (*way, name)))
        elif isinstance(node.value, list):
            names: Counter[str] = Counter()
            for item in node.value:
                name = _name(item)
                names[name] += 1
                below = (*way, name if names[name] == 1 else f"{name} #{names[name]}")
                yield item.place.line - 1, below
                waiting.append((item, below))


def _name(item: Node) -> str:
    """What tells an item from the others: its id; of a RACI entry all but its letter; of other rows the first text."""
    if not isinstance(item.value, dict):
        return str(item.value)
    texts = {name: str(node.value) for name, node in item.value.items() if isinstance(node.value, str)}
    if "letter" in texts:
        return " / ".join(texts.get(name, "*") for name in ("process", "service", "component", "role"))
    return texts.get("id") or next(iter(texts.values()), "")
