# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The interactive reference in a real browser."""

import re
from urllib.parse import quote

from playwright.sync_api import expect

SEARCH_PARTNERS = "GET /search/res.partner"


def test_from_nothing_to_a_first_order(open_docs, admin, photograph):
    docs = open_docs()
    page = docs.page
    docs.open()
    photograph(page, "docs_signed_out")
    docs.sign_in("admin")
    photograph(page, "docs_home")
    page.keyboard.press("/")
    page.keyboard.type("sale.order")
    expect(page.get_by_role("option").first).to_contain_text("sale.order")
    photograph(page, "docs_search")
    page.keyboard.press("Enter")
    page.locator(".operations a", has_text="create").click()
    expect(page.locator("textarea")).to_have_value(re.compile("partner_id"))
    row = page.locator("fieldset .row")
    row.get_by_label("Field").fill("order_line.product_id")
    value = row.get_by_label("Value")
    value.fill("desk")
    expect(row.locator(".with-list .with-list option").first).to_have_count(1)
    product = row.locator(".with-list .with-list option").first.get_attribute("value")
    value.fill(product)
    row.get_by_role("button", name="Add").click()
    expect(page.locator("textarea")).to_have_value(
        re.compile(f'"product_id": {product}')
    )

    before = admin.count("sale.order")
    assert docs.send() == 201
    expect(page.locator(".answer")).to_contain_text("nothing was changed")
    expect(page.locator(".changes")).to_contain_text("amount_total")
    photograph(page, "docs_dry_run")
    assert admin.count("sale.order") == before

    page.get_by_label("Dry run").uncheck()
    expect(page.locator(".sending")).to_contain_text("will change data")
    page.get_by_role("button", name="Send for real").click()
    expect(page.locator(".answer .status")).to_contain_text("Created record")
    photograph(page, "docs_created")
    assert admin.count("sale.order") == before + 1
    # The next one is a dry run again.
    expect(page.get_by_label("Dry run")).to_be_checked()
    assert docs.send() == 201
    assert admin.count("sale.order") == before + 1


def test_session_of_odoo(open_docs, photograph):
    docs = open_docs()
    page = docs.page
    page.goto(f"{docs.root}/web/login")
    page.fill("input[name=login]", "demo")
    page.fill("input[name=password]", "demo")
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "/web/login" not in address)
    # Odoo's own pages are not what is tested here.
    docs.elsewhere.clear()
    docs.open()
    dialog = docs.open_dialog()
    photograph(page, "docs_sign_in")
    dialog.get_by_role("button", name="Use my Odoo session").click()
    docs.wait_until_signed_in()
    expect(page.locator("header .user")).to_have_text("Marc Demo")
    docs.open_request("res.partner", SEARCH_PARTNERS)
    assert docs.send() == 200
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("aside .links")).to_have_count(0)


def test_signed_out(open_docs):
    docs = open_docs()
    for parts in (("model", "sale.order"), ("endpoint", "GET /users")):
        docs.page.goto(
            f"{docs.url}/docs#/{'/'.join(quote(part, safe='') for part in parts)}"
        )
        expect(docs.page.locator("main")).to_contain_text("Sign in to see")
        expect(docs.page.locator("aside")).to_contain_text("Sign in to see")


def test_odoo_asks_for_a_login_first(open_docs):
    docs = open_docs()
    docs.open()
    dialog = docs.open_dialog()
    dialog.get_by_role("button", name="Use my Odoo session").click()
    expect(dialog.get_by_role("alert")).to_contain_text("INVALID_SESSION")


def test_wrong_credentials_are_explained(open_docs, photograph, unique):
    docs = open_docs()
    docs.open()
    dialog = docs.open_dialog()
    dialog.get_by_role("tab", name="API key").click()
    dialog.get_by_label("API key").last.fill("oak_wrong")
    dialog.get_by_role("button", name="Sign in").click()
    link = dialog.get_by_role("alert").get_by_role("link")
    expect(link).to_have_text("INVALID_API_KEY")
    expect(link).to_have_attribute("href", "/api/v2/docs/errors.md#invalid_api_key")
    photograph(docs.page, "docs_wrong_key")


def test_the_credential_is_only_in_memory(open_docs, admin):
    docs = open_docs()
    docs.open()
    key = admin.headers["api_key"]
    docs.sign_in_with_key(key)
    docs.open_request("res.partner", SEARCH_PARTNERS)
    for name in ("curl", "Python", "JavaScript", "PHP"):
        assert key not in docs.program(name)
    page = docs.page
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert key not in stored + page.content() + page.url
    assert not any(key in cookie["value"] for cookie in page.context.cookies())
    page.reload()
    expect(page.locator("header .user")).to_have_count(0)


def test_request_with_filters_and_nested_fields(open_docs, admin, photograph):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open_request("sale.order", "GET /search/sale.order")
    page = docs.page
    for name in ("name", "partner_id.email"):
        page.get_by_role("combobox", name="Fields").fill(name)
        page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Order").fill("date_order desc")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add a filter").click()
    row = page.locator("fieldset .row")
    row.get_by_label("Field").fill("state")
    row.locator("select[aria-label=Value]").select_option("sale")
    assert docs.send() == 200
    answer = page.locator(".answer")
    expect(answer).to_contain_text('"partner_id"')
    photograph(page, "docs_answer")
    program = docs.program("curl")
    assert "fields=name,partner_id.email" in program
    assert "order=date_order%20desc" in program
    assert "state=sale" in program
    row.get_by_label("Field").fill("stat")
    page.locator(".sending button").click()
    link = answer.get_by_role("alert").get_by_role("link")
    expect(link).to_have_attribute("href", "/api/v2/docs/errors.md#invalid_filter")
    photograph(page, "docs_error")


def test_fields_of_all_models_are_searched(open_docs):
    docs = open_docs()
    docs.open()
    docs.sign_in("demo")
    docs.page.keyboard.press("/")
    docs.page.keyboard.type("untaxed order")
    option = docs.page.get_by_role("option").filter(
        has_text="sale.order.amount_untaxed"
    )
    option.first.click()
    expect(docs.page.locator("h1")).to_contain_text("sale.order")


def test_files_are_uploaded(open_docs, admin, unique):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open_request("ir.attachment", "POST /create/ir.attachment")
    docs.write_body(f'{{"name": "{unique}"}}')
    row = docs.page.locator("fieldset .row")
    row.get_by_label("Field").fill("datas")
    chosen = {"name": "x.txt", "mimeType": "text/plain", "buffer": b"content of it"}
    row.get_by_label("Value").set_input_files(chosen)
    expect(row.get_by_label("Value")).not_to_have_value("")
    row.get_by_role("button", name="Add").click()
    expect(docs.page.locator("textarea")).to_have_value(
        re.compile("Y29udGVudCBvZiBpdA==")
    )
    docs.page.get_by_label("Dry run").uncheck()
    assert docs.send() == 201
    [stored] = admin.get("/search/ir.attachment", name=unique, fields="datas")[
        "records"
    ]
    assert stored["datas"] == "Y29udGVudCBvZiBpdA=="


def test_a_model_has_all_its_requests(open_docs, admin):
    """Also those that the description has once for all models."""
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open("model", "res.partner")
    links = docs.page.locator(".operations")
    for path in (
        "GET search",
        "GET count",
        "DELETE delete/{record_id}",
        "POST call/{method_name}",
        "POST messages/{record_id}",
    ):
        expect(links).to_contain_text(path)
    docs.open_request("res.partner", "GET /count/res.partner")
    assert docs.send() == 200


def test_a_public_description_lists_the_endpoints(open_docs, admin):
    parameters = {"key": "base_api.public_description", "value": "True"}
    setting = admin.create("ir.config_parameter", parameters)
    try:
        docs = open_docs()
        docs.open()
        endpoints = docs.page.locator("aside")
        endpoints.get_by_role("tab", name="Endpoints").click()
        expect(endpoints).to_contain_text("/auth/login")
        expect(endpoints).to_contain_text("/search/{model_name}")
    finally:
        admin.delete("ir.config_parameter", setting)


def test_fields_actions_and_methods(open_docs, admin, photograph):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open("model", "sale.order", "fields")
    page = docs.page
    page.get_by_label(re.compile("Filter .* fields")).fill("partner_id")
    row = page.get_by_role("row").filter(has=page.get_by_text("partner_id", exact=True))
    expect(row).to_contain_text("many2one res.partner")
    expect(row).to_contain_text("required")
    photograph(page, "docs_fields")
    row.get_by_role("link", name="res.partner").click()
    expect(page.locator("h1")).to_contain_text("Contact")
    docs.open("model", "sale.order")
    page.get_by_role("tab", name="Actions").click()
    expect(page.get_by_role("table")).to_contain_text("action_confirm")
    page.get_by_role("tab", name="Methods").click()
    expect(page.get_by_role("table")).to_contain_text("action_confirm(")


def test_search_finds_models_fields_and_endpoints(open_docs, admin):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    page = docs.page
    for text, kind, title in (
        ("crm.lead", "model", "crm.lead"),
        ("order amount total", "field", "sale.order.amount_total"),
        ("upsert", "endpoint", "PUT /upsert/{model_name}"),
    ):
        page.keyboard.press("/")
        page.keyboard.type(text)
        option = page.get_by_role("option").filter(
            has=page.get_by_text(title, exact=True)
        )
        expect(option).to_contain_text(kind)
        page.keyboard.press("Escape")
        page.locator("h1").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("zzzzzz")
    expect(page.get_by_role("listbox")).to_contain_text("Nothing found.")


def test_writes_without_a_dry_run_are_held_back(open_docs, admin):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open("endpoint", "PUT /users/{user_id}/password")
    page = docs.page
    button = page.get_by_role("button", name="Send for real")
    expect(button).to_be_disabled()
    page.get_by_label("user_id").fill("2")
    expect(button).to_be_disabled()
    page.get_by_label("no dry run").check()
    expect(button).to_be_enabled()


def test_markup_is_text(open_docs, admin, unique):
    """In labels, helps and the names of records."""
    markup = f"<img src=x onerror=alert(1)><b>{unique}</b>"
    category = admin.create("res.partner.category", name=markup)
    [model] = admin.get("/search/ir.model", model="res.partner.category")["records"]
    name = f"x_{unique}"
    field = admin.create(
        "ir.model.fields",
        model_id=model["id"],
        name=name,
        field_description=markup,
        help=markup,
        ttype="selection",
        selection_ids={"create": [{"value": "a", "name": markup}]},
    )
    try:
        docs = open_docs()
        docs.open()
        docs.sign_in_with_key(admin.headers["api_key"])
        page = docs.page
        docs.open("model", "res.partner.category", "fields")
        row = page.get_by_role("row").filter(has_text=name)
        expect(row).to_contain_text(markup)
        assert row.inner_text().count(markup) == 3
        docs.open_request("res.partner.category", "GET /search/res.partner.category")
        page.get_by_role("button", name="Add a filter").click()
        page.locator("fieldset .row").get_by_label("Field").fill("name")
        page.locator("fieldset .row").get_by_label("Value").fill(markup)
        assert docs.send() == 200
        expect(page.locator(".answer")).to_contain_text(f"<b>{unique}</b>")
        page.keyboard.press("Escape")
        page.locator("header input").fill(name)
        expect(page.get_by_role("option").first).to_contain_text(markup)
        assert page.locator("img, b").count() == 0
    finally:
        admin.delete("ir.model.fields", field)
        admin.delete("res.partner.category", category)


def test_links_in_odoo(log_in, new_user):
    page = log_in("admin")
    page.goto("/odoo/settings")
    link = page.get_by_role("link", name="Open the Reference")
    expect(link).to_have_attribute("href", "/api/v2/docs")
    page.goto(f"/odoo/users/{new_user().id}?debug=1")
    page.get_by_role("tab", name="API Access").click()
    link = page.get_by_role("link", name="Interactive Reference")
    expect(link).to_have_attribute("href", "/api/v2/docs")
    page.locator(".o_debug_manager button").click()
    item = page.get_by_role("menuitem", name="API Reference")
    expect(item).to_have_attribute("href", "/api/v2/docs")
