"""The example is loaded from SM Settings: whole, or with its faults. What loading does is tried in ``tests/site/test_example.py``."""

from __future__ import annotations

import pytest
from desk_kit import PASSWORD


@pytest.mark.parametrize("faulty", [False, True])
def test_a_system_manager_chooses_the_example_or_its_faulty_twin(administrator, faulty):
    page = administrator
    asked: list[dict] = []

    def answer(route) -> None:
        asked.append(dict(part.split("=", 1) for part in route.request.post_data.split("&")))
        route.fulfill(json={"message": ""})

    page.route("**/api/method/sm_planner.api.load_example", answer)
    page.goto("/app/sm-settings")
    page.get_by_role("button", name="Example", exact=True).click()
    page.get_by_role("link", name="Load Example Plan").click()
    dialog = page.locator(".modal.show")
    dialog.locator("input[type=password]").fill(PASSWORD)
    if faulty:
        dialog.get_by_label("With Faults").check()
    dialog.get_by_role("button", name="Load", exact=True).click()
    page.wait_for_url("**/sm-plan**")

    assert [(one["password"], one["faulty"]) for one in asked] == [(PASSWORD, str(int(faulty)))]
    page.unroute("**/api/method/sm_planner.api.load_example")
