"""Tables in the scripts of the Desk know every value that comes from the server: none of them shows "undefined"."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import sm_planner
from sm_planner.engine.agreements.term import TermState
from sm_planner.engine.chain import Feasibility as ChainVerdict
from sm_planner.engine.checks.finding import Severity
from sm_planner.engine.checks.readiness import State
from sm_planner.engine.gates.gates import State as GateState
from sm_planner.engine.guide import LATER
from sm_planner.engine.model import COLLECTIONS, GRADES
from sm_planner.engine.model.events import OUTCOMES
from sm_planner.engine.model.vocabulary import IMPROVEMENT_STATES, VERDICTS
from sm_planner.reports import seal_register, service_catalogue
from sm_planner.reports.agreement_expiry import State as Expiry
from sm_planner.reports.chain_feasibility import VERDICTS as CHAIN_VERDICTS
from sm_planner.reports.objectives import STATES as OBJECTIVE_STATES

APP = Path(sm_planner.__file__).parent
JS = APP / "public" / "js"
DOCTYPES = APP / "sm_planner" / "doctype"
SCRIPTS = sorted(path for path in APP.rglob("*.js") if "dist" not in path.parts)

PART = (APP / "reports" / "my_part" / "templates" / "my_part.html").read_text(encoding="utf-8")

SHEET = (APP / "public" / "js" / "raci" / "page.js").read_text(encoding="utf-8")

KNOWN = {
    ("acts.js", "clicks"): set(re.findall(r'<button[^>]* data-act="([\w-]+)"', PART)),
    ("acts.js", "forms"): set(re.findall(r'<form data-act="([\w-]+)"', PART)),
    ("finding_lines.js", "COLORS"): {severity.value for severity in Severity},
    ("findings.js", "SYMBOLS"): {state.value for state in State},
    ("guide.js", "SYMBOLS"): {LATER, *(state.value for state in State)},
    ("guide.js", "COLORS"): {LATER, *(state.value for state in State)},
    ("page.js", "acts"): set(re.findall(r"\bbutton\(\"(\w+)\"", SHEET)),
    ("log.js", "OUTCOME_COLORS"): set(OUTCOMES),
    ("gates.js", "COLORS"): {state.value for state in GateState},
    ("risk.js", "COLORS"): set(GRADES),
    ("agreement.js", "COLORS"): {verdict.value for verdict in ChainVerdict},
    ("agreement.js", "TERM_COLORS"): {state.value for state in TermState},
}
"""File and name of a table → the values that it is asked for."""

MAY_LACK = {("plan.js", "own"), ("seal.js", "origins"), ("title.js", "TITLES")}
"""Tables that are asked whether they know a value."""

TABLE = re.compile(r"(?:const|let|var|static) (\w+) = \{(?!\s*\})((?:(?!\}\[).)*?)\s*\};", re.DOTALL)
KEY = re.compile(r"""(?:^|[{,\n])\s*(?:"([^"]+)"|(\w[\w-]*))\s*:""")
LOOKUP = r"\b%s\[([\w.?]+)\]( \|\|)?"


def keys(body: str) -> set[str]:
    return {quoted or plain for quoted, plain in KEY.findall("\n" + body)}


def tables():
    """File, name, keys and lookups of every table that is asked for what stands in a variable."""
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        for name, body in TABLE.findall(text):
            asked = re.findall(LOOKUP % name, text)
            if asked:
                yield pytest.param(path, name, keys(body), asked, id=f"{path.name} {name}")


def options(path: Path, field: str) -> set[str] | None:
    """The values of a Select field of the DocType beside a script."""
    doctype = json.loads((path.parent / f"{path.parent.name}.json").read_text(encoding="utf-8"))
    found = [row for row in doctype["fields"] if row["fieldname"] == field and row["fieldtype"] == "Select"]
    return set(found[0]["options"].split("\n")) - {""} if found else None


def test_the_tables_are_found():
    found = {(parameter.values[0].name, parameter.values[1]) for parameter in tables()}
    assert found.issuperset(KNOWN)


@pytest.mark.parametrize(("path", "name", "has", "asked"), list(tables()))
def test_a_table_knows_every_value_that_it_is_asked_for(path, name, has, asked):
    if (path.name, name) in KNOWN:
        assert has.issuperset(KNOWN[path.name, name])
        return
    for variable, otherwise in asked:
        if otherwise or (path.name, name) in MAY_LACK:
            continue
        wanted = options(path, variable.split(".")[-1]) if path.parent.parent == DOCTYPES else None
        assert wanted, f"{path.name}: say in KNOWN which values {name} is asked for"
        assert has.issuperset(wanted)


NO_PILL = {"Not evaluated", "Waived", "Failed", "Draft", "Ended"}
"""States that a report leaves without a colour on purpose."""


def test_the_reports_have_a_colour_for_every_state_that_is_marked():
    script = (JS / "reports" / "cells.js").read_text(encoding="utf-8")
    has = keys(re.search(r"COLORS = \{(.*?)\};", script, re.DOTALL)[1])
    marked = [*OBJECTIVE_STATES.values(), *CHAIN_VERDICTS.values(), *catalogue_states(), *seal_verdicts()]
    wanted = {text.template for text in marked} | {state.value for state in (*State, *Expiry, *Severity)}
    wanted.update(IMPROVEMENT_STATES, VERDICTS)
    assert wanted - has - NO_PILL == set()


def catalogue_states():
    return service_catalogue.PUBLISHED, service_catalogue.WRITTEN, service_catalogue.NONE


def seal_verdicts():
    return seal_register.HOLDS, seal_register.UNCHECKABLE, seal_register.BROKEN, seal_register.MISSING


def test_what_a_plan_holds_is_told_by_names_of_collections():
    script = (JS / "plan" / "signing.js").read_text(encoding="utf-8")
    assert keys(re.search(r"function held_labels\(\) \{\s+return \{(.*?)\};", script, re.DOTALL)[1]) <= set(
        COLLECTIONS
    )
