"""Logs and catalogues as other people's tools write them, where they are at hand: shared/cases beside the checkout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sm_planner.engine import catalogue_import, plan_file
from sm_planner.engine.attainment import load_log_map, read_log
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.reports import sla_attainment

CASES = Path(__file__).parents[4] / "shared" / "cases"
AS_OF = date(2026, 11, 28)

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"the cases are not there: {CASES}")


def attained(case: str, map_: str = "map.yaml", plan: str = "plan.yaml"):
    folder = CASES / case
    log = read_log(folder / "log.csv", load_log_map(folder / map_))
    return log, sla_attainment.report(plan_file.load(folder / plan), AS_OF, log=log)


def counted(table) -> list[tuple]:
    return [(str(row["metric"]), row["met"], row["missed"], row["reasons"]) for row in table.rows]


def imported(case: str, source: str, map_: str = ""):
    folder = CASES / case
    path = catalogue_import.find_map(map_) if map_ else folder / "map.yaml"
    return catalogue_import.run(folder / source, catalogue_import.load_map(path))


@pytest.mark.parametrize(
    ("case", "map_", "rows", "problems"),
    [
        (
            "itsm-export-response",
            "map.yaml",
            [("Response", 0, 0, {"no_answer": 40}), ("Resolution", 25, 12, {"undated": 3})],
            0,
        ),
        (
            "erpnext-issue-export",
            "map.yaml",
            [
                ("Response", 0, 0, {"no_start": 2}),
                ("Resolution", 0, 0, {"no_start": 2}),
            ],
            0,
        ),
        ("tz-name-ignored", "map.yaml", [("Resolution", 1, 0, {})], 0),
        ("tz-name-ignored", "map-Z.yaml", [("Resolution", 1, 0, {})], 0),
        ("order-asc", "map.yaml", [("Response", 2, 0, {}), ("Resolution", 2, 0, {})], 0),
        ("order-desc", "map.yaml", [("Response", 2, 0, {}), ("Resolution", 2, 0, {})], 0),
        ("row-too-long", "map.yaml", [("Resolution", 0, 0, {"unreadable": 1})], 2),
        ("future-events", "map.yaml", [("Resolution", 1, 1, {})], 0),
        ("cancelled", "map.yaml", [], 0),
        ("t-iso-frac", "map.yaml", [("Resolution", 0, 1, {})], 0),
    ],
)
def test_a_log_is_judged_rightly_or_says_why_it_cannot_be(case, map_, rows, problems):
    log, table = attained(case, map_)

    assert counted(table) == rows
    assert log.unread == problems


@pytest.mark.parametrize(
    ("case", "figures"),
    [
        ("future-events", {"Events after the evaluation date": 3, "Tickets that begin after it": 1}),
        ("cancelled", {"Tickets": 0, "Left out: cancelled": 1}),
    ],
)
def test_what_is_left_out_is_counted(case, figures):
    _, table = attained(case)

    assert {str(figure.label): figure.value for figure in table.summary}.items() >= figures.items()


@pytest.mark.parametrize("case", ["t-epoch", "t-epoch-ms"])
def test_a_format_that_cannot_tell_times_is_refused(case):
    with pytest.raises(PlanFileError, match=r"map\.yaml:2:11: “%"):
        attained(case)


def test_quotes_that_are_not_closed_swallow_nothing():
    with pytest.raises(PlanFileError, match="never closes"):
        imported("unbalanced-quote", "svc.csv")
    with pytest.raises(PlanFileError, match="never closes"):
        read_log(CASES / "order-asc" / "unbalanced.csv", load_log_map(CASES / "order-asc" / "map.yaml"))


@pytest.mark.parametrize(
    ("case", "source"), [("pandas-index", "svc.csv"), ("trailing-comma", "svc.csv"), ("sep-line", "svc.csv")]
)
def test_tables_as_programs_write_them_are_read(case, source):
    result = imported(case, source)

    assert result.plan.get("services", "mail").title == "Mail"
    assert result.left_out == ()


@pytest.mark.parametrize(
    ("case", "source"), [("jira-dup-columns", "jira.csv"), ("xlsx-dup-headings", "s.xlsx")]
)
def test_headings_that_repeat_are_told(case, source):
    result = imported(case, source)

    assert any("This heading occurs 3 times" in str(one) for one in result.left_out)
    if case == "jira-dup-columns":
        assert [one.description for one in result.plan.services] == ["Exchange\nOutlook", "NAS\nBackup"]


@pytest.mark.parametrize("case", ["slug-collide", "slug-collide-notitle", "slug-links"])
def test_links_go_where_the_names_go(case):
    result = imported(case, "s.csv")
    lines = (CASES / case / "s.csv").read_text(encoding="utf-8").splitlines()[1:]

    team_of = {id: team for id, _, team in (line.split(",") for line in lines)}
    plan = result.plan
    assert {one.id: [plan.get("teams", id).title for id in one.teams] for one in plan.services} == {
        id: [team] for id, team in team_of.items()
    }
    assert len(plan.teams) == len(set(team_of.values()))
    assert result.left_out == ()


def test_references_of_backstage_are_read_as_backstage_reads_them():
    plan = imported("backstage-refs", "c.yaml", "backstage").plan

    assert {one.id: [row.service for row in one.dependencies] for one in plan.services} == {
        "web": ["api", "payments-api"],
        "api": [],
        "payments-api": [],
        "batch": ["payments-api"],
    }
    assert plan.get("services", "web").service_owner == "jo.doe"
    assert (plan.get("services", "api").teams, plan.get("services", "payments-api").teams) == (
        ("team-a",),
        ("team-b",),
    )
    assert {one.id: set(one.services) for one in plan.components} == {"db": {"web", "api"}, "queue": {"web"}}


@pytest.mark.parametrize(
    ("case", "source", "told", "empty"),
    [
        ("map-typo", "s.csv", "There is no column “Nmae”. Write “Name”.", False),
        ("map-wrong-sheet", "s.json", "The source has no “b”. Use one of a.", True),
    ],
)
def test_what_a_map_names_and_the_source_has_not_is_told(case, source, told, empty):
    result = imported(case, source)

    assert any(told in str(problem) for problem in result.misnamed)
    assert result.empty is empty
