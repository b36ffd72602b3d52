"""What a document holds that is no value of the model is refused at its field."""

from __future__ import annotations

from typing import Any

import pytest

from sm_planner.adapters.site import doctypes
from sm_planner.engine.model import Component, Objective, RaciEntry, Stakeholder, Team


class Document(dict):
    """A document, as far as its values are read and put into their form."""

    set = dict.__setitem__


@pytest.mark.parametrize(
    ("record_class", "values", "field", "told"),
    [
        (RaciEntry, {"sm_process": "p", "letter": "R"}, "role", "N/A"),
        (RaciEntry, {"sm_process": "", "letter": "N/A"}, "process", "missing"),
        (Objective, {"target": "ten"}, "target", "“ten”"),
        (Team, {"people_needed": 1.5}, "people_needed", "“1.5”"),
        (Stakeholder, {"kind": "Nobody"}, "kind", "“Nobody”"),
        (
            Component,
            {"services": [{"record": "mail"}, {"record": "mail"}]},
            "services",
            "“mail”",
        ),
    ],
)
def test_what_is_no_value_is_refused_at_its_field(
    record_class: type, values: dict[str, Any], field: str, told: str
):
    refusals = list(doctypes.unreadable(record_class, Document(values)))

    assert any(refusal.field == field and told in str(refusal.message) for refusal in refusals)


def test_a_row_is_told_by_its_table_and_number():
    team = Document(members=[Document(person="ada"), Document(person="")])

    (refusal,) = doctypes.unreadable(Team, team)

    assert (refusal.table, refusal.row, refusal.field) == ("members", 2, "person")
