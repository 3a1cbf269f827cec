# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reports as PDF, printed by the real wkhtmltopdf where the machine can have one."""

import os
from io import BytesIO

import pytest
from pypdf import PdfReader

ORDER = "sale.report_saleorder"
INVOICE = "account.account_invoices"  # an XML id
NOWHERE = "http://127.0.0.1:1"  # where nothing listens


@pytest.fixture(scope="module")
def printing(admin):
    """Print without style sheets; return the system parameter with their address.

    With them Debian's wkhtmltopdf draws letters as shapes, which nobody can read back.
    """
    if not os.environ.get("BASE_API_PRINTS"):
        pytest.skip("there is no wkhtmltopdf for this machine")
    values = {"report.url": NOWHERE, "report.print_delay": "0"}
    address, delay = (
        admin.create("ir.config_parameter", key=key, value=value)
        for key, value in values.items()
    )
    yield address
    admin.delete("ir.config_parameter", address)
    admin.delete("ir.config_parameter", delay)


@pytest.fixture
def new_order(demo, admin, unique):
    """Make sale orders with one line, whose text nobody else has."""

    def make(text=unique):
        partner = demo.create("res.partner", name=f"Customer {text}")
        line = {"product_id": product, "name": text, "product_uom_qty": 3}
        line["price_unit"] = 41.5
        values = {"partner_id": partner, "order_line": [[0, 0, line]]}
        return demo.create("sale.order", values)

    product = admin.create("product.product", name=unique, type="service")
    return make


def pages(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    return [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]


def test_order_is_printed(printing, demo, new_order, unique):
    order = new_order()
    name = demo.read("sale.order", order, "name")["name"]
    answer = demo.download(f"/report/{ORDER}/{order}")
    text = "".join(pages(answer)).split()
    assert name in text
    assert unique in text
    assert "124.50" in text
    disposition = answer.headers["Content-Disposition"]
    assert disposition == f'inline; filename="Quotation - {name}.pdf"'


def test_style_sheets_come_from_the_same_server(printing, admin, demo, new_order):
    path = f"/report/{ORDER}/{new_order()}"
    plain = demo.download(path)
    parameter = f"/update/ir.config_parameter/{printing}"
    admin.put(parameter, {"value": admin.url.removesuffix("/api/v2")})
    try:
        styled = demo.download(path)
    finally:
        admin.put(parameter, {"value": NOWHERE})
    # Colours and fonts are drawn now.
    assert len(styled.content) > 2 * len(plain.content)
    assert len(pages(styled)) == 1


def test_several_orders_are_one_pdf(printing, demo, new_order, unique):
    texts = [f"{unique}x{number}" for number in range(2)]
    orders = [new_order(text) for text in texts]
    ids = ",".join(str(order) for order in reversed(orders))
    answer = demo.download(f"/report/{ORDER}/{ids},{orders[0]}", download="true")
    found = pages(answer)
    assert len(found) == 2
    for text, page in zip(reversed(texts), found, strict=True):
        assert text in page.split()
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_invoice_is_printed_by_the_xml_id_of_its_report(printing, admin, unique):
    partner = admin.create("res.partner", name=unique)
    lines = [[0, 0, {"name": "Advice", "quantity": 2, "price_unit": 50}]]
    invoice = admin.create(
        "account.move",
        move_type="out_invoice",
        partner_id=partner,
        invoice_line_ids=lines,
    )
    answer = admin.download(f"/report/{INVOICE}/{invoice}")
    words = "".join(pages(answer)).split()
    assert unique in words
    assert "Advice" in words


def test_report_only_of_what_the_caller_may_read(
    demo, portal, new_user, new_order, unique
):
    order = new_order()
    path = f"/report/{ORDER}/{order}"
    portal.refuse(404, "RECORD_NOT_FOUND", "GET", path)
    new_user().log_in().refuse(403, "ACCESS_DENIED", "GET", path)
    for ids in ("999999999", f"{order},999999999", "0", "x", f"{order},", "1.5", "-1"):
        demo.refuse(404, "RECORD_NOT_FOUND", "GET", f"/report/{ORDER}/{ids}")
    many = ",".join("1" for _ in range(101))
    demo.refuse(413, "PAYLOAD_TOO_LARGE", "GET", f"/report/{ORDER}/{many}")


def test_which_reports_there_are(demo, admin, new_order):
    order = new_order()
    for name in (
        "no.report",
        "sale.report_saleordre",
        "base.main_company",
        "é",
        "%00",
        "base.%00",
        "x" * 99,
    ):
        demo.refuse(404, "REPORT_NOT_FOUND", "GET", f"/report/{name}/{order}")
    demo.refuse(404, "NOT_FOUND", "GET", f"/report/{ORDER}")
    values = {"name": "As text", "model": "sale.order", "report_type": "qweb-text"}
    values["report_name"] = f"tests.as_text_{order}"
    admin.create("ir.actions.report", values)
    path = f"/report/{values['report_name']}/{order}"
    demo.refuse(400, "INVALID_PARAMETER", "GET", path)
    values |= {"report_name": f"tests.for_settings_{order}", "report_type": "qweb-pdf"}
    groups = admin.get("/search/res.groups", name="Access Rights")["records"]
    admin.create("ir.actions.report", values | {"group_ids": [groups[0]["id"]]})
    path = f"/report/{values['report_name']}/{order}"
    demo.refuse(403, "ACCESS_DENIED", "GET", path)


def test_key_prints_only_what_it_may_read(printing, admin, url, new_order):
    path = f"/report/{ORDER}/{new_order()}"
    for models, status in [
        ({"res.partner": ["read"]}, 403),
        ({"sale.order": ["update"]}, 403),
        ({"sale.order": ["read"]}, 200),
    ]:
        key = admin.post("/users/2/api-key", {"models": models})["api_key"]
        client = type(admin)(url, api_key=key)
        if status == 200:
            client.download(path)
        else:
            client.refuse(status, "KEY_RESTRICTED", "GET", path)
