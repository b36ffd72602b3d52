"""Plan files: what is written reads as it was, and what cannot be read is told with its place and its cure."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.attainment import load_log_map
from sm_planner.engine.catalogue_import.map_file import load_map
from sm_planner.engine.model import Plan
from sm_planner.engine.plan_file import PlanFileError
from sm_planner.engine.reading import yaml_tree
from sm_planner.engine.texts import say


def problems_of(text: str | bytes, tmp_path=None) -> list[str]:
    with pytest.raises(PlanFileError) as caught:
        if isinstance(text, bytes):
            path = tmp_path / "plan.yaml"
            path.write_bytes(text)
            plan_file.load(path)
        else:
            plan_file.loads(text, "plan.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_every_sample_plan_reads_back_as_it_was_written(example, minimal):
    for plan in (example, minimal):
        assert plan_file.loads(plan_file.dumps(plan)) == plan


@settings(max_examples=25)
@given(data=st.data())
def test_any_plan_reads_back_as_it_was_written(plan_strategy, data):
    plan = data.draw(plan_strategy)
    assert plan_file.loads(plan_file.dumps(plan)) == plan


def test_a_plan_with_every_field_filled_reads_back_as_it_was_written(full_plan):
    assert plan_file.loads(plan_file.dumps(full_plan)) == full_plan


@settings(max_examples=200)
@given(text=st.text(max_size=200))
def test_any_text_is_a_plan_or_a_told_problem(text):
    try:
        assert isinstance(plan_file.loads(text), Plan)
    except PlanFileError as error:
        assert error.problems


def test_all_problems_of_a_file_are_told_at_once_in_their_order():
    text = """\
plan:
  id: p1
  titel: Our plan
  period_start: 2026-02-30
  provider_type: internal
people:
  - id: jane
    enabled: maybe
  - id: Jane
  - id: "jane doe"
services:
  - id: mail
    service_owner: jame
    dependencies: [{service: dns}, {}]
raci:
  - {process: incident, letter: R}
"""
    assert problems_of(text) == [
        "plan.yaml:3:3: “titel” is not a field here. Write “title”.",
        "plan.yaml:4:17: The date 2026-02-30 does not exist. Enter a date that exists.",
        "plan.yaml:5:18: “internal” is not a Provider Type. Write Internal.",
        "plan.yaml:8:14: “maybe” is neither yes nor no. Write true or false.",
        "plan.yaml:9:5: “Jane” is here a second time; the first is at plan.yaml:7:5. "
        "Give each its own, or remove one. Upper and lower case count as the same.",
        "plan.yaml:10:9: “jane doe” is not a valid id. "
        "Use only letters, digits and . _ @ : - and begin with a letter or digit.",
        "plan.yaml:13:20: “jame” is not in people. Write “jane”, or add “jame” to people.",
        "plan.yaml:14:30: “dns” is not in services. Add “dns” to services, or correct the id.",
        "plan.yaml:14:36: Service is missing. Fill in “service”.",
        "plan.yaml:16:5: Only N/A can be entered without a role. Choose a role.",
        "plan.yaml:16:15: “incident” is not in processes. Add “incident” to processes, or correct the id.",
    ]


def test_a_text_means_what_its_field_says_and_nothing_else():
    text = "plan:\n  id: '010'\n  title: no\n  company: 1:30\n  unit: 2026-01-01\n  version: 2\n"
    plan = plan_file.loads(text)
    assert (plan.id, plan.title, plan.company, plan.unit, plan.version) == (
        "010",
        "no",
        "1:30",
        "2026-01-01",
        2,
    )


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("12,5", "“12,5” is not a number. Write a number such as 99.5, without a unit"),
        (".nan", "“.nan” is not a number."),
        (".inf", "“.inf” is not a number."),
        ("1e999", "1e999 is too large. Use a number below 1,000,000,000,000."),
        ("0.12345678901", "0.12345678901 has more than 9 decimal places. Round it to 0.123456789."),
        ("-1", "-1 is too small. Use 0 or more."),
        ("8 hours", "“8 hours” is not a number."),
    ],
)
def test_numbers_that_cannot_be_kept_are_refused(number, problem):
    text = f"""\
plan: {{id: p}}
agreements:
  - {{id: sla, kind: SLA, targets: [{{metric: Response, value: "{number}"}}]}}
"""
    (found,) = problems_of(text)
    assert found.startswith(f"plan.yaml:3:62: {problem}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "plan.yaml:1:1: This is not a plan. Begin with “plan:” and its fields."),
        ("- a", "plan.yaml:1:1: This is not a plan. Begin with “plan:” and its fields."),
        ("people: []", "plan.yaml:1:1: The plan itself is missing. Add “plan:” with id and title."),
        ("a: &x [1]\n", "plan.yaml:1:4: Anchors are not used in plan files. Remove “&x”."),
        ("a: *x\n", "plan.yaml:1:4: Aliases are not used in plan files. Write the value out."),
        ("plan: !!python/object:x {}\n", "plan.yaml:1:7: Tags are not used in plan files."),
        ("a: 1\na: 2\n", "plan.yaml:2:1: “a” occurs twice here. Keep one of them; the first is in line 1."),
        ("a: 1\n---\nb: 2\n", "plan.yaml:2:1: A second document begins here. Keep one plan in a file."),
        ("a: [1\nb: 2", "plan.yaml:2:2: This is not YAML: "),
        ("a: \x07", "plan.yaml:1:4: YAML does not allow this character. Remove it."),
        ("? [a]\n: b", "plan.yaml:1:3: A field name must be a text. Write a field name before the colon."),
        ("{a: " * 100_000, "plan.yaml:1:65: This is nested more than 16 levels deep."),
    ],
)
def test_broken_and_hostile_yaml_is_told_with_its_place(text, problem):
    found = problems_of(text)
    assert [line for line in found if line.startswith(problem)], found


def test_a_list_in_a_list_a_hundred_thousand_times_is_refused_where_the_parser_notices():
    """Our count stops at the 17th level; a libyaml with a limit of its own reads ahead and stops at the 1,001st."""
    [problem] = problems_of("[" * 100_000)

    place, _, told = problem.partition(": ")
    assert place in ("plan.yaml:1:17", "plan.yaml:1:1001")
    assert told == "This is nested more than 16 levels deep. Remove some of the levels."


def test_an_alias_bomb_costs_nothing():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    begun = time.process_time()
    for foreign in (False, True):
        with pytest.raises(PlanFileError):
            yaml_tree.parse_yaml("\n".join(lines), "bomb.yaml", foreign=foreign)
    assert time.process_time() - begun < 2


def test_a_file_of_more_values_than_the_limit_is_refused_where_it_begins_to_be_too_many():
    text = "plan: {id: p}\nservices:\n" + "".join(f"  - {{id: s{n}}}\n" for n in range(100))
    limit = plan_file.Limit(200, say("Take some out."))
    with pytest.raises(PlanFileError) as caught:
        plan_file.read(text, "plan.yaml", limit)
    assert str(caught.value) == "plan.yaml:67:6: The file holds more than 200 values. Take some out."
    assert len(plan_file.read(text, "plan.yaml").services) == 100


def test_a_map_of_columns_holds_some_hundred_values_and_not_millions(tmp_path):
    path = tmp_path / "map.yaml"
    path.write_text("columns: [" + "x, " * yaml_tree.MOST_OF_MAP.values + "x]")
    for read in (load_log_map, load_map):
        with pytest.raises(PlanFileError) as caught:
            read(path)
        assert "holds more than 100,000 values. A map needs no more than a few hundred." in str(caught.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_tree, "MAX_BYTES", 2_000_000)
    assert problems_of(b"#" * 3_000_000, tmp_path) == [
        "plan.yaml: The file is 3 MB large. Keep it below 2 MB."
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding_is_told_with_its_place(tmp_path, encoding):
    found = problems_of("plan:\n  id: p\n  title: Zürich\n".encode(encoding), tmp_path)
    line, column = ("1", "1") if encoding == "utf-16" else ("3", "11")
    assert found == [f"plan.yaml:{line}:{column}: This is not UTF-8 text. Save the file as UTF-8."]


def test_a_byte_order_mark_is_passed_over(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes("\ufeffplan: {id: p}\n".encode())
    assert plan_file.load(path).id == "p"


def test_the_lineage_of_a_first_version_is_its_id():
    assert plan_file.loads("plan: {id: p}").lineage == "p"


def test_a_failing_write_leaves_the_file_as_it_was(tmp_path, minimal, monkeypatch):
    path = tmp_path / "plan.yaml"
    path.write_text("what was there")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        plan_file.dump(minimal, path)
    assert path.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [path]
