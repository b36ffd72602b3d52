"""Foreign catalogues become plans by a map; what finds no place is told."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given, settings, strategies as st

from sm_planner.engine import catalogue_import, plan_file
from sm_planner.engine.catalogue_import import MapError
from sm_planner.engine.catalogue_import.fitting import slug
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
        "source.yaml:5:5: services db importance “9”: The map has no value for it.",
        "source.yaml:6:5: services id “shop”: The id is taken by source.yaml:4:5.",
        "source.yaml:7:5: services id “label: Nameless”: There is no id.",
        "source.yaml:4:5: services shop teams “ghosts”: There is no such record in teams.",
        "source.yaml:4:5: services shop dependencies.service “mail”: There is no such record in services.",
    ]


def test_values_that_the_map_does_not_name_are_counted(tmp_path):
    imported = run(tmp_path)
    assert imported.unmapped == {"teams[].chat": 1, "services[].cost": 1}
    assert {way: str(place) for way, place in imported.first_unmapped.items()} == {
        "teams[].chat": "source.yaml:2:32",
        "services[].cost": "source.yaml:5:5",
    }


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
        (".json", '{"a":\n 1 2}', "source.json:2:4: This is not JSON:"),
        (".json", "[" * 100_000, "source.json: This is nested too deep. Take levels out."),
        (".csv", "a,b\n1,2,3\n", "source.csv:2:1: This row has more cells than the first line has names."),
        (".yaml", "a: *b\n", "source.yaml:1:4: The alias “*b” stands for nothing that was read before."),
        (
            ".pdf",
            "",
            "source.pdf: Files of the kind “.pdf” are not read. Use one of .yaml, .yml, .json, .csv, .xlsx.",
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
        "map.yaml:4:37: An expression is expected here. Write a JMESPath expression, or “path:” with “after:” or “values:”."
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


BACKSTAGE = Path(__file__).parent / "data" / "backstage-catalog.yaml"


def test_a_backstage_catalog_becomes_services_teams_people_and_components():
    imported = catalogue_import.run(
        BACKSTAGE, catalogue_import.load_map(catalogue_import.find_map("backstage"))
    )
    plan = imported.plan
    system, timetable, feed = (
        plan.get("services", id) for id in ("ferry-booking", "timetable", "harbour-feed")
    )
    database = plan.get("components", "crossings-db")

    assert (system.title, system.teams) == ("Ferry Booking", ("web-crew",))
    assert [row.service for row in system.dependencies] == ["timetable"]
    assert [row.service for row in timetable.dependencies] == ["harbour-feed"]
    assert (timetable.status, timetable.teams, timetable.service_owner) == ("Live", ("web-crew",), "")
    assert (feed.teams, feed.service_owner) == ((), "mara")
    assert (database.kind, database.services, database.team) == ("Database", ("timetable",), "data-crew")
    assert plan.get("people", "mara").user == "mara@ferry.example"
    for team in ("web-crew", "data-crew"):
        assert [row.person for row in plan.get("teams", team).members] == ["mara"]
    assert [str(left_out) for left_out in imported.left_out] == [
        "backstage-catalog.yaml:24:34: services harbour-feed status “sunset”: The map has no value for it.",
        "backstage-catalog.yaml:21:1: services harbour-feed dependencies.service “tide-model”: "
        "There is no such record in services.",
    ]
    assert imported.unmapped["[].spec.providesApis[]"] == 1
    assert plan_file.loads(plan_file.dumps(plan)) == plan


def test_a_backstage_catalog_of_one_document_is_read_too(tmp_path):
    path = tmp_path / "catalog-info.yaml"
    path.write_text("kind: Component\nmetadata: {name: a}\nspec: {type: website, subcomponentOf: b}\n")
    imported = catalogue_import.run(path, catalogue_import.load_map(catalogue_import.find_map("backstage")))
    assert [service.id for service in imported.plan.services] == ["a"]
    assert imported.unmapped == {"[].spec.subcomponentOf": 1}


def test_a_workbook_is_read_by_its_sheets_and_first_rows(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Apps"
    for row in (
        ["name", "Full name", "Tier"],
        ["mail", "Mail", 1],
        [None],
        ["dns", "=A2", 9],
        ["x", None, None, "y"],
    ):
        book.active.append(row)
    book.save(tmp_path / "apps.xlsx")
    (tmp_path / "map.yaml").write_text(
        "plan: {id: \"'acme'\"}\n"
        "collections: {services: {from: Apps, fields: {id: name, title: '\"Full name\"',"
        " importance: {path: Tier, values: {'1': High}}}}}\n"
    )
    imported = catalogue_import.run(tmp_path / "apps.xlsx", catalogue_import.load_map(tmp_path / "map.yaml"))

    assert [(one.id, one.title, one.importance) for one in imported.plan.services] == [
        ("mail", "Mail", "High"), ("dns", "", ""), ("x", "", ""),
    ]  # fmt: skip
    assert [str(left_out) for left_out in imported.left_out] == [
        "apps.xlsx Apps!B4: Full name “”: A formula stands here; its stored result may be out of date.",
        "apps.xlsx Apps!D5: y “”: This cell stands below no heading of the table.",
        "apps.xlsx Apps!A4: services dns importance “9”: The map has no value for it.",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("name: Shop", "nom: Shop"), "source.yaml:4:5: services id “nom: Shop"),
        (("services:", "service:"), "service[].name 3 source.yaml:4:12"),
        (("name: Shop", "name: [Shop, Store]"), "source.yaml:4:12: services id “Shop Store”: One name is expected here."),
        (("owners: [Web Team, Ghosts]", "owners: Ghosts"), "source.yaml:4:5: services shop teams “ghosts”"),
        (("needs: [db, mail]", "needs: db"), "services[].needs 1 source.yaml:4:"),
        (("needs: [db, mail]", "needs: [{on: db}]"), "services shop dependencies “on: db”: One name is expected here."),
        (("label: Data", "label: {de: Daten}"), "source.yaml:5:23: services db title “de: Daten”: One value is expected here."),
        (("tier: 1", "tier: gold"), "source.yaml:4:41: services shop importance “gold”: The map has no value for it."),
        (("teams: [{name: Web Team, chat: \"#web\"}]", "teams: Web Team"), "source.yaml:2:8: teams id “Web Team”: There is no id."),
        (("name: Shop, label: The Shop", "name: '!', label: The Shop"), "services id “!”: This cannot be made an id."),
    ],
)  # fmt: skip
def test_a_source_that_changed_its_fields_is_imported_and_each_loss_is_told(tmp_path, change, told):
    assert change[0] in SOURCE
    imported = run(tmp_path, SOURCE.replace(*change))
    lines = [str(left_out) for left_out in imported.left_out]
    lines += [f"{way} {count} {imported.first_unmapped[way]}" for way, count in imported.unmapped.items()]
    assert any(told in line for line in lines), lines


def test_an_expression_that_cannot_work_on_a_value_is_told(tmp_path):
    imported = run(tmp_path, map_=MAP.replace("title: label", "title: join('-', tier)"))
    assert (
        "source.yaml:4:5: services shop title “name: Shop, label: The Shop, tier: 1, owners: Web Team Gh…”: "
        "The map's expression does not fit it: In function join(), invalid type for value: 1, expected one of: "
        "['array-string'], received: \"number\"" in map(str, imported.left_out)
    )


def test_records_that_lack_what_they_must_have_are_told_with_all_that_rests_on_them(tmp_path):
    map_ = MAP + "  catalogue: {from: services, fields: {id: name, service: entry}}\n"
    imported = run(tmp_path, map_=map_)
    assert imported.plan.catalogue == ()
    assert "source.yaml:5:5: catalogue service “db”: service is missing." in map(str, imported.left_out)


def test_raci_entries_are_imported_and_those_that_say_nothing_are_told(tmp_path):
    map_ = MAP + (
        "  processes: {from: services, fields: {id: name}}\n  roles: {from: teams, fields: {id: name}}\n"
        "  raci: {from: 'services[?cost || owners]',"
        " fields: {process: name, role: 'owners[0]', letter: \"cost && 'R' || 'A'\"}}\n"
    )
    imported = run(tmp_path, SOURCE.replace("owners: [Web Team, Ghosts]", "owners: [Ghosts]"), map_)
    assert [(entry.process, entry.role, entry.letter) for entry in imported.plan.raci] == [
        ("db", "web-team", "R")
    ]
    assert any("raci role “shop / * / * / ghosts”: role is missing." in str(one) for one in imported.left_out)


def mutated(data, draw):
    """The value with some of its parts renamed, of another shape, or gone."""
    change = draw(st.integers(0, 60))
    if change == 0:
        return draw(st.sampled_from([None, 7, 1.5, True, "text", ["text"], [[]], {"a": "b"}, {"<<": 1}]))
    if change == 1:
        return [data]
    if isinstance(data, list):
        return data[0] if change == 2 and data else [mutated(item, draw) for item in data]
    if isinstance(data, dict):
        return {
            f"{key}x" if draw(st.integers(0, 40)) == 0 else key: mutated(item, draw)
            for key, item in data.items()
        }
    return data


@settings(max_examples=40)
@given(data=st.data())
@pytest.mark.parametrize("map_name", ["gitlab-service-catalog", "backstage"])
def test_another_vintage_of_a_catalogue_never_stops_the_import(tmp_path_factory, map_name, data):
    vintage = (
        yaml.safe_load(GITLAB) if map_name != "backstage" else list(yaml.safe_load_all(BACKSTAGE.read_text()))
    )
    path = tmp_path_factory.mktemp("vintage") / "catalogue.yaml"
    path.write_text(yaml.safe_dump(mutated(vintage, data.draw)))
    imported = catalogue_import.run(path, catalogue_import.load_map(catalogue_import.find_map(map_name)))

    assert plan_file.loads(plan_file.dumps(imported.plan)) == imported.plan
    assert all(left_out.place.source == "catalogue.yaml" for left_out in imported.left_out)
    assert imported.first_unmapped.keys() == imported.unmapped.keys()


GITLAB = """\
teams:
  - {name: Edge, manager_slug: ada, slack_channel: edge, url: "https://x"}
tiers: [{name: sv}]
services:
  - name: web
    friendly_name: Web
    tier: sv
    teams: [Edge]
    business:
      SLA: {overall_sla_weighting: 5}
      business_value: Sells
      customers: [GitLab.com customers]
    technical:
      chef_roles: [web-role]
      dependencies: [{service: db}]
      logging: [{permalink: "https://y"}]
  - {name: db, friendly_name: Data, infra_owner: Edge, technical: {chef_roles: [db-role, web-role]}}
"""
"""A catalogue in the form of GitLab.com's, in our own words."""


@pytest.mark.skipif(not REAL.is_file(), reason="the real catalogue does not lie beside the checkout")
def test_a_changed_real_catalogue_says_what_it_lost(tmp_path):
    text = (
        REAL.read_text(encoding="utf-8")
        .replace("friendly_name:", "display_name:")
        .replace("  business:", "  trade:")
    )
    (tmp_path / "real.yaml").write_text(text, encoding="utf-8")
    map_ = catalogue_import.load_map(catalogue_import.find_map("gitlab-service-catalog"))
    imported = catalogue_import.run(tmp_path / "real.yaml", map_)

    assert len(imported.plan.services) == 39
    assert imported.unmapped["services[].display_name"] == 39
    assert (
        imported.first_unmapped["services[].display_name"].line
        == text[: text.index("display_name:")].count("\n") + 1
    )
    assert any(way.startswith("services[].trade.") for way in imported.unmapped)
