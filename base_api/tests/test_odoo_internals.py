# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What this addon takes from Odoo that is not public, as it is in this version.

A port to another version of Odoo begins with this list: what is missing or has other
parameters is used in `orm/` or overridden in `models/`.
"""

import inspect

from odoo import fields, http
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.modules.registry import Registry
from odoo.orm import registry
from odoo.service import model as service
from odoo.sql_db import ConnectionPool, Cursor
from odoo.tests import TransactionCase, tagged
from odoo.tools.cache import ormcache
from odoo.tools.misc import Callbacks

from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.addons.base_api.orm.replication import RETRY_TIME

# Owner, attribute -> parameters, without the first one of a method.
FUNCTIONS = {
    (BaseModel, "_as_query"): ["ordered"],
    (BaseModel, "_check_field_access"): ["field", "operation"],
    (BaseModel, "_compute_display_name"): [],
    (BaseModel, "_compute_field_value"): ["field"],
    (BaseModel, "_determine_fields_to_fetch"): ["field_names", "ignore_when_in_cache"],
    (BaseModel, "_fetch_query"): ["query", "fields"],
    (BaseModel, "_field_to_sql"): ["alias", "field_expr", "query"],
    (BaseModel, "_filtered_access"): ["operation"],
    (BaseModel, "_has_field_access"): ["field", "operation"],
    (BaseModel, "_order_field_to_sql"): [
        "alias",
        "field_name",
        "direction",
        "nulls",
        "query",
    ],
    (BaseModel, "_read_format"): ["fnames", "load"],
    (BaseModel, "_read_group_groupby"): ["alias", "groupby_spec", "query"],
    (BaseModel, "_read_group_select"): ["aggregate_spec", "query"],
    (BaseModel, "_sql_error_to_message"): ["exc"],
    (BaseModel, "_validate_fields"): ["field_names", "excluded_names"],
    (ConnectionPool, "borrow"): ["connection_info"],
    (Cursor, "execute"): ["query", "params", "log_exceptions"],
    (Domain, "_to_sql"): ["model", "alias", "query"],
    (fields.Field, "_get_cache"): ["env"],
    (fields.Field, "_insert_cache"): ["records", "values"],
    (http.Dispatcher, "dispatch"): ["endpoint", "args"],
    (http.Dispatcher, "handle_error"): ["exc"],
    (http.Dispatcher, "post_dispatch"): ["response"],
    (http.Request, "_post_init"): [],
    (http.Response, "__call__"): ["environ", "start_response"],
    (ormcache, "determine_key"): [],
    (service, "execute_cr"): ["cr", "uid", "obj", "method", "args", "kw"],
    (service, "get_public_method"): ["model", "name"],
    (service, "retrying"): ["func", "env"],
}
# Model -> method -> parameters.
METHODS = {
    "ir.actions.report": {
        "_merge_pdfs": ["streams", "handle_error"],
        "_render_qweb_pdf": ["report_ref", "res_ids", "data"],
    },
    "ir.binary": {
        "_get_stream_from": [
            "record",
            "field_name",
            "filename",
            "filename_field",
            "mimetype",
            "default_mimetype",
        ]
    },
    "ir.http": {
        "_authenticate": ["endpoint"],
        "_auth_method_none": [],
        "_get_converters": [],
        "_pre_dispatch": ["rule", "args"],
        "routing_map": ["key"],
    },
    "ir.model.access": {
        "_get_allowed_models": ["mode"],
        "_make_access_error": ["model", "mode"],
        "check": ["model", "mode", "raise_exception"],
    },
    "ir.rule": {
        "_compute_domain": ["model_name", "mode"],
        "_compute_domain_context_values": [],
    },
    "res.users": {
        "_assert_can_auth": ["user"],
        "_change_password": ["new_passwd"],
        "_check_credentials": ["credential", "env"],
        "_get_company_ids": [],
        "_get_login_domain": ["login"],
        "_has_group": ["group_ext_id"],
        "_is_internal": [],
        "_mfa_type": [],
        "_mfa_url": [],
    },
    "res.users.apikeys": {
        "_generate": ["scope", "name", "expiration_date"],
        "_remove": [],
    },
}


@tagged("post_install", "-at_install")
class TestOdooInternals(TransactionCase):
    def test_functions(self):
        for (owner, name), parameters in FUNCTIONS.items():
            with self.subTest(owner=owner.__name__, name=name):
                self.assertParameters(getattr(owner, name, None), parameters)

    def test_methods_of_models(self):
        for model, methods in METHODS.items():
            for name, parameters in methods.items():
                with self.subTest(model=model, name=name):
                    method = getattr(self.env[model], name, None)
                    self.assertParameters(method, parameters, is_bound=True)

    def test_attributes(self):
        self.assertIsInstance(Callbacks()._funcs, object)
        self.assertTrue(hasattr(_wkhtml(), "is_patched_qt"))
        self.assertTrue(hasattr(_wkhtml(), "state"))
        self.assertTrue(service.PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
        self.assertTrue(hasattr(fields.Field, "_description_searchable"))
        self.assertIn("_table_objects", dir(self.env["res.partner"]))
        self.assertTrue(hasattr(BaseModel, "_table_sql"))
        self.assertTrue(hasattr(self.env.user.api_key_wizard, "__has_check_identity"))
        variables = BaseModel._validate_fields.__code__.co_varnames
        self.assertLessEqual({"self", "check"}, set(variables))
        self.assertEqual(ormcache("name").args, ("name",))
        self.assertEqual(registry._REPLICA_RETRY_TIME, RETRY_TIME)
        names = inspect.unwrap(Registry.cursor).__code__.co_names
        self.assertIn("_REPLICA_RETRY_TIME", names)

    def assertParameters(self, function, parameters, is_bound=False):
        self.assertTrue(callable(function), "it is not there")
        found = list(inspect.signature(function).parameters)
        known = found if is_bound else [name for name in found if name != "self"]
        self.assertEqual(known, parameters)
