# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files out: binary fields over HTTP."""

import pytest
from files import PNG, attach, binary, make_png

SCRIPT = b"<html><script>alert(document.domain)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def product(admin, unique):
    """A product with a picture, sent as multipart."""
    answer = admin.succeed(
        201,
        "POST",
        "/create/product.template",
        files={"image_1920": ("tea.png", PNG, "image/png")},
        data={"name": unique, "list_price": "12.50", "sale_ok": "true"},
    )
    return answer["id"]


def test_picture_comes_back_as_it_was_sent(demo, product, unique):
    answer = demo.download(binary("product.template", product, "image_1920"))
    assert answer.content == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Length"] == str(len(PNG))
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f"inline; filename={unique}.png"
    record = demo.read("product.template", product, "list_price,sale_ok")
    assert record == {"id": product, "list_price": 12.5, "sale_ok": True}


def test_inherited_picture_is_that_of_the_parent(admin, product):
    variant = admin.get("/search/product.product", product_tmpl_id=product)
    path = binary("product.product", variant["records"][0]["id"], "image_1920")
    assert admin.download(path).content == PNG
    # res.users has its picture by _inherits, in an attachment of the partner.
    user = admin.download(binary("res.users", 2, "image_1920"))
    partner = admin.read("res.users", 2, "partner_id")["partner_id"][0]
    path = binary("res.partner", partner, "image_1920")
    assert admin.download(path).content == user.content


def test_download_names_the_file(demo, admin, product):
    path = binary("product.template", product, "image_1920")
    admin.put(f"/update/product.template/{product}", {"name": 'Thé "vert"\r\n茶'})
    disposition = demo.download(path, download="true").headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "filename*=UTF-8''Th%C3%A9%20%22vert%22__%E8%8C%B6.png" in disposition
    demo.refuse(400, "INVALID_PARAMETER", "GET", path, params={"download": "maybe"})
    demo.refuse(400, "INVALID_PARAMETER", "GET", path, params={"width": "64"})


def test_ranges(demo, product):
    path = binary("product.template", product, "image_1920")
    for asked, expected in [
        ("bytes=0-9", PNG[:10]),
        ("bytes=10-", PNG[10:]),
        ("bytes=-5", PNG[-5:]),
        ("bytes=5-999999", PNG[5:]),
    ]:
        answer = demo.download(path, 206, headers={"Range": asked})
        assert answer.content == expected
        assert answer.headers["Content-Range"].endswith(f"/{len(PNG)}")
    for asked in ("bytes=999999-", "bytes=9-1"):
        error = demo.send("GET", path, headers={"Range": asked})
        assert error.status_code == 416, asked
        assert error.json()["error"]["code"] == "REQUESTED_RANGE_NOT_SATISFIABLE"
        assert error.headers["Content-Range"] == f"bytes */{len(PNG)}"


def test_unchanged_file_is_not_sent_again(demo, admin, product):
    path = binary("product.template", product, "image_1920")
    etag = demo.download(path).headers["ETag"]
    fresh = demo.download(path, 304, headers={"If-None-Match": etag})
    assert not fresh.content
    admin.succeed(
        200,
        "PATCH",
        f"/update/product.template/{product}",
        files={"image_1920": make_png(32)},
    )
    changed = demo.download(path, headers={"If-None-Match": etag})
    assert changed.content == make_png(32)
    assert changed.headers["ETag"] != etag


def test_what_is_no_file(demo, admin, product, unique):
    bare = admin.create("product.template", name=unique)
    model = "product.template"
    for status, code, path in [
        (404, "FILE_NOT_FOUND", binary(model, bare, "image_1920")),
        (404, "FILE_NOT_FOUND", binary(model, bare, "image_128")),
        (400, "INVALID_FIELDS", binary(model, product, "name")),
        (400, "INVALID_FIELDS", binary(model, product, "image_1902")),
        (404, "RECORD_NOT_FOUND", binary(model, 999999999, "image_1920")),
        (404, "RECORD_NOT_FOUND", binary(model, "x", "image_1920")),
        (404, "MODEL_NOT_FOUND", binary("no.model", 1, "image_1920")),
        (404, "NOT_FOUND", f"/binary/{model}/{product}"),
    ]:
        demo.refuse(status, code, "GET", path)
    demo.refuse(
        405, "METHOD_NOT_ALLOWED", "PUT", binary(model, product, "image_1920"), {}
    )


def test_computed_objects_are_no_files(admin):
    invoice = admin.create("account.move", move_type="out_invoice")
    for field in ("needed_terms", "tax_totals"):
        path = binary("account.move", invoice, field)
        answer = admin.send("GET", path)
        assert answer.status_code in (400, 404), answer.text


def test_text_of_a_page_does_not_run(admin, demo):
    for content, filename in [(SCRIPT, "page.html"), (SVG, "picture.svg")]:
        for client in (admin, demo):
            made = attach(client, content, filename)
            answer = client.download(made["url"].removeprefix("/api/v2"))
            assert answer.content == content
        assert answer.headers["Content-Type"].startswith("text/plain")


def test_odd_types_and_names_make_no_odd_headers(admin):
    body = {"name": "../a\v\r\nX: y", "datas": "YQ==", "mimetype": "a/b\r\nX: y"}
    for mimetype in ("a/b\r\nX: y", "té/xt", "😀", "none"):
        made = admin.succeed(201, "POST", "/attachments", body | {"mimetype": mimetype})
        answer = admin.download(made["url"].removeprefix("/api/v2"))
        assert answer.content == b"a"
        assert "X" not in answer.headers
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith('inline; filename=".._a___X: y')


def test_link_is_not_followed(admin, unique):
    values = {"name": unique, "type": "url", "url": "https://example.com/secret"}
    link = admin.create("ir.attachment", values)
    for field in ("raw", "datas"):
        path = binary("ir.attachment", link, field)
        error = admin.refuse(404, "FILE_NOT_FOUND", "GET", path, allow_redirects=False)
        assert "link" in error["message"]
