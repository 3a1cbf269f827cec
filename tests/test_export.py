# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exports: all there is, however much it is, as of one moment."""

import csv
import io
import json
import time
from pathlib import Path

import backstage
import pytest
import servers
from backstage import variable
from client import Client
from crowds import PARTNERS

MANY = "/export/ir.model.fields"  # some thousands, in every database
OPEN = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = %s AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
"""
MEGABYTE = 1024  # kB


def read_lines(answer):
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.content.splitlines()]


@pytest.fixture
def orders(admin, unique):
    """Sale orders with names that a file must not break on."""
    partner = admin.create("res.partner", name=f'{unique}, "Ünï"\n=1+1')
    for reference in ("a;b", "c,d", 'e"f', " g", "汉字", "1\r\n2"):
        values = {"partner_id": partner, "client_order_ref": reference}
        admin.create("sale.order", values)
    return partner


def test_ndjson_has_what_search_has(admin, orders):
    params = {"partner_id": orders, "fields": "name,partner_id,client_order_ref,state"}
    params |= {"order": "client_order_ref desc"}
    answer = admin.export("/export/sale.order", **params)
    found = admin.get("/search/sale.order", limit=100, **params)
    assert read_lines(answer) == found["records"]
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert answer.headers["Total-Count"] == str(found["total_count"]) == "6"
    assert answer.headers["Cache-Control"] == "no-store"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="sale.order.ndjson"'


def test_csv_is_a_table(admin, orders):
    name = admin.read("res.partner", orders, "display_name")["display_name"]
    fields = "client_order_ref,partner_id,amount_total,require_payment,order_line,note"
    params = {"partner_id": orders, "fields": fields, "format": "csv"}
    answer = admin.export("/export/sale.order", **params)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    [header, *rows] = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    assert header == ["id", *fields.split(",")]
    assert [row[1] for row in rows] == ["a;b", "c,d", 'e"f', " g", "汉字", "1\r\n2"]
    assert {row[2] for row in rows} == {name}
    assert {row[3] for row in rows} == {"0.0"}
    assert {row[4] for row in rows} <= {"true", "false"}
    assert {(row[5], row[6]) for row in rows} == {("", "")}


def test_csv_lists_ids(admin):
    params = {"fields": "group_ids,create_date", "format": "csv", "id": 2}
    answer = admin.export("/export/res.users", **params)
    [_header, row] = csv.reader(io.StringIO(answer.text))
    user = admin.read("res.users", 2, "group_ids,create_date")
    assert row == ["2", ",".join(map(str, user["group_ids"])), user["create_date"]]


def test_empty_exports(admin, unique):
    for format, content in (("ndjson", ""), ("csv", "id,name\r\n")):
        params = {"name": unique, "fields": "name", "format": format}
        answer = admin.export("/export/res.partner", **params)
        assert answer.text == content
        assert answer.headers["Total-Count"] == "0"


def test_exports_follow_any_order_without_a_limit(admin):
    params = {"fields": "model_id,name", "order": "ttype desc, model_id, name"}
    answer = admin.export(MANY, **params)
    rows = read_lines(answer)
    assert len(rows) == int(answer.headers["Total-Count"]) > 3000
    assert len({row["id"] for row in rows}) == len(rows)
    page = admin.get("/search/ir.model.fields", limit=1000, offset=1500, **params)
    assert rows[1500:2500] == page["records"]


@pytest.mark.parametrize("order", ["id", "ttype,name desc"])
def test_exports_can_be_resumed(admin, order):
    params = {"fields": "name", "order": order}
    rows = read_lines(admin.export(MANY, **params))
    marked = read_lines(admin.export(MANY, cursors="true", **params))
    places = [place for place, row in enumerate(marked) if "next_cursor" in row]
    assert places == list(range(999, len(rows) - 1, 1000))
    cursor = marked[1999]["next_cursor"]
    rest = admin.export(MANY, cursor=cursor, **params)
    assert read_lines(rest) == rows[2000:]
    assert rest.headers["Total-Count"] == str(len(rows) - 2000)
    # The cursors of pages and of exports are the same.
    page = admin.get("/search/ir.model.fields", cursor=cursor, limit=5, **params)
    assert page["records"] == rows[2000:2005]
    part = read_lines(admin.export(MANY, cursor=page["next_cursor"], limit=3, **params))
    assert part == rows[2005:2008]


def test_csv_can_be_resumed(admin):
    params = {"fields": "name", "format": "csv", "cursors": "true", "limit": 1500}
    rows = list(csv.reader(io.StringIO(admin.export(MANY, **params).text)))
    assert rows[0] == ["id", "name", "next_cursor"]
    assert len(rows) == 1501
    marks = [place for place, row in enumerate(rows) if place and row[2]]
    assert marks == [1000, 1500]
    more = admin.export(MANY, **params | {"cursor": rows[1000][2], "limit": 500})
    assert [row[:2] for row in csv.reader(io.StringIO(more.text))][1:] == [
        row[:2] for row in rows[1001:]
    ]


def test_exports_are_of_one_moment(admin, unique):
    """What is written while the client reads is not in the file."""
    names = "/export/ir.model.data"
    answer = admin.export(names, stream=True)
    total = int(answer.headers["Total-Count"])
    values = {"model": "res.partner", "res_id": 1, "module": unique, "name": unique}
    admin.create("ir.model.data", values)
    assert len(read_lines(answer)) == total
    again = admin.export(names, stream=True)
    assert int(again.headers["Total-Count"]) == total + 1
    again.close()


def test_what_is_wrong_comes_before_the_file(admin, demo, portal):
    for params, code in (
        ({"format": "xml"}, "INVALID_PARAMETER"),
        ({"limit": 0}, "INVALID_PARAMETER"),
        ({"limit": "x"}, "INVALID_PARAMETER"),
        ({"offset": 1}, "INVALID_FILTER"),
        ({"order": "nmae"}, "INVALID_PARAMETER"),
        ({"cursor": "nonsense"}, "INVALID_PARAMETER"),
        ({"cursors": "maybe"}, "INVALID_PARAMETER"),
        ({"fields": "nmae"}, "INVALID_FIELDS"),
        ({"nmae": "x"}, "INVALID_FILTER"),
        ({"domain": "[["}, "INVALID_FILTER"),
    ):
        admin.refuse(400, code, "GET", "/export/res.partner", params=params)
    admin.refuse(404, "MODEL_NOT_FOUND", "GET", "/export/res.partnr")
    demo.refuse(403, "ACCESS_DENIED", "GET", "/export/ir.rule")
    portal.refuse(403, "ACCESS_DENIED", "GET", "/export/crm.lead")


def test_exports_hold_what_the_caller_may_see(admin, demo, portal):
    for client in (admin, demo, portal):
        for model in ("res.partner", "sale.order", "mail.message", "hr.employee"):
            params = {"limit": 1000, "order": "id desc"}
            search = client.call("GET", f"/search/{model}", params=params)
            answer = client.export(f"/export/{model}", **params)
            assert answer.status_code == search.status_code
            if answer.ok:
                data = search.json()["data"]
                assert read_lines(answer) == data["records"]
                assert answer.headers["Total-Count"] == str(data["count"])


def test_exports_hold_to_language_and_types(admin, orders):
    headers = {"Accept-Language": "en", "Prefer": "types=strict"}
    client = Client(admin.url, **admin.headers, **headers)
    params = {"partner_id": orders, "fields": "note,date_order", "limit": 1}
    answer = client.export("/export/sale.order", **params)
    assert answer.headers["Content-Language"] == "en-US"
    assert answer.headers["Preference-Applied"] == "types=strict"
    [row] = read_lines(answer)
    assert row["note"] is None
    assert row["date_order"].endswith("Z")


def test_exports_have_nested_fields(admin, orders):
    names = "name,partner_id.id,partner_id.name,order_line.product_id.name"
    params = {"partner_id": orders, "fields": names, "order": "name"}
    found = admin.get("/search/sale.order", **params)["records"]
    assert read_lines(admin.export("/export/sale.order", **params)) == found
    answer = admin.export("/export/sale.order", format="csv", **params)
    [header, *rows] = csv.reader(io.StringIO(answer.content.decode(), newline=""))
    assert header == ["id", *names.split(","), "_truncated"]
    assert rows[0][2:4] == [str(orders), found[0]["partner_id"]["name"]]


def open_transactions():
    """Connections on which something goes on."""
    return {pid for (pid,) in backstage.query(OPEN, variable("BASE_API_DATABASE"))}


def wait_until_closed(before):
    deadline = time.monotonic() + 10
    while open_transactions() - before:
        assert time.monotonic() < deadline, "The export goes on for nobody"
        time.sleep(0.05)


def test_head_leaves_nothing_open(admin):
    before = open_transactions()
    answer = admin.call("HEAD", MANY)
    assert int(answer.headers["Total-Count"]) > 3000
    wait_until_closed(before)


def memory(server):
    """Kilobytes that a process has now, and had at most."""
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    sizes = {line.split(":")[0]: line.split()[1] for line in lines if line[:2] == "Vm"}
    return int(sizes["VmRSS"]), int(sizes["VmHWM"])


def test_memory_stays_the_same_however_much_is_exported(crowd):
    port = backstage.free_port()
    server = servers.start(crowd, port)
    try:
        servers.wait_for(server, servers.address(port))
        client = Client(servers.address(port)).log_in("admin", "admin")
        client.export("/export/res.partner", limit=2000)
        before, _peak = memory(server)
        params = {"fields": "name,ref,write_date,country_id", "order": "ref"}
        answer = client.export("/export/res.partner", stream=True, **params)
        total = int(answer.headers["Total-Count"])
        lines = sum(part.count(b"\n") for part in answer.iter_content(2**16))
        after, peak = memory(server)
    finally:
        servers.end(server)
    assert lines == total > PARTNERS
    assert max(after, peak) - before < 60 * MEGABYTE
