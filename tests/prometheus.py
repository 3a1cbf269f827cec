# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Prometheus and its tool, and what they read."""

import contextlib
import re
import subprocess
from pathlib import Path

import backstage
import pytest
import requests
from backstage import variable

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "monitoring"
_LINE = re.compile(r"(?P<name>\w+)\{(?P<labels>.*)\} (?P<value>\S+)")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def program(name):
    folder = variable("BASE_API_PROMETHEUS") if has_prometheus() else None
    if not folder:
        pytest.skip("Debian's package prometheus could not be fetched")
    return str(Path(folder) / name)


def has_prometheus():
    with contextlib.suppress(RuntimeError):
        return bool(variable("BASE_API_PROMETHEUS"))
    return False


def promtool(*words, text=None):
    """Run promtool; return what it says, which has to be no complaint."""
    done = subprocess.run(
        [program("promtool"), *map(str, words)],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def samples(text):
    """Return the samples of an exposition: pairs of (name, labels) and value."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = [_LINE.fullmatch(line) for line in lines]
    assert all(found), text
    return [
        ((match["name"], dict(_LABEL.findall(match["labels"]))), float(match["value"]))
        for match in found
    ]


def scrape(url, key):
    answer = requests.get(f"{url}/metrics", headers={"api-key": key}, timeout=30)
    assert answer.status_code == 200, answer.text
    return samples(answer.text)


def total(found, name, **labels):
    """Return the sum of the samples of a metric with these labels."""
    return sum(
        value
        for (sample, its), value in found
        if sample == name and labels.items() <= its.items()
    )


@contextlib.contextmanager
def serving(folder, config):
    """Run Prometheus in a folder; give the address of its API."""
    port = backstage.free_port()
    (folder / "prometheus.yml").write_text(config)
    words = (
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    )
    log = (folder / "prometheus.log").open("w")
    server = subprocess.Popen(
        [program("prometheus"), *words], stdout=log, stderr=log, cwd=folder
    )
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        server.terminate()
        server.wait(30)
        log.close()
