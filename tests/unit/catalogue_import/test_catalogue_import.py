"""Foreign catalogues become plans by a map; what finds no place is told."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest
import yaml
from hypothesis import given, settings, strategies as st

from sm_planner.engine import catalogue_import, plan_file
from sm_planner.engine.catalogue_import import MapError
from sm_planner.engine.model.values import slug
from sm_planner.engine.plan_file import PlanFileError

REAL = Path(__file__).parents[4] / "shared" / "data" / "gitlab-service-catalog-2020.yml"
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
        "source.yaml:6:5: services id “Shop”: The id is already used by source.yaml:4:5.",
        "source.yaml:7:5: services id “label: Nameless”: The id is missing.",
        "source.yaml:4:5: services Shop teams “Ghosts”: There is no such record in teams.",
        "source.yaml:4:5: services Shop dependencies.service “mail”: There is no such record in services.",
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
    assert "source.yaml:4:5: services Shop importance “1”: “1” is not a Importance." in map(
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
        (".json", "[" * 100_000, "source.json: This is nested too deeply. Remove some of the levels."),
        (
            ".csv",
            "a,b\n1,2,3\n",
            "source.csv:2:1: The row has 3 cells, but there are 2 headings. Put cells that contain “,” in quotes.",
        ),
        (".yaml", "a: *b\n", "source.yaml:1:4: The alias “*b” does not refer to anything before it."),
        (
            ".pdf",
            "",
            "source.pdf: Files of the type “.pdf” cannot be read. Use one of .yaml, .yml, .json, .csv, .xlsx.",
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
        "map.yaml:4:37: An expression is expected here. Write a JMESPath expression, or “path:” with “after:”, “short:” or “values:”."
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


BACKSTAGE = Path(__file__).parents[1] / "data" / "backstage-catalog.yaml"


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
        "backstage-catalog.yaml:24:34: services component:harbour-feed status “sunset”: The map has no value for it.",
        "backstage-catalog.yaml:21:1: services component:harbour-feed dependencies.service “component:tide-model”: "
        "There is no such record in services.",
    ]
    assert imported.unmapped["[].spec.providesApis[]"] == 1
    assert plan_file.loads(plan_file.dumps(plan)) == plan


def test_a_backstage_catalog_of_one_document_is_read_too(tmp_path):
    path = tmp_path / "catalog-info.yaml"
    path.write_text("kind: Component\nmetadata: {name: a}\nspec: {type: website, subcomponentOf: b}\n")
    imported = catalogue_import.run(path, catalogue_import.load_map(catalogue_import.find_map("backstage")))
    assert [service.id for service in imported.plan.services] == ["a"]
    assert imported.unmapped == {"[].spec.subcomponentOf": 1, "[].spec.type": 1}


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
        "apps.xlsx Apps!B4: Full name “”: This cell has a formula, whose stored result may be out of date.",
        "apps.xlsx Apps!D5: “y”: This cell is not below any heading of the table.",
        "apps.xlsx Apps!A4: services dns importance “9”: The map has no value for it.",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("name: Shop", "nom: Shop"), "source.yaml:4:5: services id “nom: Shop"),
        (("services:", "service:"), "service[].name 3 source.yaml:4:12"),
        (("name: Shop", "name: [Shop, Store]"), "source.yaml:4:12: services id “Shop Store”: One name is expected here."),
        (("owners: [Web Team, Ghosts]", "owners: Ghosts"), "source.yaml:4:5: services Shop teams “Ghosts”"),
        (("needs: [db, mail]", "needs: db"), "services[].needs 1 source.yaml:4:"),
        (("needs: [db, mail]", "needs: [{on: db}]"), "services Shop dependencies “on: db”: One name is expected here."),
        (("label: Data", "label: {de: Daten}"), "source.yaml:5:23: services db title “de: Daten”: One value is expected here."),
        (("tier: 1", "tier: gold"), "source.yaml:4:41: services Shop importance “gold”: The map has no value for it."),
        (("teams: [{name: Web Team, chat: \"#web\"}]", "teams: Web Team"), "source.yaml:2:8: teams id “Web Team”: The id is missing."),
        (("name: Shop, label: The Shop", "name: '!', label: The Shop"), "services id “!”: No id can be made from this."),
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
        "source.yaml:4:5: services Shop title “name: Shop, label: The Shop, tier: 1, owners: Web Team Gh…”: "
        "The expression in the map does not fit: In function join(), invalid type for value: 1, expected one of: "
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
    assert any("raci role “Shop / * / * / Ghosts”: role is missing." in str(one) for one in imported.left_out)


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


# What a source would lose without a word

TABLE_MAP = """\
plan: {id: "'p'"}
collections:
  services:
    from: "@"
    fields: {id: id, title: name, description: text}
"""


def services_of(imported) -> list[tuple[str, str, str]]:
    return [(one.id, one.title, one.description) for one in imported.plan.services]


def told(imported) -> list[str]:
    return [str(left_out) for left_out in imported.left_out]


def test_a_quote_that_is_never_closed_is_refused_at_the_row_that_opens_it(tmp_path):
    source = 'id,name,text\nmail,Mail,Standard\nmon,Monitor,"24 inch\nfile,Files,Standard\n'

    with pytest.raises(
        PlanFileError, match=r"source\.csv:3:1: A quotation mark that opens in this row never closes\."
    ):
        run(tmp_path, source, TABLE_MAP, ".csv")


def test_a_quote_that_swallows_rows_before_it_is_closed_is_told(tmp_path):
    source = 'id,name,text\nmon,Monitor,"24 inch\nfile,Files,Standard\ntv,TV,27"\nmail,Mail,x\n'
    imported = run(tmp_path, source, TABLE_MAP, ".csv")

    assert told(imported) == [
        "source.csv:2:1: “file,Files,Standard”: This looks like a row, but it is inside a cell: check the quotation marks before it.",
        "source.csv:2:1: “tv,TV,27”: This looks like a row, but it is inside a cell: check the quotation marks before it.",
    ]


def test_a_cell_without_an_end_is_refused_in_words(tmp_path):
    with pytest.raises(
        PlanFileError, match=r"source\.csv:2:1: A cell of this row has more than 131,072 characters\."
    ):
        run(tmp_path, f"id,name,text\nmail,Mail,{'x' * 140_000}\n", TABLE_MAP, ".csv")


def test_columns_of_one_heading_are_a_list_and_that_is_told(tmp_path):
    source = "id,name,team,team,team\nmail,Mail,desk,net,sec\nfile,Files,desk,,\n"
    map_ = TABLE_MAP.replace("description: text", "teams: team") + (
        "  teams: {from: '@', each: team, distinct: true, fields: {id: each}}\n"
    )
    imported = run(tmp_path, source, map_, ".csv")

    assert [service.teams for service in imported.plan.services] == [("desk", "net", "sec"), ("desk",)]
    assert told(imported) == [
        "source.csv:1:1: “team”: This heading occurs 3 times, so its values form a list."
    ]
    assert imported.unmapped == {}


@pytest.mark.parametrize(
    "source",
    [
        "id,name,text,\nmail,Mail,x,\nfile,Files,y,\n",
        "id,name,text\nmail,Mail,x,\nfile,Files,y,\n",
        ",id,name,text\n0,mail,Mail,x\n1,file,Files,y\n",
        "sep=;\nid;name;text\nmail;Mail;x\nfile;Files;y\n",
        '"sep=|"\r\nid|name|text\r\nmail|Mail|x\r\nfile|Files|y\r\n',
        " id , name , text \nmail,Mail,x\n\nfile,Files,y\n",
    ],
)
def test_tables_as_programs_write_them_are_read(tmp_path, source):
    imported = run(tmp_path, source, TABLE_MAP, ".csv")

    assert services_of(imported) == [("mail", "Mail", "x"), ("file", "Files", "y")]
    assert told(imported) == []


def test_a_column_without_a_heading_is_told_by_its_number(tmp_path):
    imported = run(tmp_path, ",id,name,text\n0,mail,Mail,x\n", TABLE_MAP, ".csv")

    assert imported.unmapped == {"[].column 1": 1}


def test_a_name_that_stands_twice_in_an_object_is_refused(tmp_path):
    with pytest.raises(PlanFileError, match="“label” stands twice in one object"):
        run(
            tmp_path,
            '{"name": "Acme", "services": [{"name": "a", "label": "A", "label": "B"}]}',
            suffix=".json",
        )


def test_merged_cells_count_for_all_their_rows(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Apps"
    for row in (
        ["id", "name", "text"],
        ["mail", "Mail", "Core"],
        ["file", "Files", None],
        ["web", "Web", None],
    ):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.active.merge_cells("A4:B4")
    book.save(tmp_path / "apps.xlsx")
    (tmp_path / "map.yaml").write_text(TABLE_MAP.replace('"@"', "Apps"), encoding="utf-8")
    imported = catalogue_import.run(tmp_path / "apps.xlsx", catalogue_import.load_map(tmp_path / "map.yaml"))

    assert services_of(imported) == [("mail", "Mail", "Core"), ("file", "Files", "Core"), ("web", "", "")]
    assert told(imported) == [
        "apps.xlsx Apps!A4: “web”: Cells of several columns are merged: the value is used for the first column only."
    ]


def test_a_misspelt_column_is_told_with_the_nearest_one(tmp_path):
    map_ = TABLE_MAP.replace("title: name", "title: nmae").replace(
        "description: text", 'description: "\\"Long text\\""'
    )
    imported = run(tmp_path, "id,name\nmail,Mail\n", map_, ".csv")

    assert [str(problem) for problem in imported.misnamed] == [
        "map.yaml:5:29: There is no column “nmae”. Write “name”.",
        "map.yaml:5:48: There is no column “Long text”. Use one of id, name.",
    ]
    assert not imported.empty


def test_a_map_for_another_source_places_nothing_and_says_what_is_there(tmp_path):
    imported = run(tmp_path, '{"apps": [{"id": "mail"}]}', TABLE_MAP.replace('"@"', "services"), ".json")

    assert [str(problem) for problem in imported.misnamed] == [
        "map.yaml:4:11: The source has no “services”. Use one of apps."
    ]
    assert imported.empty


def test_what_is_optional_in_a_tree_is_told_only_if_it_is_misspelt(tmp_path):
    source = SOURCE.replace("importance", "").replace("label", "lable")
    imported = run(tmp_path, source, MAP.replace("title: label", "title: label\n      outcome: why"))

    assert [str(problem) for problem in imported.misnamed] == [
        "map.yaml:10:14: The source has no “label”. Write “lable”."
    ]


def test_the_maps_that_come_with_the_project_name_nothing_that_their_sources_lack(tmp_path):
    assert (
        catalogue_import.run(
            BACKSTAGE, catalogue_import.load_map(catalogue_import.find_map("backstage"))
        ).misnamed
        == ()
    )
    path = tmp_path / "catalogue.yaml"
    path.write_text(GITLAB, encoding="utf-8")
    assert (
        catalogue_import.run(
            path, catalogue_import.load_map(catalogue_import.find_map("gitlab-service-catalog"))
        ).misnamed
        == ()
    )


@pytest.mark.parametrize(
    "field",
    ["{path: tier, values: {'1': [High]}}", "{path: tier, after: [a]}", "{path: tier, short: {a: b}}"],
)
def test_what_is_no_text_in_a_field_of_a_map_is_told(tmp_path, field):
    with pytest.raises(MapError, match="A text is expected here. Write the text."):
        run(tmp_path, map_=MAP.replace('{path: tier, values: {"1": High}}', field))


@pytest.mark.parametrize("value", ["yes", "True", "1"])
def test_a_flag_of_a_map_that_is_neither_true_nor_false_is_told(tmp_path, value):
    with pytest.raises(MapError, match="“distinct” is true or false. Write “distinct: true”, or remove it."):
        run(tmp_path, map_=MAP.replace("    from: teams\n", f"    from: teams\n    distinct: {value}\n"))


def test_a_dependency_on_itself_is_told_and_one_that_is_named_twice_stands_once(tmp_path):
    imported = run(tmp_path, SOURCE.replace("needs: [db, mail]", "needs: [db, DB, Shop]"))

    assert [row.service for row in imported.plan.get("services", "shop").dependencies] == ["db"]
    assert "source.yaml:4:5: services Shop dependencies.service “Shop”: It refers to itself." in told(
        imported
    )


def test_what_a_map_takes_of_some_items_is_told_of_the_others(tmp_path):
    imported = run(tmp_path, map_=MAP.replace("from: services", "from: \"services[?name=='db']\""))

    assert imported.unmapped == {
        "teams[].chat": 1,
        "services[].label": 3,
        "services[].tier": 1,
        "services[].owners[]": 2,
        "services[].needs[]": 2,
        "services[].cost": 1,
    }


@pytest.mark.parametrize(
    ("owner", "items"),
    [
        ("owner", "services"),
        ("[owner][]", "services"),
        ("[owner][?@] | [0]", "services[]"),
        ("not_null(owner, team)", "sort_by(services, &name)"),
        ("to_array(owner)[0]", "reverse(services)[]"),
        ("[owner, team][]", "services[?name]"),
        ("map(&@, [owner])", "services[?owner].{name: name, owner: owner, cost: cost}"),
    ],
)
def test_no_place_is_said_of_what_an_expression_takes_in_whatever_way(tmp_path, owner, items):
    source = "teams: [{name: Web}]\nservices: [{name: a, owner: Web, cost: 1}, {name: b, owner: Web}]\n"
    map_ = (
        "plan: {id: \"'acme'\"}\ncollections:\n  teams: {from: teams, fields: {id: name}}\n"
        f'  services: {{from: "{items}", fields: {{id: name, teams: "{owner}"}}}}\n'
    )
    imported = run(tmp_path, source, map_)

    assert [one.teams for one in imported.plan.services] == [("web",), ("web",)]
    assert imported.unmapped == ({} if "cost" in items else {"services[].cost": 1})
    assert imported.misnamed == ()


@pytest.mark.parametrize(
    ("hosts", "id", "unmapped"),
    [
        ("[h1, h2]", "each", {}),
        ("h1", "each", {}),
        ("[{name: h1, disk: 3}]", "each.name", {"services[].hosts[].disk": 1}),
    ],
)
def test_no_place_is_said_of_what_is_taken_of_each_value(tmp_path, hosts, id, unmapped):
    map_ = (
        "plan: {id: \"'acme'\"}\ncollections:\n"
        f"  components: {{from: services, each: hosts, fields: {{id: {id}, services: '[name]'}}}}\n"
    )
    imported = run(tmp_path, f"services: [{{name: a, hosts: {hosts}}}]\n", map_)

    assert imported.plan.components[0].id == "h1"
    assert imported.unmapped == unmapped


def test_a_source_that_names_its_items_is_covered_name_by_name(tmp_path):
    source = "services: {a: {title: A, cost: 1}, b: {title: B, team: {lead: ada}}}\n"
    map_ = (
        "plan: {id: \"'acme'\"}\ncollections:\n"
        "  services: {from: 'services.*', fields: {id: title, description: 'keys(not_null(team, `{}`))'}}\n"
    )
    imported = run(tmp_path, source, map_)

    assert [one.id for one in imported.plan.services] == ["a", "b"]
    assert imported.unmapped == {"services.a.cost": 1, "services.b.team.lead": 1}


def test_raci_entries_that_become_one_are_told(tmp_path):
    map_ = MAP + (
        "  processes: {from: 'teams', fields: {id: name}}\n  roles: {from: teams, fields: {id: name}}\n"
        "  raci: {from: 'services[].{name: name, as: owners[]}', each: as,"
        " fields: {process: each, role: each, letter: \"'R'\"}}\n"
    )
    imported = run(tmp_path, SOURCE.replace("Ghosts", "web-team"), map_)

    assert [(entry.process, entry.role) for entry in imported.plan.raci] == [("web-team", "web-team")]
    assert any(
        "raci id “web-team / * / * / web-team”: The id is already used by" in line for line in told(imported)
    )


# Backstage

REFERENCES = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: till}
spec:
  owner: User:default/Ida
  system: shop
  dependsOn: ["Component:default/stock", "component:stock", "Resource:default/DB", "component:west/stock", "component:till"]
APIVERSION
kind: Component
metadata: {name: stock}
spec: {owner: "group:default/crew"}
APIVERSION
kind: Component
metadata: {name: stock, namespace: west}
spec: {owner: crew, dependencyOf: ["Component:default/report"]}
APIVERSION
kind: Component
metadata: {name: report}
spec: {owner: west/crew}
APIVERSION
kind: System
metadata: {name: till}
spec: {owner: crew}
APIVERSION
kind: Resource
metadata: {name: db}
spec: {type: database, owner: user:ida, dependencyOf: ["component:stock"], dependsOn: ["resource:disk"]}
APIVERSION
kind: Group
metadata: {name: crew}
spec: {members: [Ida]}
APIVERSION
kind: Group
metadata: {name: crew, namespace: west}
spec: {}
APIVERSION
kind: User
metadata: {name: ida}
spec: {memberOf: [Crew, west/crew]}
"""


@pytest.fixture(params=["apiVersion: backstage.io/v1alpha1", "---\napiVersion: backstage.io/v1alpha1"])
def backstage(request, tmp_path):
    """The catalog with and without a mark where a document begins."""
    path = tmp_path / "catalog.yaml"
    path.write_text(REFERENCES.replace("APIVERSION", request.param), encoding="utf-8")
    return catalogue_import.run(path, catalogue_import.load_map(catalogue_import.find_map("backstage")))


def test_references_of_backstage_are_read_as_backstage_reads_them(backstage):
    plan = backstage.plan
    dependencies = {one.id: [row.service for row in one.dependencies] for one in plan.services}

    assert dependencies == {
        "component:till": ["stock", "west-stock"],
        "stock": [],
        "west-stock": [],
        "report": ["west-stock"],
        "system:till": [],
        "shop": ["component:till"],
    }
    assert plan.get("services", "component:till").service_owner == "ida"
    assert {one.id: one.teams for one in plan.services if one.teams} == {
        "stock": ("crew",),
        "west-stock": ("west-crew",),
        "report": ("west-crew",),
        "system:till": ("crew",),
    }
    assert [(one.id, one.services) for one in plan.components] == [("db", ("stock", "component:till"))]
    assert {one.id: [row.person for row in one.members] for one in plan.teams} == {
        "crew": ["ida"],
        "west-crew": ["ida"],
    }


def test_what_backstage_says_and_a_plan_has_no_place_for_is_told(backstage):
    lines = [line.partition(": ")[2] for line in told(backstage)]

    assert lines == [
        "services component:till dependencies.service “component:till”: It refers to itself.",
        "components resource:db team “user:ida”: There is no such record in teams.",
    ]
    assert backstage.unmapped == {"[].apiVersion": 9, "[].spec.dependsOn[]": 1}


def test_a_name_that_stands_twice_in_a_document_is_still_refused(tmp_path):
    path = tmp_path / "catalog.yaml"
    path.write_text("apiVersion: 1\nkind: System\nkind: Component\n", encoding="utf-8")

    with pytest.raises(PlanFileError, match="“kind” occurs twice here"):
        catalogue_import.run(path, catalogue_import.load_map(catalogue_import.find_map("backstage")))
