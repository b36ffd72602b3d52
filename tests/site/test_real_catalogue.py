"""A real catalogue on a site: imported, and refused with its blockers named."""

from __future__ import annotations

from pathlib import Path

import frappe
import pytest

from sm_planner.adapters import plan_reader
from sm_planner.adapters.documents import plan_writer
from sm_planner.engine import catalogue_import

REAL = Path(__file__).parents[3] / "shared" / "data" / "gitlab-service-catalog-2020.yml"


@pytest.mark.skipif(not REAL.is_file(), reason="the real catalogue does not lie beside the checkout")
def test_the_catalogue_of_gitlab_comes_onto_the_site_and_is_not_put_before_a_sponsor():
    map_ = catalogue_import.load_map(catalogue_import.find_map("gitlab-service-catalog"))
    name = plan_writer.save(catalogue_import.run(REAL, map_).plan)
    document = frappe.get_doc("SM Plan", name)
    document.state = "In Review"
    document.save()
    document.state = "To Sign"

    with pytest.raises(frappe.ValidationError) as refused:
        document.save()

    reasons = "\n".join(refused.value.args[0])
    assert len(plan_reader.load(name).services) == 39
    for blocker in ("PLN-01: ", "PLN-03: ", "SPN-01: ", "OBJ-01: ", "Executive Sponsor is not filled in"):
        assert blocker in reasons, reasons
