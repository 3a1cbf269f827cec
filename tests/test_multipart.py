# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files in: multipart bodies."""

import json

from files import PDF, PNG, binary


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
