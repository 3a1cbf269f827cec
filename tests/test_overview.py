# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Usage in Odoo's web client: the overview, the lists, the pivot and the graph."""

import xmlrpc.client

import backstage
import pytest
from playwright.sync_api import expect
from usage_counts import requests_of, wait_until

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
MODEL = "res.partner"


def calls_of(user):
    statement = "SELECT protocol, model, method FROM api_rpc_usage WHERE user_id = %s"
    return backstage.query(statement, user.id)


@pytest.fixture(scope="module")
def xmlrpc_object(url):
    address = f"{url.removesuffix('/api/v2')}/xmlrpc/2/object"
    return xmlrpc.client.ServerProxy(address)


@pytest.fixture
def busy_user(new_user, xmlrpc_object):
    """A user whose programs use this API, and XML-RPC."""
    user = new_user()
    client = user.with_key()
    for _request in range(3):
        client.get(f"/search/{MODEL}", limit=1)
    client.refuse(403, "ACCESS_DENIED", "GET", "/search/ir.config_parameter")
    words = (backstage.variable("BASE_API_DATABASE"), user.id, user.password)
    xmlrpc_object.execute_kw(
        *words, MODEL, "search_read", [[]], {"fields": ["name"], "limit": 1}
    )
    wait_until(lambda: requests_of(user) >= 4 and calls_of(user))
    return user


def test_overview_leads_to_the_lists(log_in, busy_user, key_for, unique, photograph):
    key_for(name=unique, expires_in_days=3)
    page = log_in("admin")
    page.set_viewport_size(DESKTOP)
    page.goto("/odoo/api-overview")
    expect(page.get_by_role("heading", name="Slowest Routes")).to_be_visible()
    expect(page.get_by_role("img", name="Requests per day")).to_be_visible()
    expect(page.locator("section").filter(has_text="Keys that Expire")).to_be_visible()
    photograph(page, "overview")
    page.set_viewport_size(PHONE)
    photograph(page, "overview_narrow")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    page.set_viewport_size(DESKTOP)

    page.get_by_role("button", name="Refused").click()
    expect(page.locator(".o_facet_values")).to_have_text(["Refused", "Today"])
    expect(page.locator("tr.o_data_row").first).to_be_visible()
    page.go_back()
    caller = page.get_by_role("button", name=f"User {busy_user.login}").first
    caller.click()
    row = page.locator("tr.o_data_row").filter(has_text=busy_user.login)
    expect(row).to_contain_text(["XML-RPC"])
    expect(row).to_contain_text([f"GET /search/{MODEL}"])
    photograph(page, "calls_of_other_apis")


def test_button_of_a_user(log_in, busy_user, photograph):
    page = log_in("admin")
    page.set_viewport_size(DESKTOP)
    page.goto(f"/odoo/users/{busy_user.id}")
    button = page.get_by_role("button", name="API Requests")
    expect(button).to_contain_text(str(requests_of(busy_user)))
    photograph(page, "user_with_requests")
    button.click()
    rows = page.locator("tr.o_data_row")
    expect(rows.filter(has_text="/search/{model_name}").first).to_be_visible()
    photograph(page, "requests")
    page.get_by_role("button", name="Pivot").click()
    expect(page.locator(".o_pivot table")).to_contain_text("Average Latency")
    photograph(page, "requests_pivot")
    page.get_by_role("button", name="Graph").click()
    page.locator(".o_graph_renderer canvas").wait_for()
    photograph(page, "requests_graph")


def test_button_of_a_key(log_in, busy_user):
    page = log_in("admin")
    page.goto("/odoo/action-base_api.res_users_apikeys_action?debug=1")
    line = page.locator("tr.o_data_row").filter(has_text=busy_user.login).first
    line.get_by_role("button", name="Requests").click()
    rows = page.locator("tr.o_data_row").filter(has_text="/search/{model_name}")
    expect(rows.first).to_be_visible()
