"""The command line: what it prints, writes and answers with."""

import json
import shlex
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner

from sm_planner.cli import cli
from sm_planner.cli.base import progress
from sm_planner.engine import plan_file
from sm_planner.engine.examples import example_path, faults, faulty_twin
from sm_planner.engine.gates.mandate import WHY_TEMPLATE

AS_OF = ("--as-of", "2026-11-24")
SOME_FAULTS = [
    *(
        "AGR-03",
        "AGR-05",
        "AGR-12",
        "AGR-13",
        "ASM-03",
        "ASM-04",
        "CAT-02",
        "CHN-03",
        "CHN-05",
        "CHN-08",
        "CHN-11",
        "CHN-12",
    ),
    *(
        "CHN-13",
        "CHN-15",
        "IMP-01",
        "IMP-13",
        "MOD-06",
        "MON-01",
        "OBJ-07",
        "OBJ-09",
        "OBJ-10",
        "RAC-03",
        "RAC-08",
    ),
    *("RAC-09", "RAC-13", "RAC-17", "SPN-04", "SPN-05", "STK-05", "SUP-05", "SVC-02", "SVC-06"),
    "TOL-02",
]
"""Rules that the example plan breaks."""
UNDECIDED = {"CHN-03"}
"""Rules that cannot be decided for all of it."""


def run(*arguments, status=0):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == status, result.output + str(result.exception)
    return result


def run_json(*arguments, status=0):
    return json.loads(run(*arguments, "--json", status=status).stdout)


def codes_of(findings, verdict):
    return sorted({finding["code"] for finding in findings if finding["verdict"] == verdict})


@pytest.fixture
def plan_path(tmp_path):
    return shutil.copy(example_path("minimal"), tmp_path / "plan.yaml")


def seal(plan_path, tmp_path, status=0):
    meaning = ("--signer", "edith", "--meaning", "I approve this plan and fund it.")
    return run_json(
        "seal", plan_path, *meaning, "--key", tmp_path / "seal.key", "--make-key", *AS_OF, status=status
    )


@pytest.mark.parametrize(("depth", "rules", "lines"), [("first plan", 45, 120), ("grown", 251, 920)])
def test_a_new_plan_is_written_once_and_lacks_nothing_but_its_why(tmp_path, depth, rules, lines):
    path = tmp_path / "mine.yaml"
    run("new", path, "--depth", depth)
    assert len(path.read_text("utf-8").splitlines()) <= lines

    told = run_json("check", path, *AS_OF, status=1)
    assert told["asked"] == rules
    assert [(finding["code"], finding["message"]) for finding in told["findings"]] == [
        ("PLN-03", "The field Why still has the text of the template.")
    ]
    assert "is already there" in run("new", path, status=2).stderr


def test_a_new_plan_begins_with_a_template(tmp_path):
    path = tmp_path / "mine.yaml"
    run("new", path, "--template", "library", "--situation", "improve", "--depth", "grown", *AS_OF)
    plan = plan_file.load(path)
    assert (plan.depth, plan.context_type, len(plan.processes)) == ("Grown", "Improve", 5)
    assert {role.taken_from for role in plan.roles} == {"Library"}
    ids = [one["id"] for one in run_json("templates")["templates"]]
    assert "library" in ids
    refused = run("new", tmp_path / "other.yaml", "--template", "zoo", status=2).stderr
    assert "There is no template “zoo”. Give one of these: library" in refused
    assert not (tmp_path / "other.yaml").exists()


def test_a_plan_without_a_fault_checks_clean(plan_path):
    told = run("check", plan_path, *AS_OF).stdout
    assert told.startswith("0 blocker, 0 error, 0 warning, 0 information; 0 not evaluated; 0 waived; ")


def test_check_tells_findings_and_answers_with_one(tmp_path):
    found = run_json("check", example_path("example"), *AS_OF, status=1)

    assert codes_of(found["findings"], "failed") == SOME_FAULTS
    assert set(codes_of(found["findings"], "not evaluated")) == UNDECIDED
    assert found["counts"] == {"Blocker": 0, "Error": 23, "Warning": 16, "Information": 1}
    assert [(finding["code"], finding["waiver"]) for finding in found["waived"]] == [
        ("AGR-09", "echoline-runs-out"),
        ("RAC-13", "specialists-in-their-lines"),
        ("RAC-13", "specialists-in-their-lines"),
    ]
    assert set(found["findings"][0]) == {
        "code", "severity", "verdict", "collection", "id", "title", "field", "count", "message", "fix",
        "waiver", "waiting",
    }  # fmt: skip


def test_check_tells_each_fault_once_with_some_findings_beneath_and_what_helps_most(monkeypatch):
    monkeypatch.setattr("sm_planner.cli.base.BENEATH", 2)
    told = run("check", example_path("example"), *AS_OF, status=1).stdout.splitlines()

    at = told.index("Error        CHN-03  3 findings")
    _said, first, second, more = told[at + 1 : at + 5]
    assert first.startswith(f"{'':13}- CHN-03 ")
    assert second.startswith(f"{'':13}- CHN-03 ")
    assert more == f"{'':13}- and 1 more; --json lists all of them."
    assert told.index("Concerns customers and what they are promised:") < at < told.index("Everything else:")
    assert "Error        CHN-03  Staff Workplace (not evaluated)" in told
    helping = told[told.index("What helps most:") + 1 : -1]
    assert len(helping) == 3
    assert helping[0].startswith("  CHN-03  No agreement beneath “Staff Workplace” promises Fulfilment.")


def test_any_report_is_shown_by_its_name_and_an_unknown_name_lists_them():
    found = run_json("report", "agreement-expiry", example_path("example"), *AS_OF)
    assert {row["kind"] for row in found["rows"]} == {"SLA", "OLA", "UC"}
    told = run("report", "no-such", example_path("example"), status=2).stderr
    assert "“no-such” is no report. There are: plan-findings, " in " ".join(told.split())


def test_check_fails_from_the_severity_that_is_asked_for():
    run("check", example_path("example"), *AS_OF, "--fail-on", "blocker", status=0)
    run("check", example_path("example"), *AS_OF, "--fail-on", "error", status=1)


def test_findings_stand_at_their_lines_in_sarif():
    path = example_path("example")
    log = json.loads(run("check", path, *AS_OF, "--format", "sarif", status=1).stdout)
    (ran,) = log["runs"]
    lines = path.read_text(encoding="utf-8").splitlines()

    assert sorted({result["ruleId"] for result in ran["results"]}) == SOME_FAULTS
    for result in ran["results"]:
        (location,) = result["locations"]
        (record,) = location["logicalLocations"]
        assert record["name"] in lines[location["physicalLocation"]["region"]["startLine"] - 1]
        assert ran["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_every_rule_is_a_case_in_junit():
    told = run("check", example_path("example"), *AS_OF, "--format", "junit", status=1).stdout
    suite = ElementTree.fromstring(told)

    assert len(suite) == int(suite.get("tests")) == len(run_json("rules"))
    assert (
        sorted(case.get("name").split()[0] for case in suite if case.find("failure") is not None)
        == SOME_FAULTS
    )


@pytest.mark.parametrize("command", ["check", "raci", "readiness", "book", "verify"])
def test_an_unusable_file_is_told_with_its_place_and_answered_with_two(tmp_path, command):
    path = tmp_path / "plan.yaml"
    path.write_text("plan: {id: p, titel: x}\n")

    assert (
        run(command, path, status=2).stderr == "plan.yaml:1:15: “titel” is not a field here. Write “title”.\n"
    )
    assert run_json(command, path, status=2)["problems"][0]["line"] == 1


def test_a_file_that_is_not_there_is_named():
    assert run("check", "nowhere.yaml", status=2).stderr == "nowhere.yaml: No such file or directory.\n"


def test_rules_are_listed():
    rules = run_json("rules")

    assert len(rules) >= 25
    assert run("rules").stdout.splitlines()[0].startswith(rules[0]["code"])


def test_the_raci_matrix_shows_what_differs_or_every_cell():
    short = run_json("raci", example_path("example"))["rows"]
    full = run_json("raci", example_path("example"), "--all")["rows"]

    assert 0 < len(short) < len(full)
    assert "Incident" in run("raci", example_path("example")).stdout


def test_readiness_names_the_pieces():
    assert run_json("readiness", example_path("minimal"), *AS_OF)["summary"][0]["label"] == "Pieces ready"


def test_the_book_is_written(tmp_path):
    run("book", example_path("example"), "-o", tmp_path / "book.html", *AS_OF)

    assert (tmp_path / "book.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_book_tells_what_was_kept_from_a_log(tmp_path):
    log = tmp_path / "log.csv"
    log.write_text(
        "number,incident_state,sys_updated_at,opened_at,sys_mod_count,priority,assignment_group\n"
        "INC1,New,07-03-2016 09:00,07-03-2016 09:00,0,3 - Moderate,Desk\n"
    )
    book = ("book", example_path("incidents"), "-o", tmp_path / "book.html", *AS_OF)
    run(*book, "--log", log, "--map", "servicenow-incidents")

    assert "Were the promises kept?" in (tmp_path / "book.html").read_text(encoding="utf-8")
    refused = run(*book, "--log", log, status=2)
    assert "Give --log and --map together" in refused.stderr


def test_the_book_is_set_as_pdf(tmp_path):
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"WeasyPrint does not run here: {error}")
    told = run_json("book", example_path("minimal"), "-o", tmp_path / "book.pdf", *AS_OF)

    assert told == {"written": str(tmp_path / "book.pdf")}
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")


def test_without_the_pdf_engine_the_fix_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    refused = run("book", example_path("minimal"), "--pdf", "-o", tmp_path / "book.pdf", *AS_OF, status=2)

    assert "pip install 'sm_planner[pdf]'" in refused.stderr
    assert not (tmp_path / "book.pdf").exists()


def test_the_map_is_written_a_file_a_page(plan_path, tmp_path):
    run("map", plan_path, "-o", tmp_path / "map.svg", *AS_OF)
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").startswith("<svg ")

    large = example_path("example").read_text(encoding="utf-8")
    plan_path.write_text(
        large.replace("\nsettings:\n", "\nsettings:\n  most_map_nodes: 20\n"), encoding="utf-8"
    )
    told = run_json("map", plan_path, "-o", tmp_path / "pages.svg", *AS_OF)
    assert told["written"][:2] == [str(tmp_path / "pages.svg"), str(tmp_path / "pages-2.svg")]
    assert len(told["written"]) == len(told["pages"]) > 1
    assert set(told) == {"written", "view", "most_boxes", "pages", "flows", "not_on_the_map"}


def test_progress_is_shown_to_a_person_and_to_nobody_else(monkeypatch, capsys):
    with progress(range(2), "Reading") as steps:
        assert list(steps) == [0, 1]
    assert capsys.readouterr().err == ""

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress(range(2), "Reading") as steps:
        assert list(steps) == [0, 1]
    assert "Reading" in capsys.readouterr().err
    with progress(range(2), "Reading", quiet=True) as steps:
        assert list(steps) == [0, 1]
    assert capsys.readouterr().err == ""


def test_verdicts_have_colours_on_a_terminal_and_none_when_piped():
    arguments = ["readiness", str(example_path("example")), *AS_OF]
    piped = CliRunner().invoke(cli, arguments).stdout
    shown = CliRunner().invoke(cli, arguments, color=True).stdout

    assert "\x1b[" not in piped
    assert click.style("Ready", fg="green") in shown
    assert click.unstyle(shown) == piped


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_takes_json(name):
    assert "--json" in [option for parameter in cli.commands[name].params for option in parameter.opts]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_and_its_shape_is_documented(name):
    text = (Path(__file__).parents[3] / "docs" / "cli.md").read_text(encoding="utf-8")
    commands, shapes = text.split("## Shapes")
    assert f"| `{name}" in commands
    assert f"`{name}" in shapes
    for parameter in cli.commands[name].params:
        for option in parameter.opts if isinstance(parameter, click.Option) else ():
            assert option in text, f"{name} {option}"


def test_import_writes_a_plan_and_tells_what_was_left_out(tmp_path):
    (tmp_path / "catalogue.csv").write_text("name,owner\nmail,jane\n")
    (tmp_path / "map.yaml").write_text(
        "plan: {id: \"'acme'\"}\ncollections: {services: {from: '@', fields: {id: name, service_owner: owner}}}\n"
    )
    told = run(
        "import", tmp_path / "catalogue.csv", "--map", tmp_path / "map.yaml", "-o", tmp_path / "plan.yaml"
    )

    assert "left out  catalogue.csv:2:1: services mail service_owner “jane”" in told.stdout
    assert "is written: 1 services" in told.stdout
    assert "id: mail" in (tmp_path / "plan.yaml").read_text()


@pytest.mark.parametrize(
    ("catalogue", "told", "written"),
    [
        ('[{"id": "mail", "Name": "Mail"}]', "map.yaml:2:62: The source has no “Nmae”. Write “Name”.", True),
        ('{"apps": [{"id": "mail"}]}', "Nothing is written: the map placed no record.", False),
    ],
)
def test_import_ends_with_1_where_the_map_names_what_is_not_there_and_writes_no_empty_plan(
    tmp_path, catalogue, told, written
):
    (tmp_path / "catalogue.json").write_text(catalogue)
    (tmp_path / "map.yaml").write_text(
        "plan: {id: \"'acme'\"}\ncollections: {services: {from: '[]', fields: {id: id, title: Nmae}}}\n"
    )
    plan = tmp_path / "plan.yaml"
    arguments = ("import", tmp_path / "catalogue.json", "--map", tmp_path / "map.yaml", "-o", plan)

    assert told in run(*arguments, status=1).stdout
    assert plan.exists() is written
    assert run_json(*arguments, status=1)["written"] == (str(plan) if written else None)


def test_a_sealed_plan_verifies_and_a_change_is_found(plan_path, tmp_path):
    made = seal(plan_path, tmp_path)
    clean = run_json("verify", plan_path, "--key", tmp_path / "seal.pub")

    assert clean["intact"]
    assert clean["seals"][0]["origin"] == "confirmed"
    assert clean["seals"][0]["seal_hash"] == made["seal_hash"]

    plan_path.write_text(plan_path.read_text().replace("Main library", "All branches"))
    changed = run("verify", plan_path, status=1)
    assert (
        "Changed since signing: Plan Service Management Plan of Millbrook Library: Locations"
        in changed.stdout
    )


def test_tampered_seals_are_found(plan_path, tmp_path):
    seal(plan_path, tmp_path)
    seals = tmp_path / "plan.seals.json"
    seals.write_text(seals.read_text().replace("Edith Marlowe", "Someone Else", 1))

    assert not run_json("verify", plan_path, status=1)["intact"]


def test_a_key_is_kept_for_its_owner_alone(plan_path, tmp_path):
    seal(plan_path, tmp_path)

    assert (tmp_path / "seal.key").stat().st_mode & 0o077 == 0


def test_nobody_but_the_sponsor_seals_and_no_version_twice(plan_path, tmp_path):
    refused = run(
        "seal", plan_path, "--signer", "paula", "--meaning", "I approve of it.", "--key", tmp_path / "k", "--make-key",
        *AS_OF, status=1,
    )  # fmt: skip
    assert "Only the executive sponsor, Edith Marlowe, can sign this plan." in refused.stderr
    assert not (tmp_path / "k").exists()

    seal(plan_path, tmp_path)
    assert seal(plan_path, tmp_path, status=1) == {
        "refusals": ["Version 1 is already sealed. Raise the version number."]
    }


def test_verify_without_a_seal_says_so(plan_path):
    assert "There is no seal." in run("verify", plan_path, status=1).stdout


def test_files_that_are_not_seals_are_unusable(plan_path, tmp_path):
    (tmp_path / "plan.seals.json").write_text('{"seals": [{"lineage": "x"}]}')

    assert "These are not seals" in run("verify", plan_path, status=2).stderr


def test_diff_tells_what_changed(plan_path, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(plan_path.read_text().replace("Main library", "All branches"))

    assert "is “All branches”" in run("diff", plan_path, other, status=1).stdout
    assert run("diff", plan_path, plan_path).stdout == "No difference.\n"


def test_the_demo_runs_and_writes_the_plan_book(tmp_path):
    told = run("demo", "-o", tmp_path / "build", *AS_OF).stdout

    assert "It can go to its sponsor." in told
    assert "origin confirmed" in told
    assert (tmp_path / "build" / "plan-book.html").stat().st_size > 50_000
    assert (tmp_path / "build" / "service-map.svg").stat().st_size > 10_000


def test_the_demo_in_json_says_what_it_wrote_and_found(tmp_path):
    told = run_json("demo", "-o", tmp_path / "build", *AS_OF)["example"]

    assert told["drift"] == 1
    assert told["infeasible"] > 0
    assert all(Path(path).is_file() for path in told["written"])


def test_the_demo_of_the_faulty_twin_tells_its_faults_and_writes_it(tmp_path):
    told = run("demo", "--faulty", "-o", tmp_path / "build", *AS_OF).stdout

    assert all(fault.says in told for fault in faults())
    assert "It cannot go to its sponsor yet." in told
    assert plan_file.load(tmp_path / "build" / "faulty-twin.yaml") == faulty_twin()


def test_check_tells_what_a_deeper_plan_would_be_asked():
    path = example_path("first")
    assert run_json("check", path, *AS_OF)["asked"] == 45
    deeper = run_json("check", path, *AS_OF, "--depth", "grown", status=1)
    assert (deeper["depth"], deeper["asked"]) == ("Grown", 156)
    assert "CAT-01" in codes_of(deeper["findings"], "failed")


def test_the_commands_of_the_readme_work_on_the_new_plan_that_the_first_of_them_writes(tmp_path, monkeypatch):
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    block = readme.partition("## Use it on files")[2].partition("```sh\n")[2].partition("```")[0]
    commands = [shlex.split(line, comments=True)[1:] for line in block.splitlines()]
    monkeypatch.chdir(tmp_path)
    for command in commands:
        if command[0] in ("attain", "import"):  # which need files of one's own
            continue
        run(
            *command,
            *(AS_OF if command[0] in ("check", "chain", "map", "book") else ()),
            status=int(command[0] == "check"),
        )
        if command[0] == "check":  # which says what is left to do
            path = tmp_path / "plan.yaml"
            path.write_text(path.read_text("utf-8").replace(WHY_TEMPLATE, "Why. " * 40), encoding="utf-8")
    assert [command[0] for command in commands].count("seal") == 1
