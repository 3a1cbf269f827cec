# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The TypeScript client in a page of another origin, in Chromium.

walk_browser.py FOLDER    the package, built, with its node_modules
"""

import contextlib
import functools
import http.server
import json
import os
import sys
import threading
import urllib.request

from playwright.sync_api import sync_playwright

URL, KEY = os.environ["BASE_API_URL"], os.environ["BASE_API_KEY"]
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SETTING = "base_api.cors_origins"
PARAMETERS = "ir.config_parameter"
PAGE = """<!doctype html>
<title>Another origin</title>
<script type="importmap">
{"imports": {"@base-api/client": "/dist/index.js",
             "openapi-fetch": "/node_modules/openapi-fetch/dist/index.mjs"}}
</script>
<script type="module">
import * as client from "@base-api/client";
window.client = client;
</script>
"""
REFUSED = """async (baseUrl) => {
  const api = client.createClient({ baseUrl, retry: { retries: 0 } });
  return api.GET("/test").then(() => "an answer", (error) => error.name);
}"""
WALK = """async (baseUrl) => {
  const sessions = [];
  const onSession = (session) => sessions.push(session);
  const api = client.createClient({ baseUrl, onSession, retry: { delay: 1 } });
  await api.logIn("admin", "admin");
  // The client believes that the session is about to end.
  api.session = { ...api.session, expiresAt: new Date() };
  const { user } = await api.GET("/auth/me");
  const path = { model_name: "res.country" };
  const query = { fields: "name", order: "name", limit: 100 };
  const names = [];
  const countries = api.records("/search/{model_name}", { params: { path, query } });
  for await (const country of countries) names.push(country.name);
  const headers = { "Idempotency-Key": `walk-${Date.now()}` };
  const create = () => api.raw.POST("/create/{model_name}", {
    params: { path: { model_name: "crm.lead" } },
    headers,
    body: { name: "From a page" },
  });
  const [first, second] = [await create(), await create()];
  const lead = { model_name: "crm.lead", record_id: String(first.data.data.id) };
  const read = () => api.raw.GET("/search/{model_name}/{record_id}", {
    params: { path: lead },
  });
  const { response } = await read();
  await api.PATCH("/update/{model_name}/{record_id}", {
    params: { path: lead },
    headers: { "If-Match": response.headers.get("ETag") },
    body: { name: "Changed in a page" },
  });
  await api.DELETE("/delete/{model_name}/{record_id}", { params: { path: lead } });
  const error = await read().catch((error) => error);
  await api.logOut();
  return {
    login: user.login,
    names,
    isComplete: names.length === new Set(names).size,
    isReplayed: second.response.headers.get("Idempotency-Replayed"),
    isSame: first.data.data.id === second.data.data.id,
    isError: error instanceof client.ApiError,
    error: [error.status, error.code],
    sessions: sessions.map(Boolean),
  };
}"""


def main(folder):
    with serve(folder) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["BASE_API_CHROMIUM"], args=QUIET
        )
        page = browser.new_page()
        page.goto(f"{origin}/page.html")
        page.wait_for_function("window.client")
        assert page.evaluate(REFUSED, URL) == "TypeError", "Every origin is allowed"
        with allowed(origin):
            check(page.evaluate(WALK, URL))
        browser.close()


def check(found):
    assert found["login"] == "admin"
    assert len(found["names"]) > 200
    assert found["isComplete"]
    assert found["isReplayed"] == "true"
    assert found["isSame"]
    assert found["isError"]
    assert found["error"] == [404, "RECORD_NOT_FOUND"]
    assert found["sessions"] == [True, True, False]


class Files(http.server.SimpleHTTPRequestHandler):
    """The files of the package, and the page."""

    def do_GET(self):
        if self.path != "/page.html":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_arguments):
        pass


@contextlib.contextmanager
def serve(folder):
    """Serve the package for a while; give the origin of its pages."""
    handler = functools.partial(Files, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


@contextlib.contextmanager
def allowed(origin):
    """Let pages of an origin call the API for a while."""
    body = {"key": SETTING, "value": origin}
    record_id = call("PUT", f"/upsert/{PARAMETERS}?key=key", body)["id"]
    try:
        yield
    finally:
        call("DELETE", f"/delete/{PARAMETERS}/{record_id}")


def call(method, path, body=None):
    headers = {"api-key": KEY, "Content-Type": "application/json"}
    data = body and json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["data"]


if __name__ == "__main__":
    main(sys.argv[1])
    print("Chromium: logged in, refreshed, read, wrote, logged out of another origin")
