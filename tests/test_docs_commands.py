# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every curl command in the docs works as it is printed."""

import re
import subprocess

import pytest
from test_docs import CODE_BLOCK, DOCS, PAGES, ROOT

# The ETag that a page shows for one of its own records.
ETAG = "d70356be0dff-8a1dca4812dd6b3fee61"
# Also of answers to a request that cannot be made on every server, and to HEAD and 304.
ALLOWED_STATUSES = {"200", "201", "204", "304", "503"}


def commands(path):
    """The blocks of a page that are for a shell and send requests with curl.

    Yields pairs of a block, and whether the page shows an error as its answer.
    """
    blocks = CODE_BLOCK.findall(path.read_text())
    answers = [text for _indent, _language, text in blocks[1:]] + [""]
    for (indent, language, block), answer in zip(blocks, answers, strict=False):
        block = re.sub(f"^{indent}", "", block, flags=re.M)
        if not language and re.match(r"(API|KEY|TOKEN|curl)\b", block):
            yield block, answer.startswith('{"success": false')


def with_commands():
    tutorial = DOCS / "tutorials" / "order-to-invoice.md"  # test_walk.py
    return [path for path in PAGES if path != tutorial and list(commands(path))]


@pytest.mark.parametrize(
    "path", with_commands(), ids=lambda path: str(path.relative_to(ROOT))
)
def test_commands(path, admin, admin_session, url, tmp_path, unique):
    """Every curl command works as it is printed."""
    (tmp_path / "tea.png").write_bytes(PNG)
    (tmp_path / "contract.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    key = admin.headers["api_key"]
    token = admin_session.headers["session_token"]
    keys = admin.get("/users/2/api-keys")["api_keys"]
    variables = {
        "API": url,
        "KEY": key,
        "TOKEN": token,
        "KEY_ID": new_key_id(admin, keys),
        "HOME": tmp_path,
    }
    records = own_records(admin)
    for block, shows_error in commands(path):
        block = re.sub(r"\b\d+\b", lambda m: records.get(m[0], m[0]), block)
        # So that the tests can run again on the same database.
        block = block.replace("shop.", f"{unique}.")
        if ETAG in block:
            lead = admin.call("GET", f"/search/crm.lead/{records['1123']}")
            block = block.replace(ETAG, lead.headers["ETag"].strip('"'))
        block = re.sub(r"^(API|KEY|TOKEN|KEY_ID)=.*\n?", "", block, flags=re.M)
        block = re.sub(NODES, "$API", block)
        if not block.strip():
            continue
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", WRAPPER + block],
            cwd=tmp_path,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin"}
            | {name: str(value) for name, value in variables.items()},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
        )
        assert done.returncode == 0, (block, done.stderr)
        statuses = re.findall(r"^status (\d+)$", done.stdout, re.M)
        assert len(statuses) == len(re.findall(r"^ *curl\b", block, re.M)), block
        if shows_error:
            assert statuses[-1] >= "400", (block, done.stdout)
        else:
            assert set(statuses) <= ALLOWED_STATUSES, (block, done.stdout)


def own_records(admin):
    """The ids that pages use for records which they created -> those of real ones."""
    lead, other = (admin.create("crm.lead", name=f"Lead {n}") for n in (1, 2))
    template = admin.create("product.template", name="Green tea")
    product = admin.create("product.product", name="Tea pot")
    line = {"product_id": product}
    order = admin.create("sale.order", partner_id=1, order_line={"create": [line]})
    [line_id] = admin.read("sale.order", order, "order_line")["order_line"]
    ids = {1123: lead, 1124: other, 122: template, 35: order, 56: line_id, 86: product}
    return {str(name): str(record_id) for name, record_id in ids.items()}


def new_key_id(admin, before):
    """The id of a key that a page may roll."""
    admin.post("/users/2/api-key", {"name": "Docs"})
    known = {key["id"] for key in before}
    keys = admin.get("/users/2/api-keys")["api_keys"]
    return next(key["id"] for key in keys if key["id"] not in known)


WRAPPER = """
curl() { command curl -sS -w '\\nstatus %{http_code}\\n' "$@"; }
"""
# The address of the API at the nodes of the pages.
NODES = r"http://10\.0\.0\.1[12]:8069/api/v2"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
