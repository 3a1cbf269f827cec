# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translations of HTML and of inherited fields, compared with the ORM's own result."""

import pytest

EN = "<p>Dear customer,</p><p>pay <b>soon</b>, please.</p>"
FR = "<p>Cher client,</p><p>payez <b>vite</b>, merci.</p>"
TERM_EN, TERM_FR = "pay <b>soon</b>, please.", "payez <i>vite</i>, merci."
TERM = "account.payment.term"
UPSERT = f"/upsert/{TERM}?key=external_id"


def texts(**translations):
    return {"translations": translations}


@pytest.fixture(scope="module")
def shop(admin):
    """The administrator, while French is installed."""
    query = {"code": "fr_FR", "active": "false"}
    [french] = admin.get("/search/res.lang", **query)["records"]
    path = f"/update/res.lang/{french['id']}"
    admin.put(path, {"active": True})
    yield admin
    admin.put(path, {"active": False})


def read(client, record, model=TERM, name="note", languages="all"):
    path = f"/search/{model}/{record}"
    return client.get(path, fields=name, translations=languages)["record"][name]


def test_html_in_two_languages(shop):
    record = shop.create(TERM, name="A", note=texts(en_US=EN, fr_FR=FR))
    assert read(shop, record) == texts(en_US=EN, fr_FR=FR)
    shop.put(
        f"/update/{TERM}/{record}", {"note": texts(fr_FR=FR.replace("vite", "ici"))}
    )
    assert read(shop, record) == texts(en_US=EN, fr_FR=FR.replace("vite", "ici"))
    french = {"Accept-Language": "fr"}
    body = {"note": texts(fr_FR=FR)}
    shop.succeed(200, "PATCH", f"/update/{TERM}/{record}", body, headers=french)
    assert read(shop, record) == texts(en_US=EN, fr_FR=FR)
    body = {"note": texts(en_US=EN.replace("soon", "now"), fr_FR=FR)}
    shop.succeed(200, "PATCH", f"/update/{TERM}/{record}", body, headers=french)
    assert read(shop, record) == texts(en_US=EN.replace("soon", "now"), fr_FR=FR)


def test_structure_is_that_of_the_source(shop):
    record = shop.create(TERM, name="A", note=texts(en_US=EN, fr_FR=FR))
    other = FR.replace("<p>", "<div>").replace("</p>", "</div>")
    shop.put(f"/update/{TERM}/{record}", {"note": texts(fr_FR=other)})
    assert read(shop, record) == texts(en_US=EN, fr_FR=FR)
    body = {"note": texts(fr_FR="<p>Bonjour</p>")}
    path = f"/update/{TERM}/{record}"
    error = shop.refuse(422, "VALIDATION_ERROR", "PATCH", path, body)
    assert error["details"][0]["pointer"] == "/note/translations/fr_FR"
    assert read(shop, record) == texts(en_US=EN, fr_FR=FR)


def test_html_by_term(shop):
    record = shop.create(TERM, name="A", note=EN)
    path = f"/update/{TERM}/{record}"
    term = {"Dear customer,": "Cher client,"}
    shop.put(path, {"note": texts(fr_FR=term) | {"terms": True}})
    expected = EN.replace("Dear customer,", "Cher client,")
    assert read(shop, record, languages="fr_FR") == texts(fr_FR=expected)
    shop.put(path, {"note": texts(fr_FR={"Dear customer,": None}) | {"terms": True}})
    assert read(shop, record, languages="fr_FR") == texts(fr_FR=EN)
    body = {"note": texts(fr_FR={"Hello": "Bonjour"}) | {"terms": True}}
    error = shop.refuse(422, "VALIDATION_ERROR", "PATCH", path, body)
    assert error["details"][0]["pointer"] == "/note/translations/fr_FR"
    for wrong in ("Bonjour", {"Dear customer,": 5}):
        body = {"note": texts(fr_FR=wrong) | {"terms": True}}
        shop.refuse(422, "VALIDATION_ERROR", "PATCH", path, body)


def test_null_removes_the_translation_of_html(shop):
    record = shop.create(TERM, name="A", note=texts(en_US=EN, fr_FR=FR))
    shop.put(f"/update/{TERM}/{record}", {"note": texts(fr_FR=None)})
    assert read(shop, record)["translations"]["fr_FR"] in (EN, False)
    shop.put(f"/update/{TERM}/{record}", {"note": None})
    assert read(shop, record) is False
    shop.put(f"/update/{TERM}/{record}", {"note": texts(fr_FR=FR)})
    assert read(shop, record, languages="fr_FR") == texts(fr_FR=FR)


def test_upserts_of_html(shop, unique):
    row = {"external_id": f"tr.{unique}", "name": texts(en_US="N", fr_FR="F")}
    row["note"] = texts(en_US=EN, fr_FR=FR)
    assert shop.succeed(201, "PUT", UPSERT, row)["status"] == "created"
    for note, status in [
        (texts(en_US=EN, fr_FR=FR), "unchanged"),
        (texts(fr_FR=FR.replace("vite", "là")), "updated"),
        (texts(fr_FR=FR.replace("vite", "là")), "unchanged"),
        (texts(fr_FR=FR.replace("<b>", "<i>").replace("</b>", "</i>")), "updated"),
        (texts(fr_FR=FR.replace("<b>", "<i>").replace("</b>", "</i>")), "unchanged"),
        (texts(fr_FR={TERM_EN: TERM_FR}) | {"terms": True}, "unchanged"),
        (texts(fr_FR={TERM_EN: "payez tôt"}) | {"terms": True}, "updated"),
        (texts(fr_FR={TERM_EN: "payez tôt"}) | {"terms": True}, "unchanged"),
        (texts(fr_FR=None), "updated"),
        (texts(fr_FR=None), "unchanged"),
    ]:
        found = shop.put(UPSERT, row | {"note": note})
        assert found["status"] == status, note


def test_dangerous_html_is_sanitized_in_every_language(shop):
    evil = "<p>Hi<script>alert(1)</script></p>"
    record = shop.create(TERM, name="A", note=texts(en_US=evil, fr_FR=evil))
    shop.put(f"/update/{TERM}/{record}", {"note": texts(fr_FR=evil)})
    assert "script" not in str(read(shop, record))
    shop.put(
        f"/update/{TERM}/{record}",
        {"note": texts(fr_FR={"Hi": evil}) | {"terms": True}},
    )
    assert "<script" not in str(read(shop, record))


def test_fields_of_a_template(shop):
    record = shop.create("product.product", name=texts(en_US="Chair", fr_FR="Chaise"))
    product = "product.product"
    assert read(shop, record, product, "name") == texts(en_US="Chair", fr_FR="Chaise")
    shop.put(f"/update/{product}/{record}", {"name": texts(fr_FR="Siège")})
    template = shop.read(product, record, "product_tmpl_id")["product_tmpl_id"][0]
    expected = texts(en_US="Chair", fr_FR="Siège")
    assert read(shop, template, "product.template", "name") == expected


def test_a_translation_is_a_change(shop):
    """Clients that ask what changed see it."""
    record = shop.create(TERM, name="A", note=texts(en_US=EN, fr_FR=FR))
    strict = {"Prefer": "types=strict"}
    path = f"/search/{TERM}/{record}"
    options = {"headers": strict, "params": {"fields": "write_date"}}
    seen = [shop.succeed(200, "GET", path, **options)["record"]["write_date"]]
    for body in (
        {"name": texts(fr_FR="B")},
        {"note": texts(fr_FR=FR.replace("vite", "tôt"))},
        {"name": texts(fr_FR=None)},
    ):
        shop.put(f"/update/{TERM}/{record}", body)
        seen.append(shop.succeed(200, "GET", path, **options)["record"]["write_date"])
    assert seen == sorted(set(seen))


def test_key_without_read_learns_no_texts(shop, key_for):
    record = shop.create(TERM, name="A", note=texts(en_US=EN, fr_FR=FR))
    client = key_for(models={TERM: ["update", "create"]})
    path = f"/update/{TERM}/{record}"
    for note in (
        texts(fr_FR="<p>Bonjour</p>"),
        texts(fr_FR={TERM_EN: "x"}) | {"terms": True},
    ):
        client.refuse(403, "KEY_RESTRICTED", "PATCH", path, {"note": note})
    body = {"note": texts(en_US=EN, fr_FR=EN), "name": texts(fr_FR="B")}
    assert client.put(path, body)["record"] == {"id": record} | body
    row = {"name": texts(en_US="K", fr_FR="k"), "note": texts(fr_FR=FR)}
    assert client.create(TERM, row)


def test_products_with_attributes(shop, unique):
    lines = [
        {
            "attribute_id": 1,
            "value_ids": {
                "create": [
                    {
                        "name": texts(en_US=f"{unique}{n}", fr_FR=f"fr{n}"),
                        "attribute_id": 1,
                    }
                    for n in range(2)
                ]
            },
        }
    ]
    body = {
        "name": texts(en_US="T", fr_FR="t"),
        "attribute_line_ids": {"create": lines},
    }
    record = shop.create("product.template", body)
    fields = "name,attribute_line_ids.value_ids.name"
    path = f"/search/product.template/{record}"
    found = shop.get(path, fields=fields, translations="all")["record"]
    values = found["attribute_line_ids"][0]["value_ids"]
    names = sorted(item["name"]["translations"]["fr_FR"] for item in values)
    assert names == ["fr0", "fr1"]


def test_portal(shop, portal):
    client = portal
    for row in client.get("/search/res.country", limit=3, translations="all")[
        "records"
    ]:
        assert "fr_FR" in row["name"]["translations"]
    client.refuse(
        403,
        "ACCESS_DENIED",
        "PATCH",
        "/update/res.country/1",
        {"name": texts(fr_FR="x")},
    )


def test_every_model_can_be_read(shop):
    for model in (
        "product.template",
        "account.account",
        "mail.template",
        "hr.employee",
        "calendar.event",
        "crm.stage",
        "ir.ui.view",
        "res.partner",
        "account.tax",
    ):
        [row] = shop.get(f"/search/{model}", limit=1)["records"]
        found = shop.get(f"/search/{model}/{row['id']}", translations="all")["record"]
        plain = shop.get(f"/search/{model}/{row['id']}")["record"]
        assert list(found) == list(plain)
        for name, value in found.items():
            if isinstance(value, dict) and list(value) == ["translations"]:
                assert value["translations"]["en_US"] == plain[name]
