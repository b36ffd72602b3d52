"""Comments of a plan file stay where they belong when a tool writes it anew."""

import dataclasses
import re

import pytest
from hypothesis import given, settings, strategies as st

from sm_planner.engine import plan_file
from sm_planner.engine.examples import NAMES, example_text
from sm_planner.engine.model import Person
from sm_planner.engine.plan_file.comments import keep_comments

COMMENTED = """\
# yaml-language-server: $schema=plan.schema.json
# The plan of Acme.

people:  # who is named
  # She decides.
  - id: ada   # also sponsor
    title: Ada # Obi is her maiden name
  - {id: bob, title: "Bob # 2"}  # new
services:
  - id: mail
    # Written with the customers.
    description: | # agreed
      Mail # for all.

      # This is text.
    # Not in the portal yet.
    title: Mail
    channels:
      # Until May.
      - {kind: Phone}
      - {kind: Phone, hand_over: never}  # second
# What is planned.
plan:
  id: p   # keep
  title: a long title that goes on
    and on  # here
# The end.
"""
WRITTEN = """\
# yaml-language-server: $schema=plan.schema.json
# The plan of Acme.

# What is planned.
plan:
  id: p  # keep
  title: a long title that goes on and on  # here
  lineage: p

people:  # who is named
# She decides.
- id: ada  # also sponsor
  title: Ada  # Obi is her maiden name
- id: bob  # new
  title: 'Bob # 2'

services:
- id: mail
  # Not in the portal yet.
  title: Mail
  # Written with the customers.
  description: |-  # agreed
    Mail # for all.

    # This is text.
  channels:
  # Until May.
  - {kind: Phone}
  - {kind: Phone, hand_over: never}  # second
# The end.
"""


STRUCTURE = re.compile(r"^((?:- |  )?)([a-z_]+:(?: .*)?)$", re.MULTILINE)
"""A line that begins a collection, a record or a field; texts that go on in further lines stand deeper."""


def rewritten(old: str, plan) -> str:
    return keep_comments(old, plan_file.dumps(plan))


def comments(text: str) -> list[str]:
    return sorted(
        line[line.index("#") :].strip() for line in text.splitlines() if line.strip().startswith("#")
    )


def test_each_comment_goes_back_to_what_it_stood_at():
    plan = plan_file.loads(COMMENTED)
    assert rewritten(COMMENTED, plan) == WRITTEN
    assert plan_file.loads(WRITTEN) == plan
    assert rewritten(WRITTEN, plan) == WRITTEN


def test_comments_of_what_is_gone_go_to_what_it_was_part_of():
    plan = plan_file.loads(COMMENTED)
    (mail,) = plan.services
    changed = dataclasses.replace(
        plan, people=(Person(id="eve"),), services=(dataclasses.replace(mail, description="", channels=()),)
    )
    text = rewritten(COMMENTED, changed)

    assert (
        "\n# She decides.\n# also sponsor\n# Obi is her maiden name\n# new\npeople:  # who is named\n- id: eve\n"
        in text
    )
    assert "\n# Written with the customers.\n# agreed\n# Until May.\n# second\n- id: mail\n" in text
    assert plan_file.loads(text) == changed


def test_comments_of_a_collection_that_is_gone_stand_at_the_end():
    plan = dataclasses.replace(plan_file.loads(COMMENTED), services=())
    text = rewritten(COMMENTED, plan)
    assert text.endswith(
        "# The end.\n# Written with the customers.\n# agreed\n# Not in the portal yet.\n# Until May.\n# second\n"
    )


@settings(max_examples=40)
@given(data=st.data())
def test_a_plan_with_comments_on_every_line_stays_the_plan_and_keeps_them(plan_strategy, data):
    plan = data.draw(plan_strategy)
    old = STRUCTURE.sub(lambda line: f"# about {line[0].strip()}\n{line[0]}", plan_file.dumps(plan))
    new = rewritten(old, plan)

    assert plan_file.loads(new) == plan
    assert comments(new) == comments(old)


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_plans_keep_their_comments(name):
    old = example_text(name)
    plan = plan_file.loads(old)
    new = rewritten(old, plan)
    assert plan_file.loads(new) == plan
    assert comments(new) == comments(old)


def test_a_written_file_keeps_the_comments_of_the_same_plan_only(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("# mine\nplan: {id: p}\n")
    plan_file.dump(plan_file.loads("plan: {id: p, title: New}"), path)
    assert path.read_text() == "# mine\nplan:\n  id: p\n  title: New\n  lineage: p\n"

    plan_file.dump(plan_file.loads("plan: {id: q}"), path)
    assert "# mine" not in path.read_text()
