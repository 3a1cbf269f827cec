# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The walk from an order to its invoice in the docs, run as it is printed there."""

import json
import re
import subprocess
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "base_api" / "docs"
WALK = DOCS / "tutorials" / "order-to-invoice.md"


def commands():
    """Return the commands of the page: its code blocks without a language."""
    page = WALK.read_text()
    blocks = re.findall(r"^```\n(.*?)^```$", page, re.M | re.S)
    assert len(blocks) == page.count("```") / 2
    return blocks


def run(blocks, url, key, folder):
    """Run blocks in one shell; return the ids of order and invoice, and the output."""
    variables = f"API={url}\nKEY={key}\n"
    first = re.sub(r"^(API|KEY)=.*\n", "", blocks[0], flags=re.M)
    assert first.count("\n") == blocks[0].count("\n") - 2
    script = "\n".join([variables, first, *blocks[1:], 'echo "\n$ORDER $INVOICE"'])
    finished = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stderr
    assert not finished.stderr
    order, invoice = finished.stdout.split()[-2:]
    return int(order), int(invoice), finished.stdout


def test_the_walk_of_the_docs(admin, url, tmp_path):
    blocks = commands()
    order, invoice, output = run(blocks, url, admin.headers["api_key"], tmp_path)
    assert '"success": false' not in output
    sold = admin.read("sale.order", order, "state,invoice_ids,amount_untaxed")
    assert (sold["state"], sold["invoice_ids"]) == ("sale", [invoice])
    posted = admin.read("account.move", invoice, "state,amount_untaxed")
    assert posted["state"] == "posted"
    assert posted["amount_untaxed"] == sold["amount_untaxed"] == 116
    [status] = re.findall(r"^(?:\{.*\})?(\d{3})$", output, re.M)
    assert status in ("200", "503")
    if status == "200":
        assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF")
    [batch] = [json.loads(line) for line in output.splitlines() if "results" in line]
    assert batch["data"]["count"] == 6
    assert batch["data"]["results"][-1]["data"]["record"]["state"] == "posted"
