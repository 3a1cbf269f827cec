# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Prometheus makes of the metrics and of examples/monitoring."""

import json
import re
import time
from urllib.parse import urlsplit

import prometheus
import pytest
import requests
from prometheus import EXAMPLES, promtool, samples

MOST_SERIES = 5000
# A path as it was declared: words and names of variables.
ROUTE = r"other|(/([a-z._-]+|\{\w+\})(\.\w+)?)+"


@pytest.fixture(scope="module")
def scraper_key(admin_session):
    body = {"metrics": True, "read_only": True, "models": {"*": []}}
    return admin_session.post("/users/2/api-key", body)["api_key"]


@pytest.fixture(scope="module")
def exposition(url, scraper_key, anyone, admin):
    for path in ("/auth/test", "/search/res.partner", "/nope"):
        admin.send("GET", path)
    headers = {"Authorization": f"Bearer {scraper_key}"}
    answer = requests.get(f"{url}/metrics", headers=headers, timeout=30)
    assert answer.status_code == 200
    return answer.text


def test_promtool_finds_no_fault(exposition):
    assert promtool("check", "metrics", text=exposition) == ""


def test_labels_name_nobody(exposition):
    allowed = {"node", "route", "method", "status", "code", "policy", "state", "le"}
    for (name, labels), _value in samples(exposition):
        if name == "base_api_info":
            continue
        assert set(labels) <= allowed, name
        assert re.fullmatch(r"(\d{3})?", labels.get("status", ""))
        assert re.fullmatch(ROUTE, labels.get("route", "other")), labels
    assert "res.partner" not in exposition


def test_paths_models_and_methods_make_no_series(url, admin, scraper_key):
    def count():
        return len(prometheus.scrape(url, scraper_key))

    admin.send("GET", "/search/x.one")
    requests.request("BREW", f"{url}/test", timeout=30)
    admin.send("GET", "/nope/one")
    count()
    before = count()
    for number in range(30):
        admin.send("GET", f"/search/x.model{number}")
        admin.send("GET", f"/nope/{number}")
        requests.request(f"BREW{number}", f"{url}/test", timeout=30)
    # The two workers may see a route for the first time.
    assert before <= count() <= min(before + 60, MOST_SERIES)


def test_the_examples_are_valid(tmp_path):
    (tmp_path / "api_key").write_text("oak_x")
    for name in ("prometheus.yml", "alerts.yml"):
        (tmp_path / name).write_text((EXAMPLES / name).read_text())
    assert "SUCCESS" in promtool("check", "config", tmp_path / "prometheus.yml")
    assert "SUCCESS" in promtool("check", "rules", tmp_path / "alerts.yml")


def expressions():
    dashboard = json.loads((EXAMPLES / "grafana-dashboard.json").read_text())
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            expression = target["expr"].replace("$__rate_interval", "5m")
            yield expression.replace('=~"$node"', '=~".*"')
    alerts = (EXAMPLES / "alerts.yml").read_text()
    yield from re.findall(r"expr: ([^|\n]+)$", alerts, re.M)


def test_the_examples_name_metrics_that_exist(exposition):
    declared = set(re.findall(r"# TYPE (\w+)", exposition))
    texts = [*expressions(), (EXAMPLES / "alerts.yml").read_text()]
    named = set(re.findall(r"base_api_\w+", " ".join(texts)))
    named = {re.sub(r"_(bucket|sum|count)$", "", name) for name in named}
    assert named and named <= declared


def test_prometheus_scrapes_it(tmp_path, url, scraper_key):
    (tmp_path / "api_key").write_text(scraper_key)
    (tmp_path / "alerts.yml").write_text((EXAMPLES / "alerts.yml").read_text())
    config = (EXAMPLES / "prometheus.yml").read_text()
    config = config.replace("localhost:8069", urlsplit(url).netloc)
    config = config.replace("15s", "1s")
    with prometheus.serving(tmp_path, config) as api:

        def ask(expression):
            try:
                answer = requests.get(
                    f"{api}/query", params={"query": expression}, timeout=10
                ).json()
            except (requests.ConnectionError, ValueError):
                return None
            assert answer["status"] == "success", (expression, answer)
            return answer["data"]["result"]

        log = tmp_path / "prometheus.log"
        deadline = time.monotonic() + 60
        while not (found := ask("sum(base_api_requests_total) > 0")):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)
        assert float(found[0]["value"][1]) > 0
        assert ask('up{job="base_api"}')[0]["value"][1] == "1"
        for expression in expressions():
            assert ask(expression) is not None, expression
