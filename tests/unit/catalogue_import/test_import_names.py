"""Names of a source become ids: each its own, the same from run to run, and links go where the names go."""

from __future__ import annotations

import csv
import random

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import catalogue_import
from sm_planner.engine.catalogue_import.ids import Known, forms, ids_of, key_of
from sm_planner.engine.model.values import KEY

MAP = """\
plan: {id: "'p'"}
collections:
  teams:
    from: "@"
    distinct: true
    fields: {id: team}
  services:
    from: "@"
    fields: {id: id, title: name, teams: "[team]"}
"""


def imported(folder, rows: list[tuple[str, str, str]], map_: str = MAP):
    with (folder / "s.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "name", "team"), *rows])
    (folder / "map.yaml").write_text(map_, encoding="utf-8")
    return catalogue_import.run(folder / "s.csv", catalogue_import.load_map(folder / "map.yaml"))


def teams_of(plan) -> dict[str, str]:
    """Service → the title of its team."""
    return {
        service.title: ", ".join(plan.get("teams", id).title or id for id in service.teams)
        for service in plan.services
    }


def plain(*names: str) -> dict[str, tuple[str, ...]]:
    return {key_of(name): (name,) for name in names}


def test_names_that_would_become_one_id_are_told_apart_and_keep_their_links(tmp_path):
    rows = [("s1", "Print", "C++"), ("s2", "Web", "C#"), ("s3", "Chat", "Größe"), ("s4", "Call", "Groe")]
    result = imported(tmp_path, rows)

    assert teams_of(result.plan) == {"Print": "C++", "Web": "C#", "Chat": "Größe", "Call": "groe"}
    assert len({team.id for team in result.plan.teams}) == 4
    assert result.left_out == ()


def test_names_in_other_scripts_are_kept_with_their_links(tmp_path):
    rows = [("s1", "Почта", "Служба поддержки"), ("s2", "Файлы", "Отдел сети"), ("s3", "Wiki", "サポート")]
    result = imported(tmp_path, rows)

    assert teams_of(result.plan) == {"Почта": "Служба поддержки", "Файлы": "Отдел сети", "Wiki": "サポート"}
    assert all(team.id.startswith("team-") for team in result.plan.teams)
    assert result.left_out == ()


@pytest.mark.parametrize("name", ["Web Team", "web team", "WEB  TEAM", "web-team", "Web_Team"])
def test_a_link_finds_a_name_that_is_written_much_like_it(tmp_path, name):
    map_ = MAP.replace('from: "@"\n    distinct: true', "from: \"[?id=='s1']\"\n    distinct: true")
    result = imported(tmp_path, [("s1", "A", "Web Team"), ("s2", "B", name)], map_)

    assert [service.teams for service in result.plan.services] == [("web-team",), ("web-team",)]


def test_a_link_that_may_mean_several_names_is_told(tmp_path):
    map_ = MAP.replace('from: "@"\n    distinct: true', "from: \"[?id!='s3']\"\n    distinct: true")
    result = imported(
        tmp_path, [("s1", "A", "web_team"), ("s2", "B", "web-team"), ("s3", "C", "Web Team")], map_
    )

    assert [str(one) for one in result.left_out] == [
        "s.csv:4:1: services s3 teams “Web Team”: It must be one of web-team, web_team."
    ]


def test_a_link_never_takes_a_name_that_only_its_id_is_like(tmp_path):
    map_ = MAP.replace('from: "@"\n    distinct: true', "from: \"[?id=='s1']\"\n    distinct: true")
    result = imported(tmp_path, [("s1", "A", "C++"), ("s2", "B", "C")], map_)

    assert teams_of(result.plan) == {"A": "C++", "B": ""}
    assert [str(one.reason) for one in result.left_out] == ["There is no such record in teams."]


def test_the_shortest_form_that_is_nobody_elses_makes_the_id():
    names = ("component:shop", "component:payments/shop", "system:desk", "component:desk", "group:web")

    assert ids_of({key_of(name): forms(name, ":/") for name in names}, "service") == {
        "component:shop": "shop",
        "component:payments/shop": "payments-shop",
        "system:desk": "system:desk",
        "component:desk": "component:desk",
        "group:web": "web",
    }


def test_whoever_is_called_like_the_id_keeps_it():
    assert ids_of(plain("C", "C++"), "team")["c"] == "c"


def test_names_that_are_long_and_begin_alike_have_ids_that_fit():
    ids = ids_of(plain("x" * 150, "x" * 151), "team").values()

    assert len(set(ids)) == 2
    assert max(map(len, ids)) <= 100


NAMES = st.lists(
    st.text(st.sampled_from("aB1 -_/.:+#äßПとé"), min_size=1, max_size=5)
    | st.sampled_from(
        ["C", "C++", "C#", "c-cedb1b", "team-bdbdb2", "Größe", "Groe", "Отдел 1", "Группа 1", "サポート"]
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=300)
@given(NAMES, st.sampled_from(["", ":/"]), st.randoms(use_true_random=False))
def test_every_name_gets_an_id_of_its_own_that_does_not_hang_on_the_order(
    names, marks, chance: random.Random
):
    known = {key_of(name): forms(name, marks) for name in names if any(map(str.isalnum, name))}
    shuffled = list(known)
    chance.shuffle(shuffled)

    ids = ids_of(known, "team")

    assert ids.keys() == known.keys()
    assert len({id.casefold() for id in ids.values()}) == len(known)
    assert all(KEY.fullmatch(id) and len(id) <= 100 for id in ids.values())
    assert ids_of({key: known[key] for key in shuffled}, "team") == ids


@settings(max_examples=100)
@given(NAMES)
def test_every_name_finds_its_own_record(names):
    known = Known({key_of(name) for name in names})

    assert all(known.find(name) == [key_of(name)] for name in names)


@settings(max_examples=60)
@given(NAMES)
def test_links_go_where_the_names_go(tmp_path_factory, names):
    names = [" ".join(name.split()) for name in names if any(map(str.isalnum, name))]
    rows = [(f"s{number}", f"S{number}", name) for number, name in enumerate(names)]
    result = imported(
        tmp_path_factory.mktemp("names"), rows, MAP.replace("{id: team}", "{id: team, title: team}")
    )

    first = {}
    for name in names:
        first.setdefault(key_of(name), name)
    assert teams_of(result.plan) == {f"S{number}": first[key_of(name)] for number, name in enumerate(names)}
