# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The interactive reference in a browser, as people click it."""

from urllib.parse import quote

import pytest
from browser import PATIENCE
from playwright.sync_api import expect

# Records what the page must not do, before its own scripts run.
WATCH = """
window.reports = [];
window.shift = 0;
document.addEventListener("securitypolicyviolation", (event) =>
    window.reports.push([event.violatedDirective, event.blockedURI, event.sample]));
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        window.shift += entry.hadRecentInput ? 0 : entry.value;
    }
}).observe({ type: "layout-shift", buffered: true });
"""


class DocsPage:
    """The page, opened by somebody.

    :ivar elsewhere: the addresses of requests to other servers
    :ivar errors: of its scripts
    """

    def __init__(self, context, url):
        self.url = url
        self.root = url.removesuffix("/api/v2")
        self.elsewhere, self.errors = [], []
        context.route("**/*", self._answer)
        context.add_init_script(WATCH)
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _answer(self, route):
        """Let requests to the server pass, and no others, as without a network."""
        address = route.request.url
        if address.startswith((self.root, "data:", "blob:")):
            route.continue_()
        else:
            self.elsewhere.append(address)
            route.abort()

    def open(self, *parts):
        """Open a view: `"model", "sale.order"`, or the first one."""
        address = "/".join(quote(part, safe="") for part in parts)
        self.page.goto(f"{self.url}/docs#/{address}")
        self.page.locator("h1").first.wait_for()

    def open_request(self, model, key):
        """Open the form of a request of a model, such as `POST /create/sale.order`."""
        self.open("model", model, key)
        self.page.locator(".builder").wait_for()

    def open_dialog(self):
        self.page.locator("header .account button").click()
        return self.page.get_by_role("dialog")

    def sign_in(self, login, password=None):
        dialog = self.open_dialog()
        dialog.get_by_role("tab").nth(2).click()
        fields = dialog.locator("input")
        fields.nth(0).fill(login)
        fields.nth(1).fill(password or login)
        dialog.locator("button.primary").click()
        self.wait_until_signed_in()

    def sign_in_with_key(self, key):
        dialog = self.open_dialog()
        dialog.get_by_role("tab").nth(1).click()
        dialog.locator("input").fill(key)
        dialog.locator("button.primary").click()
        self.wait_until_signed_in()

    def wait_until_signed_in(self):
        expect(self.page.locator("header .user")).to_be_visible()
        # Not shown at once on narrow screens.
        self.page.locator("aside .links").wait_for(state="attached")

    def write_body(self, text):
        expect(self.page.locator("textarea")).not_to_have_value("")
        self.page.locator("textarea").fill(text)

    def send(self):
        """Press the button; return the status that is shown."""
        self.page.locator(".sending button").click()
        status = self.page.locator(".answer .status span").first
        status.wait_for()
        return int(status.inner_text())

    def program(self, name):
        """Return the request as a program."""
        self.page.get_by_role("tab", name=name, exact=True).click()
        return self.page.locator(".preview code").inner_text()

    def check(self):
        """Check that nothing was loaded from elsewhere, refused, or failed."""
        reports = self.page.evaluate("window.reports ?? []")
        assert (self.elsewhere, reports, self.errors) == ([], [], [])


@pytest.fixture
def open_docs(chromium, url):
    """Give a new `DocsPage`; check at the end what must hold of every visit."""
    opened = []

    def make(**options):
        options = {"viewport": {"width": 1440, "height": 900}} | options
        context = chromium.new_context(locale=options.pop("locale", "en-US"), **options)
        opened.append((context, DocsPage(context, url)))
        return opened[-1][1]

    yield make
    for context, docs in opened:
        docs.check()
        context.close()
