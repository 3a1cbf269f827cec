# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Creating, changing and deleting records of any model."""

import base64

import pytest

CREATED = ["id", "record", "model"]
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJ"
    "RU5ErkJggg=="
)


def test_create_answers_with_the_record_and_its_address(admin, unique, url):
    body = {"name": unique, "is_company": True}
    answer = admin.call("POST", "/create/res.partner", body)
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert list(data) == CREATED
    assert data["model"] == "res.partner"
    assert data["record"] | body == data["record"]
    assert data["record"]["id"] == data["id"]
    location = answer.headers["Location"]
    assert location.endswith(f"/api/v2/search/res.partner/{data['id']}")
    path = location.partition("/api/v2")[2]
    assert admin.get(path)["record"]["name"] == unique


def test_create_works_for_an_employee_with_a_session(demo_session, demo_id, unique):
    lead = demo_session.create("crm.lead", name=unique, user_id=demo_id)
    assert demo_session.read("crm.lead", lead, "name")["name"] == unique


def test_create_takes_lines_with_the_record(admin, unique):
    child = {"name": f"{unique} child", "email": "child@example.com"}
    values = {"name": unique, "child_ids": [[0, 0, child]]}
    values["category_id"] = [
        [6, 0, [admin.create("res.partner.category", name=unique)]]
    ]
    partner = admin.create("res.partner", values)
    record = admin.read("res.partner", partner, "child_ids,category_id")
    assert len(record["category_id"]) == 1
    [found] = record["child_ids"]
    assert admin.read("res.partner", found, "name,email") == {"id": found} | child


def test_create_many_records_in_one_request(admin, unique):
    body = [{"name": f"{unique} {number}"} for number in range(3)]
    answer = admin.call("POST", "/create/res.partner", body)
    assert answer.status_code == 201
    data = answer.json()["data"]
    assert list(data) == ["ids", "records", "model"]
    assert [record["id"] for record in data["records"]] == data["ids"]
    assert [{"name": record["name"]} for record in data["records"]] == body


def test_create_takes_a_thousand_records_and_not_one_more(admin, unique):
    body = [{"name": unique, "code": unique[:3]}] * 1000
    data = admin.succeed(
        201, "POST", "/create/res.partner.industry", bodies(unique, 1000)
    )
    assert len(data["ids"]) == len(body)
    too_many = bodies(f"{unique} more", 1001)
    path = "/create/res.partner.industry"
    admin.refuse(413, "PAYLOAD_TOO_LARGE", "POST", path, too_many)
    assert admin.count("res.partner.industry", full_name=f"{unique} more") == 0


def bodies(name, count):
    return [{"name": f"{name} {n}", "full_name": name} for n in range(count)]


def test_create_makes_all_of_a_list_or_nothing(admin, unique):
    before = admin.count("res.partner")
    good = {"name": unique}
    for bad, status, code in (
        ({"name": unique, "nonsense": 1}, 400, "INVALID_FIELDS"),
        ({"name": unique, "parent_id": "text"}, 422, "VALIDATION_ERROR"),
        ({"name": False}, 422, "VALIDATION_ERROR"),
        ({}, 400, "NO_DATA"),
        ("text", 400, "INVALID_JSON"),
    ):
        body = [good, good, bad]
        admin.refuse(status, code, "POST", "/create/res.partner", body)
    assert admin.count("res.partner") == before


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_update_changes_what_is_sent_and_no_more(admin, unique, verb):
    partner = admin.create("res.partner", name=unique, city="Here", phone="1")
    body = {"city": "There", "phone": False}
    data = admin.succeed(200, verb, f"/update/res.partner/{partner}", body)
    assert list(data) == ["id", "record", "updated_fields"]
    assert data["id"] == data["record"]["id"] == partner
    assert data["updated_fields"] == ["city", "phone"]
    assert data["record"]["city"] == "There"
    record = admin.read("res.partner", partner, "name,city,phone")
    expected = {"id": partner, "name": unique, "city": "There", "phone": False}
    assert record == expected


def test_update_takes_what_was_read(admin, unique):
    partner = admin.create("res.partner", name=unique, country_id=1)
    record = admin.read("res.partner", partner, "name,country_id,category_id,active")
    record.pop("id")
    data = admin.put(f"/update/res.partner/{partner}", record)
    assert data["record"] | record == data["record"]


def test_update_archives_and_finds_the_archived(admin, unique):
    partner = admin.create("res.partner", name=unique)
    admin.put(f"/update/res.partner/{partner}", {"active": False})
    assert admin.count("res.partner", name=unique) == 0
    assert admin.count("res.partner", name=unique, active="false") == 1
    admin.put(f"/update/res.partner/{partner}", {"active": True})
    assert admin.count("res.partner", name=unique) == 1


def test_delete_removes_the_record(admin, unique):
    partner = admin.create("res.partner", name=unique)
    path = f"/delete/res.partner/{partner}"
    data = admin.succeed(200, "DELETE", path)
    assert data == {"id": partner, "model": "res.partner"}
    for verb, gone in (("DELETE", path), ("GET", f"/search/res.partner/{partner}")):
        admin.refuse(404, "RECORD_NOT_FOUND", verb, gone)
    path = f"/update/res.partner/{partner}"
    admin.refuse(404, "RECORD_NOT_FOUND", "PUT", path, {"name": unique})


def test_a_file_comes_back_as_it_was_sent(admin, unique):
    partner = admin.create("res.partner", name=unique, image_1920=PIXEL)
    record = admin.get(f"/search/res.partner/{partner}")["record"]
    assert not [name for name in record if name.startswith("image_")]
    record = admin.read("res.partner", partner, "image_1920")
    assert base64.b64decode(record["image_1920"])[:4] == b"\x89PNG"
    admin.put(f"/update/res.partner/{partner}", {"image_1920": False})
    assert admin.read("res.partner", partner, "image_1920")["image_1920"] is False
    admin.put(f"/update/res.partner/{partner}", {"image_1920": PIXEL})
    assert admin.read("res.partner", partner, "image_1920")["image_1920"]


def test_an_attachment_comes_back_byte_by_byte(admin, unique):
    content = base64.b64encode(bytes(range(256)) * 100).decode()
    values = {"name": f"{unique}.bin", "datas": content, "res_model": "res.partner"}
    attachment = admin.create("ir.attachment", values, res_id=15)
    assert admin.read("ir.attachment", attachment, "datas")["datas"] == content


def test_new_users_may_come_with_credentials(admin, anyone, unique, url):
    body = {"name": unique, "login": unique, "group_ids": [1]}
    body["auto_generate_credentials"] = True
    answer = admin.call("POST", "/create/res.users", body)
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    data = answer.json()["data"]
    assert list(data) == [*CREATED, "credentials"]
    credentials = data["credentials"]
    assert list(credentials) == ["temporary_password", "api_key", "note"]
    session = anyone.log_in(unique, credentials["temporary_password"])
    assert session.get("/auth/me")["user"]["id"] == data["id"]


def test_new_users_come_without_credentials_otherwise(admin, unique):
    body = {"name": unique, "login": unique, "groups_id": [[6, 0, [1, 9]]]}
    data = admin.succeed(201, "POST", "/create/res.users", body)
    assert list(data) == CREATED
    assert sorted(data["record"]["groups_id"]) == [1, 9]


def test_new_users_come_with_their_credentials_or_not_at_all(admin, unique):
    # Customers can have no API key, and the request asks for one.
    [portal] = admin.get("/search/res.users", login="portal")["records"]
    groups = admin.read("res.users", portal["id"], "group_ids")["group_ids"]
    body = {"name": unique, "login": unique, "group_ids": groups}
    body["auto_generate_credentials"] = True
    admin.refuse(403, "ACCESS_DENIED", "POST", "/create/res.users", body)
    assert admin.count("res.users", login=unique) == 0
    assert admin.count("res.users", login=unique, active="false") == 0


def test_an_old_field_name_is_answered_as_it_was_asked(admin, new_user):
    user = new_user()
    data = admin.put(f"/update/res.users/{user.id}", {"groups_id": [[6, 0, [1, 9]]]})
    assert data["updated_fields"] == ["groups_id"]
    assert sorted(data["record"]["groups_id"]) == [1, 9]
    record = admin.read("res.users", user.id, "groups_id,group_ids")
    assert sorted(record["groups_id"]) == sorted(record["group_ids"]) == [1, 9]
    record = admin.get(f"/search/res.users/{user.id}")["record"]
    assert record["groups_id"] == record["group_ids"]
    assert admin.count("res.users", groups_id=9, login=user.login) == 1
