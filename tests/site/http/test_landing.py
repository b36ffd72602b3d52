"""The answer to a log-in leads into the app who has nothing else on the Desk."""

from __future__ import annotations

import pytest
from http_kit import PASSWORD, Client

pytestmark = pytest.mark.commits


def start_of(server: str, user: str) -> str:
    answer = Client(server).post("/api/method/login", usr=user, pwd=PASSWORD)
    assert answer.status_code == 200, answer.text
    return answer.json()["home_page"].partition("/")[2].partition("/")[2]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("author", "sm-planner"),
        ("planner", "sm-planner"),
        ("service-owner", "sm-planner"),
        ("sponsor", "executive-view"),
        ("boss", "sm-planner"),
    ],
)
def test_a_log_in_leads_into_the_app(server, people, name, page):
    assert start_of(server, people[name]) == page


@pytest.mark.parametrize("name", ["system-manager", "nobody", "stakeholder"])
def test_a_log_in_of_others_leads_where_it_did(server, people, name):
    assert not start_of(server, people[name]).startswith("executive")


def test_the_desk_of_a_sponsor_begins_with_the_executive_view(server, people):
    desk = Client(server, people["sponsor"]).get(
        "/app"
    )  # a session of its own: the Desk asks it for a token from now on
    assert '"default_workspace"' in desk.text
    assert "SM Executive View" in desk.text
