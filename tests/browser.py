# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real browser with Odoo's web client in it."""

import os
from pathlib import Path

import pytest
from backstage import HINT, variable
from playwright.sync_api import Error, expect, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 20000  # milliseconds, for the first page of a server that just started


@pytest.fixture(scope="session")
def chromium():
    path = variable("BASE_API_CHROMIUM")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        except Error as exc:
            raise RuntimeError(f"{path} does not start: {HINT}\n{exc}") from exc
        yield browser
        browser.close()


@pytest.fixture
def photograph(tmp_path):
    """Save what a page shows, in BASE_API_SCREENSHOTS if that is set."""
    folder = Path(os.environ.get("BASE_API_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def save(page, name):
        page.wait_for_timeout(300)  # dialogs fade in
        page.screenshot(path=folder / f"{name}.png")

    return save


@pytest.fixture
def log_in(chromium, url):
    """Open the web client as a user; fail if it reports an error meanwhile."""
    contexts, errors = [], []

    def open_client(login, password=None):
        context = chromium.new_context(
            base_url=url.removesuffix("/api/v2"),
            viewport={"width": 1500, "height": 1000},
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password or login)
        page.click("button[type=submit]")
        page.wait_for_url(lambda address: "/web/login" not in address)
        return page

    yield open_client
    for context in contexts:
        context.close()
    assert not errors
