# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files on records: attachments."""

import base64

import pytest
from files import PDF, attach, binary


@pytest.fixture
def order(demo, admin, unique):
    """A sale order that the seller demo may write."""
    partner = demo.create("res.partner", name=unique)
    lines = [[0, 0, {"product_id": admin.create("product.product", name=unique)}]]
    return demo.create("sale.order", partner_id=partner, order_line=lines)


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
