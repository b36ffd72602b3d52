"""Plan files: reading and writing them, against loaders that neither check nor know a place.

    python tests/bench/bench_plan_file.py

Services and components of one plan, as YAML, JSON and a workbook. The peers only make dictionaries, or a table of cells,
of the same bytes; ours makes the records, checks every value and link, and knows the place of each. Ends with an error if
a reading differs or a gate is missed.
"""

from __future__ import annotations

import io
import json
import sys

import openpyxl
import yaml
from harness import Timings, Verdicts, Way, print_setting, same

from sm_planner.engine import plan_file
from sm_planner.engine.model import Component, Plan, Service
from sm_planner.engine.plan_file.workbook_writer import workbook

SEED = 20_260_103
RECORDS = 2_000
GROWN = 16_000
"""Records for the growth: so many that Python's garbage collector, which looks at them all, has its full share."""

YAML, YAML_AGAIN, XLSX = "our YAML", "our YAML again (A/A)", "our workbook"
C_LOADER, LOADER, JSON = "PyYAML CSafeLoader", "PyYAML SafeLoader", "json"
OPENPYXL = "openpyxl, read only"
DUMPS, C_DUMPER, WORKBOOK = "our YAML, written", "PyYAML CSafeDumper, written", "our workbook, written"


def main() -> int:
    print_setting(SEED, "PyYAML", "openpyxl", records=RECORDS, grown=GROWN)
    plan = made(RECORDS)
    text, book = plan_file.dumps(plan), workbook(plan)
    as_json = json.dumps(plan_file.as_mapping(plan))
    values = json.loads(as_json)
    same("YAML", plan_file.loads(text).components, plan.components)
    same("workbook", plan_file.read(book, "plan.xlsx").components, plan.components)
    same("CSafeLoader", yaml.load(text, yaml.CSafeLoader)["components"], values["components"])  # noqa: S506
    verdicts = Verdicts()

    reading = Timings(
        SEED,
        Way(YAML, RECORDS, lambda: plan_file.loads(text)),
        Way(YAML_AGAIN, RECORDS, lambda: plan_file.loads(text)),
        Way(XLSX, RECORDS, lambda: plan_file.read(book, "plan.xlsx")),
        Way(C_LOADER, RECORDS, lambda: yaml.load(text, yaml.CSafeLoader)),  # noqa: S506
        Way(LOADER, RECORDS, lambda: yaml.safe_load(text)),
        Way(JSON, RECORDS, lambda: json.loads(as_json)),
        Way(OPENPYXL, RECORDS, lambda: cells(book)),
    )
    reading.print("record")
    verdicts.at_most("YAML, ours to CSafeLoader", reading.ratio(YAML, C_LOADER), 3, 1.5)
    verdicts.at_least("YAML, SafeLoader to ours", reading.ratio(LOADER, YAML), 3, 6)
    verdicts.at_most("workbook, ours to openpyxl", reading.ratio(XLSX, OPENPYXL), 1.5, 1)

    writing = Timings(
        SEED,
        Way(DUMPS, RECORDS, lambda: plan_file.dumps(plan)),
        Way(C_DUMPER, RECORDS, lambda: yaml.dump(values, Dumper=yaml.CSafeDumper, sort_keys=False)),
        Way(WORKBOOK, RECORDS, lambda: workbook(plan)),
    )
    print()
    writing.print("record")
    verdicts.at_most("YAML written, ours to CSafeDumper", writing.ratio(DUMPS, C_DUMPER), 2, 1.2)
    growth(verdicts)
    print(f"\n{verdicts.missed} gates missed")
    return verdicts.missed


def made(records: int) -> Plan:
    """A plan of services and components, each with a handful of fields."""
    services = max(1, records // 10)
    return Plan(
        id="p",
        lineage="p",
        services=tuple(
            Service(
                id=f"service-{n}",
                title=f"Service {n}",
                description="What it does, for whom.",
                importance="High",
            )
            for n in range(services)
        ),
        components=tuple(
            Component(
                id=f"component-{n}",
                title=f"Component {n}",
                kind="Server",
                is_critical=n % 3 == 0,
                services=(f"service-{n % services}",),
            )
            for n in range(records - services)
        ),
    )


def cells(book: bytes) -> int:
    """How many rows openpyxl finds: the values alone, nothing made of them."""
    sheets = openpyxl.load_workbook(io.BytesIO(book), read_only=True)
    return sum(1 for sheet in sheets for _ in sheet.iter_rows(values_only=True))


def growth(verdicts: Verdicts) -> None:
    fewer, more = made(GROWN // 4), made(GROWN)
    few, many = plan_file.dumps(fewer), plan_file.dumps(more)
    small, large = workbook(fewer), workbook(more)
    timings = Timings(
        SEED,
        Way("YAML N", 1, lambda: plan_file.loads(few)),
        Way("YAML 4N", 1, lambda: plan_file.loads(many)),
        Way("workbook N", 1, lambda: plan_file.read(small, "plan.xlsx")),
        Way("workbook 4N", 1, lambda: plan_file.read(large, "plan.xlsx")),
    )
    print()
    verdicts.at_most("YAML, time(4N) / time(N)", timings.ratio("YAML 4N", "YAML N"), 6, 4.5)
    verdicts.at_most("workbook, time(4N) / time(N)", timings.ratio("workbook 4N", "workbook N"), 6, 4.5)


if __name__ == "__main__":
    sys.exit(main())
