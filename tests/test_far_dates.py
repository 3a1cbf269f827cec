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


STARTS = {
    "day": DAYS,
    "month": ["0001-01-01", "0026-03-01", "0999-12-01", "9999-12-01"],
    "quarter": ["0001-01-01", "0026-01-01", "0999-10-01", "9999-10-01"],
    "year": ["0001-01-01", "0026-01-01", "0999-01-01", "9999-01-01"],
}


@pytest.mark.parametrize("granularity", [*STARTS, "week"])
def test_groups(admin, unique, granularity):
    """One such record is not a failure of the server for everybody."""
    for day in DAYS:
        admin.create("crm.lead", name=unique, date_deadline=day)
    column = f"date_deadline:{granularity}"
    path = f"/aggregate/crm.lead?name={unique}&groupby={column}"
    answer = admin.call("GET", path)
    if granularity in STARTS:
        groups = answer.json()["data"]["groups"]
        assert [group[column][0] for group in groups] == STARTS[granularity]
        assert all(group[column][1] and group["count"] == 1 for group in groups)
    else:
        # In some languages the first week of the year 1 begins before it.
        assert answer.status_code in (200, 400)
    near = admin.get(f"{path}&date_deadline__gt=0001-12-31")["groups"]
    assert sum(group["count"] for group in near) == 3
    strict = admin.call("GET", path, headers={"Prefer": "types=strict"})
    assert strict.status_code == answer.status_code


@pytest.mark.parametrize("granularity", [*STARTS, "week", "hour"])
def test_groups_of_datetimes(admin, unique, granularity):
    values = {"partner_id": 1, "client_order_ref": unique}
    for day in DAYS:
        admin.create("sale.order", values | {"date_order": f"{day} 12:00:00"})
    column = f"date_order:{granularity}"
    path = f"/aggregate/sale.order?client_order_ref={unique}&groupby={column}"
    headers = {"X-Timezone": "UTC"}
    answer = admin.call("GET", path, headers=headers)
    if granularity in STARTS:
        groups = answer.json()["data"]["groups"]
        starts = [group[column][0].partition(" ")[0] for group in groups]
        assert starts == STARTS[granularity]
    elif granularity == "hour":
        groups = answer.json()["data"]["groups"]
        assert [group[column][0] for group in groups] == [f"{d} 12:00:00" for d in DAYS]
    else:
        assert answer.status_code in (200, 400)
    # East of Greenwich the first day begins in the year before.
    for zone in ("Asia/Tokyo", "America/New_York"):
        answer = admin.call("GET", path, headers={"X-Timezone": zone})
        assert answer.status_code in (200, 400)
