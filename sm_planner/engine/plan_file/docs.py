"""``docs/plan-file.md``, field by field, from the model: ``python -m sm_planner.engine.plan_file.docs``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sm_planner.engine.model import COLLECTIONS, Plan, Settings
from sm_planner.engine.model.fields import Spec, specs
from sm_planner.engine.model.plan import FACTS, REGISTERS

INTRODUCTION = """\
# The plan file

A plan as a file, for people who prepare a plan outside a site or keep it in git: YAML, or a workbook. This page is made
from the model; every field is here.

```yaml
plan:                     # the plan itself
  id: our-plan
  title: Service Management Plan
  executive_sponsor: ada  # an id of people
people:
  - id: ada
    title: Ada Obi
    level: Top Management
services:
  - id: mail
    title: Mail
    customers: [staff]    # ids of stakeholders
    dependencies:         # rows
      - {{service: network}}
stakeholders:
  - {{id: staff, title: All staff, kind: Internal Team}}
```

- Records name each other by **id**: letters, digits and `. _ @ : -`, at most 100 of them; upper and lower case count as
  the same. Every id that is named must be there.
- A text stays what is written: `no`, `010` or `1:30` are texts where a text belongs. Days are written `2027-03-31`, numbers
  with a point and no unit, yes and no as `true` and `false`.
- What is empty is left out. What a plan needs is said by the checks, not by the file.
- Anchors, aliases and tags are not used.
- Fields marked *not sealed* may change after signing.
- Registers ({registers}) and facts ({facts})
  belong to all versions of the plan: a snapshot of the registers is sealed, facts are not.
- Made by a site alone: {by_server}. Files of a site have them, and no site takes them from a file.
- `measurements` may also stand beneath their objective or agreement, `evidence` beneath its commitment, and `acknowledged` at
  the holder of a role, as files had them before; a tool writes them as sections. `maintenance_minutes` and
  `maintenance_days` of a component, as files had them before, are the first row of its `maintenance`.
- `beside` names what registers and facts know and the plan does not have, such as somebody who suggested an improvement:
  `beside: [{{collection: people, id: ann, title: Ann}}]`. No other section may name it.

`sm-planner new` writes a small, complete plan to begin from; `sm-planner check` tells every problem of a file at once,
with its line, column and what to write instead. An editor that knows JSON Schema completes and checks while you write:
`sm-planner schema > plan.schema.json`, and as the first line of the plan
`# yaml-language-server: $schema=plan.schema.json`.

Comments stay when a tool writes a plan file anew: each goes back to the record and field that it stood at.

## As a workbook

`sm-planner convert plan.yaml plan.xlsx` writes the plan for a spreadsheet program, `sm-planner convert plan.xlsx
plan.yaml` brings it back; nothing is lost on the way. Every command reads either.

- *Plan* and *Settings* have a field a row. Every collection below has a sheet with a record a row. Rows of records have
  sheets of their own, such as *Agreement Targets*, with the id of their record in the first column.
- Headings may be the names below or what the sheet calls them, in any order; notes at the headings tell what a column
  holds. Choices and links have drop-down lists. Several ids stand in one cell with commas between.
- An empty cell means what a field is when nothing is written. Where that is not empty, `-` stands for none.
- Cells hold values. A formula is refused, because its stored result may be out of date; so is a percentage, which is
  another number than it shows. A text that begins with `=` is written so that it never becomes a formula.
- A text has at most 32,767 characters in a cell. Sheets of your own are refused; notes and colours of your own are not kept.

## What is refused

A file that cannot be read is told with all of its problems, each at its line and column or its cell; no part of it is
taken over.

| what | answer |
| --- | --- |
| YAML above 50 MB, nested deeper than 16 levels, with anchors, aliases, tags or a second document | refused where it begins |
| names twice, unknown names, other encodings than UTF-8, days that do not exist, numbers that cannot be kept | told with what to write instead |
| a workbook above 15 MB, or that unpacks to more than 200 MB, 100 times its size, 2,000 parts or 3 million cells | refused before or while it unpacks |
| uploaded to a site: more than 500,000 values or cells, as the web worker's memory is shared | refused; `bench --site … sm-planner import` reads it |
| a workbook with macros, links to other workbooks, a password or a document type | refused |
"""

_KINDS = {
    "key": "id",
    "line": "one line",
    "text": "text",
    "lines": "list of texts",
    "integer": "whole number",
    "number": "number",
    "date": "day",
    "flag": "true or false",
}


def markdown() -> str:
    """The page."""
    parts = [_introduction(), *_section("plan", "The plan itself.", Plan)]
    parts += _section("settings", Settings.__doc__ or "", Settings)
    for name, collection in COLLECTIONS.items():
        parts += _section(name, collection.record.__doc__ or "", collection.record)
    return "\n".join(parts)


def _introduction() -> str:
    by_server = [name for name, collection in COLLECTIONS.items() if collection.by_server]
    return INTRODUCTION.format(registers=_names(REGISTERS), facts=_names(FACTS), by_server=_names(by_server))


def _names(sections: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sections)


def _section(name: str, purpose: str, record: type) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{' '.join(purpose.split('(see')[0].split()).rstrip(' ,')}\n"
    yield from _table(record)
    for field, spec in specs(record).items():
        if spec.row:
            yield f"Rows of **{field}**:\n"
            yield from _table(spec.row)


def _table(record: type) -> Iterator[str]:
    rows = [f"| `{name}` | {holds(spec)} | {_meaning(spec)} |" for name, spec in specs(record).items()]
    yield "\n".join(["| field | what it holds | meaning |", "| --- | --- | --- |", *rows]) + "\n"


def holds(spec: Spec) -> str:
    """What a field holds, in a few words."""
    if spec.kind == "choice":
        return " · ".join(spec.choices)
    if spec.kind == "link":
        return f"id of {spec.target}"
    if spec.kind == "links":
        return f"ids of {spec.target}"
    if spec.kind == "rows":
        return "rows"
    limits = (("from", spec.minimum), ("to", spec.maximum))
    return " ".join([_KINDS[spec.kind], *(f"{word} {limit}" for word, limit in limits if limit is not None)])


def _meaning(spec: Spec) -> str:
    marks = [
        mark for mark, is_set in (("required", spec.required), ("not sealed", not spec.sealed)) if is_set
    ]
    return " ".join(filter(None, [f"{spec.label}.", spec.help, f"*{', '.join(marks)}*" if marks else ""]))


if __name__ == "__main__":
    print(markdown(), end="")
