# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files in and out: binary fields, multipart bodies and attachments."""

import base64
import json
import struct
import zlib

import pytest

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
SCRIPT = b"<html><script>alert(document.domain)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def make_png(size=64):
    """A picture that Odoo has no reason to shrink."""

    def chunk(kind, content):
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    rows = b"".join(
        b"\0" + bytes((row + column) % 256 for column in range(3 * size))
        for row in range(size)
    )
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


PNG = make_png()


def attach(client, content=PDF, filename="a file.pdf", **parts):
    """Attach one file; return the answer's data."""
    files = {"file": (filename, content)}
    return client.succeed(201, "POST", "/attachments", files=files, data=parts)


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


@pytest.fixture
def order(demo, admin, unique):
    """A sale order that the seller demo may write."""
    partner = demo.create("res.partner", name=unique)
    lines = [[0, 0, {"product_id": admin.create("product.product", name=unique)}]]
    return demo.create("sale.order", partner_id=partner, order_line=lines)


def binary(model, record_id, field):
    return f"/binary/{model}/{record_id}/{field}"


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


def test_file_of_an_order(demo, portal, admin, new_user, order, unique):
    parts = {"res_model": "sale.order", "res_id": str(order), "description": unique}
    made = attach(demo, **parts)
    assert list(made) == ["id", "record", "model", "url"]
    assert made["record"] == {
        "id": made["id"],
        "name": "a file.pdf",
        "mimetype": "application/pdf",
        "file_size": len(PDF),
        "checksum": made["record"]["checksum"],
        "res_model": "sale.order",
        "res_id": order,
    }
    path = made["url"].removeprefix("/api/v2")
    assert path == binary("ir.attachment", made["id"], "raw")
    answer = demo.download(path)
    assert answer.content == PDF
    assert answer.headers["ETag"] == f'"{made["record"]["checksum"]}"'
    assert demo.download(path.replace("raw", "datas")).content == PDF
    description = demo.read("ir.attachment", made["id"], "description")["description"]
    assert description == unique
    portal.refuse(404, "RECORD_NOT_FOUND", "GET", path)
    stranger = new_user().log_in()
    stranger.refuse(404, "RECORD_NOT_FOUND", "GET", path)


def test_location_of_an_attachment(demo):
    answer = demo.send("POST", "/attachments", files={"file": ("é.txt", b"text")})
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert answer.headers["Location"] == f"/api/v2/search/ir.attachment/{data['id']}"
    assert data["record"]["name"] == "é.txt"
    assert data["record"]["res_model"] is False


def test_several_files_hang_on_one_record(demo, order):
    files = [("file", (f"{n}.bin", bytes([n]) * 3)) for n in range(3)]
    parts = {"res_model": "sale.order", "res_id": order}
    data = demo.succeed(201, "POST", "/attachments", files=files, data=parts)
    assert list(data) == ["ids", "records", "model", "urls"]
    assert [row["name"] for row in data["records"]] == ["0.bin", "1.bin", "2.bin"]
    assert {row["res_id"] for row in data["records"]} == {order}
    for number, url in enumerate(data["urls"]):
        answer = demo.download(url.removeprefix("/api/v2"))
        assert answer.content == bytes([number]) * 3


def test_upload_happens_once(demo, unique):
    def upload(content):
        options = {"headers": {"Idempotency-Key": unique}}
        files = {"file": (unique, content)}
        return demo.send("POST", "/attachments", files=files, **options)

    first = upload(PDF)
    assert first.status_code == 201
    again = upload(PDF)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    other = upload(PDF + b"x")
    assert other.status_code == 422
    assert other.json()["error"]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert demo.count("ir.attachment", name=unique) == 1


def test_upload_can_be_tried(demo, order, unique):
    made = demo.succeed(
        201,
        "POST",
        "/attachments",
        files={"file": (unique, PDF)},
        data={"res_model": "sale.order", "res_id": order},
        headers={"Prefer": "dry-run"},
    )
    assert made["dry_run"] is True
    [change] = made["changes"]
    assert change["after"]["file_size"] == len(PDF)
    assert demo.count("ir.attachment", name=unique) == 0


def test_attachment_as_json(demo, order):
    body = {"name": "j.txt", "datas": base64.b64encode(b"json").decode()}
    body |= {"res_model": "sale.order", "res_id": order, "mimetype": "text/plain"}
    made = demo.succeed(201, "POST", "/attachments", body)
    assert made["record"]["mimetype"] == "text/plain"
    assert demo.download(made["url"].removeprefix("/api/v2")).content == b"json"
    made = demo.succeed(201, "POST", "/attachments", [body, body])
    assert len(made["ids"]) == 2


def test_attachments_refuse_what_is_wrong(demo, portal, new_user, order):
    target = {"res_model": "sale.order", "res_id": str(order)}
    stranger = new_user().log_in()
    for client, status, code, parts in [
        # Who may not see the order learns nothing of whether it is there.
        (stranger, 403, "ACCESS_DENIED", target),
        (stranger, 403, "ACCESS_DENIED", target | {"res_id": "999999999"}),
        (demo, 404, "RECORD_NOT_FOUND", target | {"res_id": "999999999"}),
        (demo, 404, "MODEL_NOT_FOUND", target | {"res_model": "no.model"}),
        (demo, 403, "ACCESS_DENIED", {"res_model": "res.groups", "res_id": "1"}),
        (demo, 400, "INVALID_FIELDS", {"res_model": "sale.order"}),
        (demo, 400, "INVALID_FIELDS", {"res_id": "1"}),
        (demo, 400, "INVALID_FIELDS", target | {"res_modle": "x"}),
        (demo, 400, "INVALID_FIELDS", {"url": "https://example.com"}),
        (demo, 422, "VALIDATION_ERROR", target | {"res_id": "one"}),
        (demo, 422, "VALIDATION_ERROR", target | {"res_id": "-1"}),
        (demo, 422, "VALIDATION_ERROR", {"public": "maybe"}),
        (portal, 403, "ACCESS_DENIED", {}),
    ]:
        files = {"file": ("a.txt", b"text")}
        client.refuse(status, code, "POST", "/attachments", files=files, data=parts)
    for files in ({"other": b"x"}, {"file": ("", b"x"), "more": b"x"}):
        demo.refuse(400, "INVALID_FIELDS", "POST", "/attachments", files=files)
    demo.refuse(
        400, "INVALID_FIELDS", "POST", "/attachments", files={"file": ("a.txt", b"")}
    )
    demo.refuse(400, "INVALID_FIELDS", "POST", "/attachments", {"name": "a"})
    demo.refuse(
        422, "VALIDATION_ERROR", "POST", "/attachments", {"name": "a", "datas": "é"}
    )


def test_key_for_attachments_changes_no_other_model(admin, url, order):
    models = {"ir.attachment": ["create", "read"], "res.partner": ["update"]}
    key = admin.post("/users/2/api-key", {"models": models})["api_key"]
    client = type(admin)(url, api_key=key)
    files = {"file": ("a.txt", b"text")}
    target = {"res_model": "sale.order", "res_id": str(order)}
    client.refuse(
        403, "KEY_RESTRICTED", "POST", "/attachments", files=files, data=target
    )
    values = target | {"name": "a", "res_id": order, "datas": "YQ=="}
    client.refuse(403, "KEY_RESTRICTED", "POST", "/create/ir.attachment", values)
    attach(client, res_model="res.partner", res_id="1")
    path = binary("product.template", 1, "image_1920")
    client.refuse(403, "KEY_RESTRICTED", "GET", path)


def test_parts_become_values_of_their_type(admin, unique):
    country = admin.get("/search/res.country", code="BE")["records"][0]["id"]
    category = admin.create("res.partner.category", name=unique)
    values = {"email": f"{unique}@example.com", "child_ids": [[0, 0, {"name": "C"}]]}
    made = admin.succeed(
        201,
        "POST",
        "/create/res.partner",
        files={
            "image_1920": ("p.png", PNG, "image/png"),
            "values": ("blob", json.dumps(values), "application/json"),
        },
        data={
            "name": unique,
            "is_company": "True",
            "country_id": str(country),
            "category_id": json.dumps([category]),
            "color": "3",
            "type": "contact",
            "comment": "false",
            "parent_id": "",
        },
    )
    fields = "is_company,country_id,category_id,color,email,child_ids,parent_id"
    record = admin.read("res.partner", made["id"], fields)
    assert record["is_company"] is True
    assert record["country_id"][0] == country
    assert record["category_id"] == [category]
    assert record["color"] == 3
    assert record["email"] == f"{unique}@example.com"
    assert len(record["child_ids"]) == 1
    assert record["parent_id"] is False
    assert "image_1920" not in made["record"]
    path = binary("res.partner", made["id"], "image_1920")
    assert admin.download(path).content == PNG


def test_raw_field_takes_the_bytes(admin, unique):
    files = {"raw": ("x.bin", PDF)}
    data = {"name": unique, "mimetype": "application/pdf"}
    made = admin.succeed(201, "POST", "/create/ir.attachment", files=files, data=data)
    assert admin.download(binary("ir.attachment", made["id"], "raw")).content == PDF


def test_wrong_parts_are_pointed_at(admin, unique):
    def refuse(status, code, **parts):
        files = {
            name: part if isinstance(part, bytes) else (None, part)
            for name, part in ({"name": unique} | parts).items()
        }
        return admin.refuse(status, code, "POST", "/create/res.partner", files=files)

    error = refuse(400, "INVALID_FIELDS", image_1290=b"x")
    assert "image_1920" in error["message"]
    refuse(400, "INVALID_FIELDS", nmae="x")
    for name, part, place in [
        ("is_company", "perhaps", "/is_company"),
        ("country_id", "Belgium", "/country_id"),
        ("category_id", "1,2", "/category_id"),
        ("color", "red", "/color"),
        ("type", "nope", "/type"),
        ("email", b"file", "/email"),
        ("image_1920", "not base64!", "/image_1920"),
    ]:
        error = refuse(422, "VALIDATION_ERROR", **{name: part})
        assert error["details"][0]["pointer"] == place
    refuse(400, "INVALID_JSON", values="{")
    refuse(400, "INVALID_JSON", values="[1]")
    refuse(400, "INVALID_FIELDS", values='{"name": "again"}')
    refuse(400, "INVALID_MULTIPART", email="a\0b")
    refuse(422, "VALIDATION_ERROR", image_1920=b"no picture")
    assert not admin.count("res.partner", name=unique)


def test_malformed_multipart(admin):
    kind = "multipart/form-data; boundary=b"
    part = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nX\r\n'
    for content_type, body in [
        ("multipart/form-data", part + b"--b--\r\n"),
        (kind, b""),
        (kind, b"no part"),
        (kind, part),
        (kind, part + b'--b\r\nContent-Disposition: form-data; name="n'),
        (kind, b"--b--\r\n"),
    ]:
        headers = {"Content-Type": content_type}
        options = {"headers": headers, "data": body}
        path = "/create/res.partner"
        admin.refuse(400, "INVALID_MULTIPART", "POST", path, **options)
    twice = {"headers": {"Content-Type": kind}, "data": part + part + b"--b--\r\n"}
    admin.refuse(400, "INVALID_FIELDS", "POST", "/create/res.partner", **twice)
    files = {"username": (None, "admin"), "password": (None, "admin")}
    admin.refuse(400, "INVALID_CONTENT_TYPE", "POST", "/auth/login", files=files)
    for head in (
        b'Content-Disposition: form-data; filename="nameless"\r\n',
        b'Content-Disposition: form-data; name="file"; filename="a\0b"\r\n',
        b"Content-Disposition: form-data; name=file; filename*=UTF-8''%00\r\n",
        b'Content-Disposition: form-data; name="file"; filename="a"\r\n'
        b"Content-Type: a/\0\r\n",
    ):
        body = b"--b\r\n" + head + b"\r\nX\r\n--b--\r\n"
        options = {"headers": {"Content-Type": kind}, "data": body}
        admin.refuse(400, "INVALID_MULTIPART", "POST", "/attachments", **options)


def test_too_many_parts(admin):
    files = [("name", (None, "x"))] * 1001
    admin.refuse(413, "PAYLOAD_TOO_LARGE", "POST", "/create/res.partner", files=files)
