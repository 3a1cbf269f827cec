# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ETags: what need not be sent again, and what must not be overwritten."""

import pytest
from client import Client
from test_bulk import new_order, product  # noqa: F401 (fixtures)
from test_concurrency import at_once, statuses


def etag(client, path, **headers):
    answer = client.call("GET", path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-cache"
    return answer.headers["ETag"]


def version(tag):
    assert not tag.startswith("W/")
    return tag.strip('"').partition("-")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/test",
        "/auth/test",
        "/users",
        "/models",
        "/fields/sale.order",
        "/search/sale.order",
        "/search/sale.order?limit=0",
        "/partners",
    ],
)
def test_answers_that_are_still_right_are_not_sent_again(admin, path):
    tag = etag(admin, path)
    assert tag.startswith('W/"')
    for verb in ("GET", "HEAD"):
        answer = admin.call(verb, path, headers={"If-None-Match": f'"a", {tag}'})
        assert answer.status_code == 304
        assert answer.headers["ETag"] == tag
        assert answer.headers["Cache-Control"] == "private, no-cache"
    assert etag(admin, path, **{"If-None-Match": '"a"'}) == tag


def test_what_each_user_sees_has_its_own_tag(admin, demo, portal, unique):
    admin.create("crm.lead", name=unique)
    tags = {etag(client, "/auth/me") for client in (admin, demo, portal)}
    assert len(tags) == 3
    path = "/search/sale.order?limit=1000"
    assert etag(admin, path) != etag(portal, path)
    answer = portal.call("GET", path, headers={"If-None-Match": etag(admin, path)})
    assert answer.status_code == 200


def test_total_of_an_order_is_part_of_its_version(admin, new_order):  # noqa: F811
    order = new_order()
    path = f"/search/sale.order/{order}?fields=name"
    tag = etag(admin, path)
    assert etag(admin, path) == tag
    line = admin.read("sale.order", order, "order_line")["order_line"][0]
    admin.put(f"/update/sale.order.line/{line}", {"product_uom_qty": 7})
    changed = etag(admin, path)
    assert version(changed) != version(tag)
    # Nobody who read only the name overwrites an order whose total has changed.
    path = f"/update/sale.order/{order}"
    old = {"If-Match": tag}
    admin.refuse(412, "PRECONDITION_FAILED", "PATCH", path, {"note": "x"}, headers=old)
    path = f"/delete/sale.order/{order}"
    admin.refuse(412, "PRECONDITION_FAILED", "DELETE", path, headers=old)
    answer = admin.call("DELETE", path, headers={"If-Match": changed})
    assert answer.status_code == 200


def test_price_of_a_variant_is_that_of_its_template(admin, product):  # noqa: F811
    path = f"/search/product.product/{product}?fields=list_price"
    tag = etag(admin, path)
    template = admin.read("product.product", product, "product_tmpl_id")
    template = template["product_tmpl_id"][0]
    admin.put(f"/update/product.template/{template}", {"list_price": 61})
    assert version(etag(admin, path)) != version(tag)


def test_job_of_an_employee_is_in_the_contract_of_the_day(admin, unique):
    employee = admin.create("hr.employee", name=unique)
    path = f"/search/hr.employee/{employee}?fields=name"
    tag = etag(admin, path)
    job = admin.create("hr.job", name=unique)
    admin.put(f"/update/hr.employee/{employee}", {"job_id": job})
    assert version(etag(admin, path)) != version(tag)
    path = f"/update/hr.employee/{employee}"
    old = {"If-Match": tag}
    body = {"job_id": False}
    admin.refuse(412, "PRECONDITION_FAILED", "PUT", path, body, headers=old)


def test_fields_and_languages_have_tags_of_their_own(admin, new_order):  # noqa: F811
    path = f"/search/sale.order/{new_order()}"
    tags = {
        etag(admin, path),
        etag(admin, f"{path}?fields=name"),
        etag(admin, f"{path}?fields=name,state"),
    }
    assert len(tags) == 3
    assert len({version(tag) for tag in tags}) == 1


def test_chain_of_updates_needs_no_reading_between(admin, unique):
    answer = admin.call("POST", "/create/crm.lead", {"name": unique})
    lead = answer.json()["data"]["id"]
    for number in range(4):
        headers = {"If-Match": answer.headers["ETag"]}
        body = {"name": f"{unique} {number}"}
        verb = ("PUT", "PATCH")[number % 2]
        answer = admin.call(verb, f"/update/crm.lead/{lead}", body, headers=headers)
        assert answer.status_code == 200
        assert version(answer.headers["ETag"]) != version(headers["If-Match"])
    tag = etag(admin, f"/search/crm.lead/{lead}?fields=name")
    assert version(tag) == version(answer.headers["ETag"])


def test_of_many_with_the_same_tag_one_writes(admin, url, unique):
    lead = admin.create("crm.lead", name=unique)
    for turn in range(3):
        headers = {"If-Match": etag(admin, f"/search/crm.lead/{lead}")}

        def update(number, turn=turn, headers=headers):
            body = {"description": f"{unique} {turn} {number}"}
            client = Client(url, **admin.headers)
            path = f"/update/crm.lead/{lead}"
            return client.call("PATCH", path, body, headers=headers)

        answers = at_once(update, 8)
        counted = statuses(answers)
        assert counted[200] == 1, counted
        assert set(counted) <= {200, 409, 412}
        [winner] = [answer for answer in answers if answer.status_code == 200]
        record = admin.read("crm.lead", lead, "description")
        assert record["description"] == winner.json()["data"]["record"]["description"]


def test_of_a_parent_and_its_heir_one_writes(admin, url, unique):
    """The price is in the row of the template, the code in that of the variant."""
    template = admin.create("product.template", name=unique)
    record = admin.read("product.template", template, "product_variant_id")
    variant = record["product_variant_id"][0]
    path = f"/search/product.product/{variant}"
    headers = {"If-Match": etag(admin, path)}

    def update(number):
        client = Client(url, **admin.headers)
        values = [{"list_price": 7}, {"default_code": unique}][number % 2]
        path = f"/update/product.product/{variant}"
        return client.call("PATCH", path, values, headers=headers)

    counted = statuses(at_once(update, 8))
    assert counted[200] == 1, counted
    assert set(counted) <= {200, 409, 412}


def test_of_many_deletions_and_updates_one_is_done(admin, url, unique):
    lead = admin.create("crm.lead", name=unique)
    headers = {"If-Match": etag(admin, f"/search/crm.lead/{lead}")}

    def write(number):
        client = Client(url, **admin.headers)
        if number % 2:
            return client.call("DELETE", f"/delete/crm.lead/{lead}", headers=headers)
        body = {"description": unique}
        return client.call("PUT", f"/update/crm.lead/{lead}", body, headers=headers)

    counted = statuses(at_once(write, 8))
    assert counted[200] == 1, counted
    assert set(counted) <= {200, 404, 409, 412}


def test_lists_race_item_by_item(admin, url, unique):
    leads = [admin.create("crm.lead", name=unique) for _number in range(4)]
    tags = [etag(admin, f"/search/crm.lead/{lead}") for lead in leads]

    def update(number):
        body = [
            {"id": lead, "description": f"{number}", "if_match": tag}
            for lead, tag in zip(leads, tags, strict=True)
        ]
        client = Client(url, **admin.headers)
        path = "/update/crm.lead?atomic=false"
        return client.call("PATCH", path, body)

    answers = [a for a in at_once(update, 6) if a.status_code == 200]
    won = [
        row["id"]
        for answer in answers
        for row in answer.json()["data"]["results"]
        if row["success"]
    ]
    assert sorted(won) == leads


def test_no_tag_tells_about_what_one_may_not_see(portal, new_order):  # noqa: F811
    order = new_order()
    for tag in ('"x"', "*"):
        for verb, path in [("PUT", "update"), ("DELETE", "delete")]:
            portal.refuse(
                404,
                "RECORD_NOT_FOUND",
                verb,
                f"/{path}/sale.order/{order}",
                {"note": "x"} if verb == "PUT" else None,
                headers={"If-Match": tag},
            )


@pytest.mark.parametrize("tag", ["", ",", '"', '"a" "b"', '"a"x', "é".encode()])
def test_what_is_no_tag(admin, unique, tag):
    lead = admin.create("crm.lead", name=unique)
    path = f"/update/crm.lead/{lead}"
    answer = admin.call("PUT", path, {"name": "x"}, headers={"If-Match": tag})
    assert answer.status_code in (400, 412)
    assert admin.read("crm.lead", lead, "name")["name"] == unique


def test_pages_of_other_sites_may_use_tags(admin, unique):
    headers = {"Origin": "https://app.example.com"}
    answer = admin.call("GET", "/search/crm.lead?limit=1", headers=headers)
    assert "api-key" in answer.headers["Vary"]
