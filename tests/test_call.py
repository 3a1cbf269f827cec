# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Methods of apps over HTTP: of orders, leads and employees, by several users."""

import json

import backstage
import pytest

CUSTOMER = 15
PRODUCT = 36  # can be invoiced when it is ordered


def new_order(client, **more):
    lines = [[0, 0, {"product_id": PRODUCT, "product_uom_qty": 2}]]
    return client.create("sale.order", partner_id=CUSTOMER, order_line=lines, **more)


def call(client, model, method, *ids, **body):
    body = ({"ids": list(ids)} if ids else {}) | body
    data = client.post(f"/call/{model}/{method}", body)
    assert list(data) == ["result", "model", "method", "ids"]
    return data["result"]


def refuse(client, status, code, model, method, body=None):
    return client.refuse(status, code, "POST", f"/call/{model}/{method}", body)


def test_confirm_and_cancel_an_order(demo):
    order = new_order(demo)
    assert call(demo, "sale.order", "action_confirm", order) is True
    assert demo.read("sale.order", order, "state")["state"] == "sale"
    call(demo, "sale.order", "action_lock", order)
    call(demo, "sale.order", "action_unlock", order)
    refuse(
        demo, 422, "VALIDATION_ERROR", "sale.order", "action_confirm", {"ids": [order]}
    )
    call(demo, "sale.order", "action_cancel", order)
    assert demo.read("sale.order", order, "state")["state"] == "cancel"


def test_an_action_is_returned_as_it_is(demo):
    order = new_order(demo)
    action = call(demo, "sale.order", "action_quotation_send", order)
    assert action["type"] == "ir.actions.act_window"
    assert action["res_model"] == "mail.compose.message"
    assert "base_api" not in json.dumps(action)


def test_a_lead_is_won(demo, unique):
    lead = demo.create("crm.lead", name=unique)
    call(demo, "crm.lead", "action_set_won", lead)
    assert demo.read("crm.lead", lead, "probability")["probability"] == 100


def test_a_message_is_posted(demo, unique):
    lead = demo.create("crm.lead", name=unique)
    kwargs = {"body": f"Hello {unique}", "message_type": "comment"}
    [message] = call(demo, "crm.lead", "message_post", lead, kwargs=kwargs)
    sent = demo.read("mail.message", message, "body,model,res_id")
    assert f"Hello {unique}" in sent["body"]
    assert (sent["model"], sent["res_id"]) == ("crm.lead", lead)


def test_an_archived_employee(admin, unique):
    employee = admin.create("hr.employee", name=unique, active=False)
    call(admin, "hr.employee", "action_unarchive", employee)
    assert admin.read("hr.employee", employee, "active")["active"] is True


def test_what_rights_do_not_allow(demo, portal, new_user):
    order = new_order(demo)
    body = {"ids": [order]}
    nobody = new_user().with_key()
    refuse(nobody, 403, "ACCESS_DENIED", "sale.order", "action_confirm", body)
    refuse(portal, 404, "RECORD_NOT_FOUND", "sale.order", "action_confirm", body)
    body = {"ids": [1], "args": [{"name": "Mine"}]}
    refuse(portal, 403, "ACCESS_DENIED", "product.template", "write", body)
    refuse(demo, 403, "ACCESS_DENIED", "ir.module.module", "button_immediate_upgrade")
    assert demo.read("sale.order", order, "state")["state"] == "draft"


@pytest.mark.parametrize(
    "method",
    "_write _action_confirm __class__ __getattribute__ sudo with_user with_env "
    "with_context with_company browse mapped filtered check_access update".split(),
)
def test_private_methods(admin, demo, method):
    for client in (admin, demo):
        body = {"ids": [1], "args": [2]}
        refuse(client, 403, "ACCESS_DENIED", "sale.order", method, body)


@pytest.mark.parametrize(
    "method", ["env", "pool", "id", "partner_id", "nope", "é", "a%20b"]
)
def test_what_is_no_method(admin, method):
    refuse(admin, 404, "METHOD_NOT_FOUND", "sale.order", method)


def test_a_key_for_orders_confirms_them_and_no_more(admin, key_for):
    key = key_for(models={"sale.order": ["call"]})
    order = new_order(admin)
    body = {"ids": [order]}
    call(key, "sale.order", "action_confirm", order)
    for method in (
        "write",
        "read",
        "unlink",
        "copy",
        "web_read",
        "search_read",
        "load",
    ):
        refuse(key, 403, "KEY_RESTRICTED", "sale.order", method, body)
    refuse(key, 403, "KEY_RESTRICTED", "res.users", "context_get")
    refuse(key, 403, "KEY_RESTRICTED", "crm.lead", "action_set_won", {"ids": [1]})


def test_a_key_does_not_lift_its_restrictions(key_for):
    reader = key_for(models={"sale.order": ["read"]})
    refuse(reader, 403, "KEY_RESTRICTED", "sale.order", "action_confirm", {"ids": [1]})
    caller = key_for(models={"*": ["call"]})
    for context in ({"base_api_restrictions": None}, {"base_api_preferences": {}}):
        body = {"kwargs": {"context": context}}
        refuse(caller, 400, "INVALID_PARAMETER", "res.partner", "address_get", body)
    for model in ("res.users.apikeys.description", "api.key.create"):
        refuse(caller, 403, "KEY_RESTRICTED", model, "make_key")
    refuse(caller, 403, "KEY_RESTRICTED", "res.users.identitycheck", "run_check")


def test_no_key_without_the_password(demo, demo_id):
    """What Odoo asks the password for is asked here too, and a key is shown once."""
    wizard = demo.create("res.users.apikeys.description", name="By call", duration="1")
    model = "res.users.apikeys.description"
    asked = call(demo, model, "make_key", wizard)
    assert asked["res_model"] == "res.users.identitycheck"
    check = {"ids": [asked["res_id"]]}
    for context in ({}, {"password": "wrong"}, {"password": "demo"}):
        body = check | {"kwargs": {"context": context}}
        model = "res.users.identitycheck"
        error = refuse(demo, 403, "ACCESS_DENIED", model, "run_check", body)
        assert "PUT /users/{id}/password" in error["message"]
    names = backstage.query("SELECT name FROM res_users_apikeys WHERE name = 'By call'")
    assert not names


def test_wizards_of_others(admin, demo):
    values = {"advance_payment_method": "delivered", "sale_order_ids": [1]}
    wizard = admin.create("sale.advance.payment.inv", values)
    answer = demo.call(
        "POST", "/call/sale.advance.payment.inv/create_invoices", {"ids": [wizard]}
    )
    assert answer.status_code in (403, 404)


def test_no_password_is_checked(new_user):
    """Or a key would be enough to guess it."""
    user = new_user()
    key = user.with_key()
    for password in ("wrong", user.password):
        credential = {"type": "password", "login": user.login, "password": password}
        for method, args in (
            ("change_password", [password, "another good password"]),
            ("authenticate", [credential, {"interactive": True}]),
        ):
            body = {"args": args}
            error = refuse(key, 403, "ACCESS_DENIED", "res.users", method, body)
            assert "PUT /users/{id}/password" in error["message"]
    user.log_in()


def test_arguments_that_no_method_takes(demo):
    order = new_order(demo)
    for body in (
        {"args": [1, 2, 3]},
        {"kwargs": {"nope": 1}},
        {"kwargs": {"self": 1}},
        {"kwargs": {"": 1}},
    ):
        body = {"ids": [order]} | body
        refuse(demo, 422, "VALIDATION_ERROR", "sale.order", "action_confirm", body)


def test_many_results(admin):
    """What Odoo's own pages ask for, all of it in JSON."""
    for model, method, body in (
        ("sale.order", "get_views", {"args": [[[False, "form"], [False, "list"]]]}),
        ("sale.order", "fields_get", {}),
        ("ir.ui.menu", "load_menus", {"args": [False]}),
        ("ir.ui.menu", "load_web_menus", {"args": [False]}),
        ("res.users", "has_group", {"ids": [2], "args": ["base.group_user"]}),
        ("res.partner", "name_search", {"args": ["a"]}),
        ("res.partner", "web_search_read", {"args": [[], {"image_128": {}}]}),
        ("res.partner", "read_group", {"args": [[], ["id"], ["create_date"]]}),
        ("sale.order", "search_panel_select_range", {"args": ["state"]}),
        ("ir.actions.report", "get_wkhtmltopdf_state", {}),
        ("ir.model", "get_available_models", {}),
        (
            "product.product",
            "get_product_multiline_description_sale",
            {"ids": [PRODUCT]},
        ),
    ):
        admin.succeed(200, "POST", f"/call/{model}/{method}", body)
