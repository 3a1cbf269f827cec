# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates at both ends of the calendar: what can be read can be searched."""

import pytest

DAYS = ["0001-01-01", "0026-03-01", "0999-12-31", "9999-12-31"]


@pytest.mark.parametrize("day", DAYS)
def test_dates(admin, unique, day):
    lead = admin.create("crm.lead", name=unique, date_deadline=day)
    assert admin.read("crm.lead", lead, "date_deadline")["date_deadline"] == day
    for operator in ("", "__eq", "__gte", "__lte", "__in"):
        filters = {"name": unique, f"date_deadline{operator}": day}
        assert admin.count("crm.lead", **filters) == 1, operator
    body = {"domain": [["name", "=", unique], ["date_deadline", "=", day]]}
    assert admin.post("/search/crm.lead", body)["count"] == 1
    strict = admin.call(
        "GET", f"/search/crm.lead/{lead}", headers={"Prefer": "types=strict"}
    )
    assert strict.json()["data"]["record"]["date_deadline"] == day
    for kind in ("csv", "ndjson"):
        query = {"name": unique, "fields": "date_deadline", "format": kind}
        assert day in admin.export("/export/crm.lead", **query).text
    values = admin.read("crm.lead", lead, "date_deadline")
    path = f"/update/crm.lead/{lead}"
    record = admin.succeed(
        200, "PATCH", path, {"date_deadline": values["date_deadline"]}
    )
    assert record["record"]["date_deadline"] == day


@pytest.mark.parametrize("day", DAYS)
def test_datetimes(admin, unique, day):
    moment = f"{day} 12:00:00"
    admin.create("sale.order", partner_id=1, client_order_ref=unique, date_order=moment)
    query = {"client_order_ref": unique, "fields": "date_order"}
    [order] = admin.get("/search/sale.order", **query)["records"]
    assert order["date_order"] == moment
    for name, value in (
        ("date_order", moment),
        ("date_order__gte", day),
        ("date_order__lt", "9999-12-31 23:59:59"),
    ):
        assert admin.count("sale.order", client_order_ref=unique, **{name: value}) == 1


def test_sorted_page_by_page(admin, unique):
    for day in reversed(DAYS):
        admin.create("crm.lead", name=unique, date_deadline=day)
    query = {"name": unique, "order": "date_deadline", "fields": "date_deadline"}
    found, cursor = [], ""
    for _page in DAYS:
        page = admin.get("/search/crm.lead", limit=1, cursor=cursor, **query)
        found += [row["date_deadline"] for row in page["records"]]
        cursor = page.get("next_cursor", "")
    assert found == DAYS


def test_groups_name_the_cause(admin, unique):
    """One such record is not a failure of the server for everybody."""
    admin.create("crm.lead", name=unique, date_deadline="9999-12-31")
    path = f"/aggregate/crm.lead?name={unique}&groupby=date_deadline:month"
    answer = admin.call("GET", path)
    if answer.status_code == 200:
        [group] = answer.json()["data"]["groups"]
        assert group["date_deadline:month"][0] == "9999-12-01"
    else:
        error = admin.refuse(400, "INVALID_PARAMETER", "GET", path)
        assert "date_deadline:month" in error["message"]
    assert admin.get(f"{path}&date_deadline__lt=9999-01-01")["groups"] == []
