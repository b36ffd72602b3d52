"""Plan files onto a site: as YAML and as a workbook, and refused with their places."""

from __future__ import annotations

import frappe
import pytest

from sm_planner.adapters import plan_reader
from sm_planner.adapters.desk import import_jobs, plan_files, uploaded_plans
from sm_planner.engine import plan_file
from sm_planner.engine.sealing import canonical


def uploaded(name: str, content: bytes) -> str:
    """The address of an uploaded file."""
    values = {"doctype": "File", "file_name": name, "content": content, "is_private": 1}
    return frappe.get_doc(values).insert().file_url


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_an_uploaded_plan_is_on_the_site_as_it_was_in_the_file(suffix, example, tmp_path):
    path = tmp_path / f"plan.{suffix}"
    plan_file.dump(example, path)

    name = plan_files.import_file(uploaded(path.name, path.read_bytes()))

    assert canonical.content_hash(plan_reader.load(name)) == canonical.content_hash(example)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"plan: {id: p, titel: x}\n", "1:15: “titel” is not a field here."),
        ("plan: {id: p, title: Zürich}\n".encode("latin-1"), "1:23: This is not UTF-8 text."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(content, problem):
    with pytest.raises(frappe.ValidationError) as refused:
        plan_files.import_file(uploaded("plan.yaml", content))

    place = refused.value.args[0][0].partition(".yaml:")[2]  # Frappe may have given the file another name
    assert place.startswith(problem)
    assert not frappe.db.exists("SM Plan", "p")


@pytest.mark.parametrize("suffix", ["yaml", "xlsx"])
def test_a_file_that_would_fill_the_memory_of_the_web_worker_is_refused(
    suffix, example, tmp_path, monkeypatch
):
    path = tmp_path / f"plan.{suffix}"
    plan_file.dump(example, path)
    monkeypatch.setattr(uploaded_plans, "LIMIT", uploaded_plans.LIMIT._replace(values=100))

    with pytest.raises(frappe.ValidationError) as refused:
        plan_files.import_file(uploaded(path.name, path.read_bytes()))

    (problem,) = refused.value.args[0]
    assert "more than 100 " in problem
    assert problem.endswith("which has more memory: bench --site … sm-planner import.")


def test_a_bell_that_fails_leaves_an_import_as_done_as_it_is(minimal, monkeypatch):
    name = frappe.db.get_value("File", {"file_url": uploaded("plan.yaml", plan_file.dumps(minimal).encode())})
    monkeypatch.setattr(import_jobs, "make_notification_logs", lambda *args: 1 / 0)
    job = frappe.generate_hash()
    import_jobs._note(job, user=frappe.session.user, state=import_jobs.QUEUED, done=0, of=0, plan="", told=[])

    import_jobs.run(name, job)

    assert (import_jobs.state(job)["state"], import_jobs.state(job)["plan"]) == ("Done", minimal.id)
    assert frappe.db.exists("Error Log", {"method": ("like", "%the bell about an import failed%")})
