# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make screenshots`: pictures for the app store and the README, from real pages.

Taken from the Odoo of `make serve`: of the demo user Marc Demo with two API keys, which
are removed afterwards, and of a dry run of a sale order in the interactive reference.
"""

import json
from urllib.parse import quote

from playwright.sync_api import expect, sync_playwright

import api
import clients
import console
import paths
import server

FOLDER = paths.ADDON / "static" / "description"
USER = "Marc Demo"
KEYS = (
    {
        "name": "Web shop",
        "expires_in_days": 90,
        "models": {"res.partner": ["read", "create"], "sale.order": ["read", "create"]},
        "networks": ["203.0.113.0/24"],
    },
    {"name": "BI reports", "expires_in_days": 365, "read_only": True},
)
VIEWPORT = {"width": 1200, "height": 760}
MODEL = "sale.order"
CREATE = f"POST /create/{MODEL}"


def main():
    odoo = server.Server(paths.STATE)
    if not odoo.is_running():
        raise console.Problem("Start the demo first: make serve")
    admin = api.administrator(f"{odoo.url}/api/v2")
    user = find_user(admin, USER)
    for key in KEYS:
        admin.call("POST", f"/users/{user}/api-key", key)
    try:
        with sync_playwright() as playwright:
            photograph(playwright, odoo.url, user, example_order(admin))
    finally:
        remove_keys(admin, user)


def find_user(admin, name):
    return admin.call("GET", "/users", query={"search": name})["users"][0]["id"]


def example_order(admin):
    """Return the values of an order: a demo customer buys two of a demo product."""
    filters = {"fields": "id", "limit": 1}
    [partner] = admin.call(
        "GET", "/search/res.partner", query=filters | {"is_company": "true"}
    )["records"]
    [product] = admin.call(
        "GET", "/search/product.product", query=filters | {"sale_ok": "true"}
    )["records"]
    line = {"product_id": product["id"], "product_uom_qty": 2}
    return {"partner_id": partner["id"], "order_line": {"create": [line]}}


def remove_keys(admin, user):
    names = {key["name"] for key in KEYS}
    for key in admin.call("GET", f"/users/{user}/api-keys")["api_keys"]:
        if key["name"] in names:
            admin.call("DELETE", f"/users/{user}/api-keys/{key['id']}")


def photograph(playwright, url, user, order):
    browser = playwright.chromium.launch(
        executable_path=clients.chromium(), args=["--no-sandbox"]
    )
    page = browser.new_page(base_url=url, viewport=VIEWPORT, device_scale_factor=1.5)
    photograph_keys(page, user)
    photograph_reference(page, order)
    browser.close()


def photograph_keys(page, user):
    page.goto("/web/login")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
    page.goto(f"/odoo/users/{user}")
    page.get_by_role("tab", name="API Access").click()
    page.wait_for_selector("text=Web shop")
    save(page, "api_access")
    page.get_by_role("button", name="Generate API Key").click()
    fill_password(page)
    page.get_by_label("Name").last.fill("Accounting")
    page.get_by_text("Read-only").last.click()
    save(page, "new_key")


def photograph_reference(page, order):
    """Go from a model to a dry run that shows what it would change."""
    page.goto("/api/v2/docs")
    page.locator("header .account button").click()
    page.get_by_role("button", name="Use my Odoo session").click()
    page.wait_for_selector("header .user")
    page.goto(f"/api/v2/docs#/model/{MODEL}")
    page.get_by_role("tab", name="Fields").click()
    page.wait_for_selector("main table")
    page.mouse.move(0, 0)
    save(page, "reference")
    page.goto(f"/api/v2/docs#/model/{MODEL}/{quote(CREATE, safe='')}")
    expect(page.locator("textarea")).not_to_have_value("")
    page.locator("textarea").fill(json.dumps(order, indent=2))
    page.locator(".sending button").click()
    page.wait_for_selector(".changes")
    page.evaluate("scrollTo(0, 480)")
    page.mouse.move(0, 0)
    save(page, "dry_run")


def fill_password(page):
    """Confirm the password where Odoo asks for it."""
    page.wait_for_selector(".modal")
    password = page.locator(".modal input[type=password]")
    if password.count():
        password.fill("admin")
        page.locator(".modal footer button").first.click()
        page.wait_for_selector(".modal :text('Restrictions')")


def save(page, name):
    page.wait_for_timeout(1000)  # avatars load, dialogs fade in
    page.screenshot(path=FOLDER / f"{name}.png")
    console.say(f"{name}.png")


if __name__ == "__main__":
    console.main(main)
