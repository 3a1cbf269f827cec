# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Restricted keys of an administrator, tried as ways to take over the database."""

import backstage
import pytest

ALL = ["read", "create", "update", "delete", "call"]
EVERYTHING = {"*": ALL}
BUT_USERS = EVERYTHING | {"res.users": ["read"]}
SECRETS = ("ir.config_parameter", "ir.mail_server", "payment.provider", "mail.mail")
WRITES = (
    ("POST", "/create/mail.template", {"name": "x"}),
    ("POST", "/create/base_import.import", {"res_model": "res.users"}),
    ("POST", "/create/ir.default", {"json_value": "1"}),
    ("POST", "/create/portal.wizard", {}),
    ("POST", "/create/ir.actions.server", {"name": "x"}),
    ("PATCH", "/update/res.groups/1", {"user_ids": [[4, 6]]}),
    ("PATCH", "/update/ir.config_parameter/1", {"value": "x"}),
    ("PATCH", "/update/res.company/1", {"user_ids": [[4, 6]]}),
    ("PUT", "/users/2/password", {"new_password": "another-password"}),
    ("POST", "/users/6/reset-password", None),
    ("POST", "/call/ir.cron/method_direct_trigger", {"ids": [1]}),
    ("POST", "/call/res.users/action_reset_password", {"ids": [6]}),
)


@pytest.mark.parametrize("models", (EVERYTHING, BUT_USERS, {"*": ["read"]}))
def test_secrets_are_not_read(key_for, models):
    for client in (key_for(models=models), key_for(models=models, read_only=True)):
        for model in SECRETS:
            path = f"/search/{model}"
            error = client.refuse(403, "KEY_RESTRICTED", "GET", path)
            assert f'"{model}": ["read"]' in error["message"]
            client.refuse(403, "KEY_RESTRICTED", "GET", f"/export/{model}")
        assert client.count("res.country") and client.count("res.currency")


@pytest.mark.parametrize(("verb", "path", "body"), WRITES)
def test_nobody_becomes_an_administrator(key_for, verb, path, body):
    for models in (EVERYTHING, BUT_USERS):
        body = body or ({} if verb == "POST" else None)
        key_for(models=models).refuse(403, "KEY_RESTRICTED", verb, path, body)


def test_a_server_action_makes_no_key(admin, key_for, unique):
    code = (
        "keys = env['res.users.apikeys'].sudo()\n"
        f"keys._generate(None, '{unique}', False)"
    )
    model = backstage.query("SELECT id FROM ir_model WHERE model = 'res.users'")[0][0]
    values = {"name": unique, "model_id": model, "state": "code", "code": code}
    action = admin.create("ir.actions.server", values)
    path = "/call/ir.actions.server/run"
    for models in (EVERYTHING, BUT_USERS, EVERYTHING | {"ir.actions.server": ["call"]}):
        client = key_for(models=models)
        client.refuse(403, "KEY_RESTRICTED", "POST", path, {"ids": [action]})
    made = "SELECT id FROM res_users_apikeys WHERE name = %s"
    assert not backstage.query(made, unique)


def test_no_code_in_templates(admin, key_for, unique):
    partner = admin.create("res.partner", name=unique, email=f"{unique}@example.com")
    secret = "object.env['ir.config_parameter'].sudo().get_param('database.secret')"
    values = {
        "model": "res.partner",
        "res_ids": f"[{partner}]",
        "composition_mode": "mass_mail",
        "subject": f"{unique} {{{{ {secret} }}}}",
        "body": "<p>Hello</p>",
    }
    sent = "SELECT subject FROM mail_message WHERE subject LIKE %s"
    for client, status in ((key_for(models=EVERYTHING), 403), (admin, 200)):
        wizard = client.create("mail.compose.message", values)
        path = "/call/mail.compose.message/action_send_mail"
        answer = client.call("POST", path, {"ids": [wizard]})
        assert answer.status_code == status, answer.text
        assert bool(backstage.query(sent, f"{unique}%")) == (status == 200)


@pytest.mark.parametrize(
    "template",
    ("auth_signup.set_password_email", "auth_totp_mail.mail_template_totp_mail_code"),
)
def test_no_template_that_signs_a_user_in(key_for, template):
    path = "/call/{}/message_post_with_source"
    for models, model in (
        ({"res.partner": ALL}, "res.partner"),
        ({"sale.order": ALL, "*": ["read"]}, "sale.order"),
        (EVERYTHING, "res.partner"),
    ):
        # The id of an administrator too, for whom the template is rendered.
        body = {"ids": [2], "args": [template]}
        client = key_for(models=models)
        client.refuse(403, "KEY_RESTRICTED", "POST", path.format(model), body)
    xml_id = "SELECT res_id FROM ir_model_data WHERE module = %s AND name = %s"
    [[template_id]] = backstage.query(xml_id, *template.split("."))
    values = {"mail_template_id": template_id, "resource_ref": "res.users,2"}
    client = key_for(models=EVERYTHING)
    answer = client.call("POST", "/create/mail.template.preview", values)
    if answer.status_code == 201:
        preview = answer.json()["data"]["id"]
        path = f"/search/mail.template.preview/{preview}?fields=body_html"
        answer = client.call("GET", path)
        # Odoo shows the template as it is where it cannot be rendered.
        assert "object." in answer.text


def test_no_files_that_odoo_serves_to_everybody(admin, key_for, unique):
    values = {"name": unique, "datas": "YQ==", "url": f"/{unique}.js", "type": "binary"}
    client = key_for(models=EVERYTHING)
    client.refuse(422, "VALIDATION_ERROR", "POST", "/create/ir.attachment", values)
    attachment = admin.create("ir.attachment", values)
    path = f"/update/ir.attachment/{attachment}"
    client.refuse(403, "KEY_RESTRICTED", "PATCH", path, {"datas": "Yg=="})
    admin.succeed(200, "PATCH", path, {"datas": "Yg=="})
    path = "/call/res.partner/message_process"
    args = ["product.template", "From: a@example.com\nSubject: x\n\nx", {"name": "x"}]
    for models in (EVERYTHING, {"res.partner": ALL}):
        body = {"args": args}
        key_for(models=models).refuse(403, "KEY_RESTRICTED", "POST", path, body)


def test_messages_about_users_are_hidden(admin, key_for, unique):
    partner = admin.create("res.partner", {"name": unique})
    ids = [
        admin.create("mail.message", {"model": model, "res_id": res_id, "body": unique})
        for model, res_id in (("res.partner", partner), ("res.users", 2))
    ]
    about_partner, about_user = ids
    path = "/search/mail.message"
    for client in (key_for(read_only=True), key_for(models={"*": ["read"]})):
        found = client.get(path, body__ilike=unique)["records"]
        assert [row["id"] for row in found] == [about_partner]
        client.refuse(404, "RECORD_NOT_FOUND", "GET", f"{path}/{about_user}")
        fields = "message_ids.body"
        user = client.get("/search/res.partner/3", fields=fields)["record"]
        assert unique not in str(user)
    messages = {"mail.message": ["read"]}
    assert key_for(models=messages).count("mail.message", body__ilike=unique) == 1
    named = key_for(models=messages | {"mail.mail": ["read"]})
    assert named.count("mail.message", body__ilike=unique) == 2
    assert admin.count("mail.message", body__ilike=unique) == 2


def test_a_key_that_names_a_model_administers_it(key_for, unique):
    models = {"*": ["read"], "ir.config_parameter": ["read", "create", "delete"]}
    client = key_for(models=models)
    parameter = client.create("ir.config_parameter", key=unique, value="x")
    assert client.count("ir.config_parameter", key=unique) == 1
    client.delete("ir.config_parameter", parameter)
    path = f"/update/ir.config_parameter/{parameter}"
    client.refuse(403, "KEY_RESTRICTED", "PATCH", path, {"value": "y"})


def test_ordinary_work_goes_on(key_for, unique):
    client = key_for(models=EVERYTHING)
    partner = client.create("res.partner", name=unique, email=f"{unique}@example.com")
    order = client.create(
        "sale.order", partner_id=partner, order_line=[[0, 0, {"product_id": 36}]]
    )
    client.post("/call/sale.order/action_confirm", {"ids": [order]})
    context = {"active_model": "sale.order", "active_ids": [order]}
    wizard = client.create("sale.advance.payment.inv", sale_order_ids=[order], amount=0)
    body = {"ids": [wizard], "kwargs": {"context": context}}
    client.post("/call/sale.advance.payment.inv/create_invoices", body)
    message = {"ids": [partner], "kwargs": {"body": "Hello"}}
    client.post("/call/res.partner/message_post", message)
    assert client.get("/users") and client.get("/groups")


def test_refusals_of_single_items_are_listed(key_for, unique):
    client = key_for(models={"*": ["read", "create"]})
    users = {"create": [{"name": unique, "login": unique}]}
    body = [{"name": unique}, {"name": unique, "user_ids": users}]
    data = client.succeed(200, "POST", "/create/res.partner?atomic=false", body)
    good, bad = data["results"]
    assert good["success"] and bad["error"]["code"] == "KEY_RESTRICTED"
    noted = "SELECT operation, model FROM api_key_refusal ORDER BY id DESC LIMIT 1"
    assert backstage.query(noted) == [("create", "res.users")]
