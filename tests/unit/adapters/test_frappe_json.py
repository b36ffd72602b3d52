"""Records of the app stand as Frappe writes them, so that an export from a site changes nothing."""

import json
from pathlib import Path

import pytest

APP = Path(__file__).parents[3] / "sm_planner"


@pytest.mark.parametrize("path", sorted(APP.rglob("*.json")), ids=lambda path: path.stem)
def test_a_record_is_written_as_frappe_writes_it(path):
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, sort_keys=True, separators=(",", ": "))
