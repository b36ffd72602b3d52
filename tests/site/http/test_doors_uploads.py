"""Doors for plan files: what is uploaded, linked or long is refused in words, or imported by a job of its user alone."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
import requests
from frappe.utils.background_jobs import get_job
from http_kit import API, Client, events, export, fresh, told

from sm_planner.adapters.desk import import_jobs, plan_files
from sm_planner.engine import plan_file
from sm_planner.engine.model import Person

pytestmark = pytest.mark.commits

NO_FILE = "There is no such file that you may read."


def imported(client: Client, file_url: str) -> requests.Response:
    return client.call("sm_planner.api.import_plan", file_url=file_url)


def assert_refused(answer: requests.Response, says: str) -> None:
    assert (answer.status_code, says in told(answer)) == (417, True), told(answer)[:2000]


@pytest.fixture
def called() -> Iterator[tuple[str, list[bool]]]:
    """An address on this machine, and whether anybody called it."""
    calls: list[bool] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def listen() -> None:
            while not done.is_set():
                try:
                    server.accept()[0].close()
                    calls.append(True)
                except TimeoutError:
                    continue

        done = threading.Event()
        listener = threading.Thread(target=listen)
        listener.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/plan.yaml", calls
        done.set()
        listener.join()


def test_a_link_to_another_server_is_refused_and_not_followed(client, called):
    """V1: a File whose address is elsewhere."""
    address, calls = called
    made = client("author").create("File", file_url=address, file_name="plan.yaml", is_private=1)
    assert made.status_code == 200, told(made)
    calls.clear()  # Frappe itself may look at what is linked

    assert_refused(imported(client("author"), address), "is a link to another server")
    assert calls == []


def test_the_file_of_another_user_is_as_if_it_were_not_there(client, people):
    """V2"""
    made = client("planner").create("File", file_name="theirs.yaml", content="plan: {id: x}", is_private=1)
    url = made.json()["data"]["file_url"]

    assert_refused(imported(client("author"), url), NO_FILE)
    assert_refused(imported(client("author"), "/private/files/never-there.yaml"), NO_FILE)


def test_what_another_uploaded_too_is_found_for_each(client, make_plan):
    """V3: Frappe keeps equal files once, under one address."""
    content = "plan: {id: p, titel: the same for both}\n"
    urls = [
        client(by)
        .create("File", file_name="same.yaml", content=content, is_private=1)
        .json()["data"]["file_url"]
        for by in ("planner", "author")
    ]
    for by, url in zip(("planner", "author"), urls, strict=True):
        assert_refused(imported(client(by), url), "“titel” is not a field here.")


def test_a_folder_is_no_plan_file(client):
    """V4"""
    fresh()
    folder = frappe.get_doc("File", "Home")
    frappe.db.set_value("File", "Home", "file_url", "/files/home-folder")
    frappe.db.commit()
    try:
        assert_refused(imported(client("system-manager"), "/files/home-folder"), "is a folder")
    finally:
        frappe.db.set_value("File", "Home", "file_url", folder.file_url)
        frappe.db.commit()


def test_a_file_that_is_gone_from_the_disk_is_said_to_be_gone(client):
    """V5"""
    made = client("author").create("File", file_name="gone.yaml", content="plan: {id: gone}", is_private=1)
    file = made.json()["data"]
    Path(frappe.get_doc("File", file["name"]).get_full_path()).unlink()

    assert_refused(imported(client("author"), file["file_url"]), "is no longer on this server")


@pytest.mark.parametrize("file_url", [["like", "%"], {"a": "b"}])
def test_a_file_is_named_by_text_alone(client, file_url):
    """V6"""
    author = client("author")
    answer = author.session.post(
        f"{author.address}{API}.import_plan", json={"file_url": file_url}, timeout=60
    )
    assert answer.status_code == 417, told(answer)


@pytest.fixture
def long_file(client, make_plan, people):
    """The file of a plan with so many people that a job imports it, uploaded by the author; name and address of it."""
    before = make_plan("Draft")
    plan = export(client("author"), before)
    more = tuple(
        Person(id=f"{before}-more-{number}", title=f"More {number}")
        for number in range(plan_files.MOST_AT_ONCE)
    )
    plan = dataclasses.replace(plan, id=f"{before}-l", lineage="", people=(*plan.people, *more))
    content = plan_file.dumps(plan)
    made = client("author").create("File", file_name="long.yaml", content=content, is_private=1)
    yield plan.id, made.json()["data"]
    fresh()
    frappe.cache.delete_value(f"sm_planner_import_of:{people['author']}")


def work(job: str, file: str, user: str) -> None:
    """What the worker does with the job."""
    fresh()
    frappe.set_user(user)
    import_jobs.run(file=file, job=job)
    fresh()


def test_a_long_import_is_a_job_of_its_user_who_is_told_how_it_ends(client, long_file, people):
    """V7"""
    plan, file = long_file

    answer = imported(client("author"), file["file_url"])

    assert answer.status_code == 200, told(answer)
    job = answer.json()["message"]["job"]
    assert not frappe.db.exists("SM Plan", plan)
    asked = client("author").get(f"{API}.import_state", job=job).json()["message"]
    assert asked["state"] == "Queued"
    assert client("planner").get(f"{API}.import_state", job=job).status_code == 404
    assert_refused(imported(client("author"), file["file_url"]), "Your previous import is still running.")

    work(job, file["name"], people["author"])

    asked = client("author").get(f"{API}.import_state", job=job).json()["message"]
    assert (asked["state"], asked["plan"]) == ("Done", plan)
    assert asked["done"] <= asked["of"] > plan_files.MOST_AT_ONCE
    assert events(plan) == [("Write", "Done", people["author"])]
    told_of = {"document_name": plan, "for_user": people["author"], "subject": ("like", "Imported%")}
    assert frappe.db.exists("Notification Log", told_of)


def test_a_long_import_that_is_refused_leaves_nothing_and_says_why(client, long_file, people):
    """V8: its user lost the right in the meantime."""
    plan, file = long_file
    job = imported(client("author"), file["file_url"]).json()["message"]["job"]

    work(job, file["name"], people["stakeholder"])

    asked = client("author").get(f"{API}.import_state", job=job).json()["message"]
    assert (asked["state"], asked["plan"]) == ("Refused", "")
    assert asked["told"]
    assert not frappe.db.exists("SM Plan", plan)
    assert not frappe.db.exists("SM Person", {"name": ("like", f"{plan[:-2]}-more-%")})


def test_a_job_whose_worker_was_stopped_is_not_waited_for(client, long_file):
    """V9"""
    _plan, file = long_file
    job = imported(client("author"), file["file_url"]).json()["message"]["job"]
    get_job(f"sm_planner_import_{job}").delete()

    assert client("author").get(f"{API}.import_state", job=job).json()["message"]["state"] == "Failed"
