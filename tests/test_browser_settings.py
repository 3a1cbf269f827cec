# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Settings of the API, as an administrator makes them on the page."""

from playwright.sync_api import expect

REQUESTS = 12  # so that both workers get some


def test_settings_hold_at_the_next_request(log_in, admin, photograph):
    page = log_in("admin")
    page.goto("/odoo/settings")
    block = page.locator("[name=base_api_max_limit] input")
    block.scroll_into_view_if_needed()
    photograph(page, "settings")
    set_limit(page, 7)
    for _request in range(REQUESTS):
        admin.get("/search/res.partner", limit=7)
        admin.refuse(400, "INVALID_PARAMETER", "GET", "/search/res.partner?limit=8")
    set_limit(page, 1000)
    for _request in range(REQUESTS):
        admin.get("/search/res.partner", limit=1000)


def set_limit(page, number):
    page.locator("[name=base_api_max_limit] input").fill(str(number))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".o_form_button_save:visible")).to_have_count(0)
