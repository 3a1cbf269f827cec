# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The interactive reference for those who read, see and type in other ways."""

import re

import pytest
from playwright.sync_api import expect

CREATE_ORDER = "POST /create/sale.order"
SEARCH_PARTNERS = "GET /search/res.partner"
# The controls that are shown and that a screen reader could not name.
NAMELESS = """() =>
    [...document.querySelectorAll("input, select, textarea, button, a")]
        .filter((item) => item.checkVisibility())
        .filter((item) => !(item.ariaLabel || item.labels?.length ||
                            item.textContent.trim()))
        .map((item) => item.outerHTML)"""
COLOURS = """() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return `${color} on ${backgroundColor}`;
}"""
MAX_SHIFT = 0.1  # "good" by https://web.dev/articles/cls


def test_keyboard_alone(open_docs, admin):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    page = docs.page
    page.locator("h1").first.focus()
    page.keyboard.press("/")
    page.keyboard.type("res.partner.category")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    page.locator(".builder").wait_for()
    tab = page.get_by_role("tab", name="Requests")
    press_until(page, "Tab", tab)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Fields")).to_be_focused()
    expect(page.get_by_role("table")).to_contain_text("parent_path")
    page.keyboard.press("ArrowLeft")
    page.locator(".builder").wait_for()
    send = page.get_by_role("button", name="Send", exact=True)
    press_until(page, "Tab", send)
    outline = send.evaluate("(element) => getComputedStyle(element).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".answer .status")).to_contain_text("200")


def press_until(page, key, target, times=150):
    for _ in range(times):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError("The focus does not get there")


def test_every_control_has_a_name(open_docs, admin):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    for key in ("GET /search/sale.order", CREATE_ORDER):
        docs.open_request("sale.order", key)
        if key.startswith("GET"):
            docs.page.get_by_role("button", name="Add a filter").click()
        nameless = docs.page.evaluate(NAMELESS)
        assert nameless == []


@pytest.mark.parametrize("locale", ["en-US", "fr-FR", "es-ES"])
def test_narrow_screens(open_docs, admin, photograph, locale):
    docs = open_docs(viewport={"width": 360, "height": 740}, locale=locale)
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    page = docs.page
    photograph(page, f"docs_narrow_home_{locale}")
    for parts in (
        ("model", "sale.order", CREATE_ORDER),
        ("model", "sale.order", "fields"),
        ("endpoint", "POST /batch"),
    ):
        docs.open(*parts)
        page.locator("main table, .builder").first.wait_for()
        photograph(page, f"docs_narrow_{locale}_{re.sub(r'[^a-z]+', '_', parts[-1])}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, parts
    expect(page.locator("aside")).to_be_hidden()
    page.locator("header .menu").click()
    expect(page.locator("aside")).to_be_visible()


def test_light_and_dark(open_docs, photograph):
    colours = set()
    for scheme in ("light", "dark"):
        docs = open_docs(color_scheme=scheme)
        docs.open()
        photograph(docs.page, f"docs_{scheme}")
        colours.add(docs.page.evaluate(COLOURS))
    assert len(colours) == 2


def test_languages(open_docs):
    docs = open_docs(locale="fr-BE")
    page = docs.page
    docs.open()
    expect(page.locator("header .account")).to_contain_text("Se connecter")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_label("Langue").select_option("es")
    expect(page.locator("header .account")).to_contain_text("Iniciar sesión")
    page.reload()
    expect(page.locator("header .account")).to_contain_text("Iniciar sesión")


def test_nothing_jumps(open_docs, admin):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open_request("sale.order", CREATE_ORDER)
    expect(docs.page.locator("textarea")).to_have_value(re.compile("partner_id"))
    docs.page.wait_for_timeout(300)
    assert docs.page.evaluate("window.shift") < MAX_SHIFT


def test_without_a_connection(open_docs, admin, photograph):
    docs = open_docs()
    docs.open()
    docs.sign_in_with_key(admin.headers["api_key"])
    docs.open_request("res.partner", SEARCH_PARTNERS)
    docs.page.context.set_offline(True)
    docs.page.locator(".sending button").click()
    expect(docs.page.get_by_role("alert")).to_contain_text("cannot be reached")
    docs.open("model", "crm.lead")
    expect(docs.page.get_by_role("alert").first).to_contain_text("cannot be reached")
    photograph(docs.page, "docs_offline")
    docs.page.context.set_offline(False)
