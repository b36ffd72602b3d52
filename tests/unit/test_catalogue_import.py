"""Foreign catalogues become plans by a map; what finds no place is told."""

from collections import Counter
from pathlib import Path

import pytest

from sm_planner.engine import catalogue_import, plan_file
from sm_planner.engine.catalogue_import import MapError
from sm_planner.engine.catalogue_import.importing import slug
from sm_planner.engine.plan_file import PlanFileError

REAL = Path(__file__).parents[3] / "shared" / "data" / "gitlab-service-catalog-2020.yml"
MAP = """\
plan: {id: "'acme'", title: name}
collections:
  teams:
    from: teams
    fields: {id: name, title: name}
  services:
    from: services
    fields:
      id: name
      title: label
      teams: owners
      importance: {path: tier, values: {"1": High}}
      dependencies: "needs[].{service: @}"
"""
SOURCE = """\
name: Acme
teams: [{name: Web Team, chat: "#web"}]
services:
  - {name: Shop, label: The Shop, tier: 1, owners: [Web Team, Ghosts], needs: [db, mail]}
  - {name: db, label: Data, tier: 9, owners: [Web Team], cost: 12}
  - {name: Shop, label: Again}
  - {label: Nameless}
"""


def run(tmp_path, source=SOURCE, map_=MAP, suffix=".yaml"):
    (tmp_path / f"source{suffix}").write_text(source, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(map_, encoding="utf-8")
    return catalogue_import.run(
        tmp_path / f"source{suffix}", catalogue_import.load_map(tmp_path / "map.yaml")
    )


def test_fields_are_filled_by_the_expressions_of_the_map(tmp_path):
    plan = run(tmp_path).plan
    shop = plan.get("services", "shop")

    assert (plan.id, plan.title) == ("acme", "Acme")
    assert (shop.title, shop.importance, shop.teams) == ("The Shop", "High", ("web-team",))
    assert [row.service for row in shop.dependencies] == ["db"]


def test_what_finds_no_place_is_told_with_its_line(tmp_path):
    assert [str(left_out) for left_out in run(tmp_path).left_out] == [
        "source.yaml:6:5: services id “shop”: The id is taken by source.yaml:4:5.",
        "source.yaml:7:5: services id “label: Nameless”: There is no id.",
        "source.yaml:4:5: services shop teams “ghosts”: There is no such record in teams.",
        "source.yaml:4:5: services shop dependencies.service “mail”: There is no such record in services.",
    ]


def test_values_that_the_map_does_not_name_are_counted(tmp_path):
    assert run(tmp_path).unmapped == {"teams[].chat": 1, "services[].cost": 1}


def test_a_value_that_its_field_refuses_is_left_out_and_told(tmp_path):
    imported = run(tmp_path, map_=MAP.replace('{path: tier, values: {"1": High}}', "tier"))

    assert imported.plan.get("services", "shop").importance == ""
    assert "source.yaml:4:5: services shop importance “1”: “1” is not a Importance." in map(
        str, imported.left_out
    )


def test_json_and_csv_are_read_by_the_same_map_language(tmp_path):
    by_json = run(tmp_path, '{"name": "Acme", "services": [{"name": "a", "label": "A"}]}', suffix=".json")
    by_csv = run(
        tmp_path,
        "name;label\nmail;Mail\ndns;Names\n",
        "plan: {id: \"'acme'\"}\ncollections: {services: {from: '@', fields: {id: name, title: label}}}\n",
        suffix=".csv",
    )

    assert [service.title for service in by_json.plan.services] == ["A"]
    assert [service.id for service in by_csv.plan.services] == ["mail", "dns"]


@pytest.mark.parametrize(
    ("suffix", "text", "problem"),
    [
        (".json", '{"a": NaN}', "source.json: This is not JSON: NaN is not a number."),
        (".json", '{"a":\n 1,}', "source.json:2:4: This is not JSON:"),
        (".json", "[" * 100_000, "source.json: This is not JSON: maximum recursion depth exceeded"),
        (".csv", "a,b\n1,2,3\n", "source.csv:2:1: This row has more cells than the first line has names."),
        (".yaml", "a: *b\n", "source.yaml:1:4: The alias “*b” stands for nothing that was read before."),
        (
            ".pdf",
            "",
            "source.pdf: Files of the kind “.pdf” are not read. Use one of .yaml, .yml, .json, .csv.",
        ),
    ],
)
def test_a_source_that_cannot_be_read_is_told_with_its_place(tmp_path, suffix, text, problem):
    with pytest.raises(PlanFileError) as caught:
        run(tmp_path, text, suffix=suffix)
    assert str(caught.value).startswith(problem)


def test_everything_wrong_with_a_map_is_told_at_once(tmp_path):
    map_ = """\
plan: {idd: x}
collections:
  service: {from: a, fields: {id: b}}
  teams: {fields: {id: "[[", title: {value: 1}}}
"""
    with pytest.raises(MapError) as caught:
        run(tmp_path, map_=map_)
    problems = [str(problem) for problem in caught.value.problems]

    assert problems[0] == "map.yaml:1:8: “idd” is not known here. Write “id”."
    assert problems[1] == "map.yaml:3:3: “service” is not known here. Write “services”."
    assert problems[2] == "map.yaml:4:10: “from” is missing. Add “from:”."
    assert problems[3].startswith("map.yaml:4:24: This is not a JMESPath expression:")
    assert (
        "map.yaml:4:37: An expression is expected here. Write a JMESPath expression, or “path:” with “values:”."
        in problems
    )


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Web Team", "web-team"),
        ("Zürich/Süd", "zurich-sud"),
        ("--a--", "a"),
        ("日本", ""),
        ("x" * 200, "x" * 100),
    ],
)
def test_ids_are_made_fit(text, id):
    assert slug(text) == id


@pytest.mark.skipif(not REAL.is_file(), reason="the real catalogue does not lie beside the checkout")
def test_a_real_catalogue_becomes_a_plan_that_reads_back(tmp_path):
    map_ = catalogue_import.load_map(catalogue_import.find_map("gitlab-service-catalog"))
    imported = catalogue_import.run(REAL, map_)
    reasons = Counter((left_out.field, left_out.value) for left_out in imported.left_out)

    assert (len(imported.plan.services), len(imported.plan.teams), len(imported.plan.people)) == (39, 17, 11)
    assert reasons["dependencies.service", "postgres"] == 6
    assert imported.unmapped["services[].technical.logging[].permalink"] == 68
    assert plan_file.loads(plan_file.dumps(imported.plan)) == imported.plan
