# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..settings import (
    ANY_ORIGIN,
    BOUNDS,
    DEFAULT_MAX_LIMIT,
    DEFAULT_REFRESH_GRACE_MINUTES,
    DEFAULT_SESSION_HOURS,
    PREFIX,
    bound,
    is_origin,
    serves_docs,
)

# Field of a bound -> its name in BOUNDS.
BOUND_FIELDS = {f"base_api_{name}": name for name in BOUNDS}


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    base_api_session_hours = fields.Integer(
        "Session Lifetime",
        config_parameter=f"{PREFIX}session_hours",
        default=DEFAULT_SESSION_HOURS,
    )
    base_api_refresh_grace_minutes = fields.Integer(
        "Refresh Grace",
        config_parameter=f"{PREFIX}refresh_grace_minutes",
        default=DEFAULT_REFRESH_GRACE_MINUTES,
    )
    base_api_max_limit = fields.Integer(
        "Page Limit", config_parameter=f"{PREFIX}max_limit", default=DEFAULT_MAX_LIMIT
    )
    base_api_default_key_days = fields.Integer(
        "Key Duration", config_parameter=f"{PREFIX}default_key_days"
    )
    base_api_cors_origins = fields.Char(
        "Allowed Origins", config_parameter=f"{PREFIX}cors_origins"
    )
    base_api_language_fallback = fields.Boolean(
        "Write in the User's Language", config_parameter=f"{PREFIX}language_fallback"
    )
    base_api_public_description = fields.Boolean(
        "Public Description", config_parameter=f"{PREFIX}public_description"
    )
    base_api_sql_comments = fields.Boolean(
        "Comments in SQL", config_parameter=f"{PREFIX}sql_comments"
    )
    # Not `config_parameter`, which stores neither a 0 nor a False.
    base_api_docs = fields.Boolean("Interactive Reference")
    base_api_max_key_days = fields.Integer("Days")
    base_api_throttle_pair = fields.Integer(
        "Per login and address", help="In 60 seconds."
    )
    base_api_throttle_address = fields.Integer("Per address", help="In 60 seconds.")
    base_api_throttle_login = fields.Integer("Per login", help="In an hour.")
    base_api_max_answer_bytes = fields.Float(
        "Answer (bytes)",
        digits=(20, 0),
        help="Exports and files are not limited.",
    )
    base_api_max_members = fields.Integer(
        "JSON values", help="Members of objects and items of lists in a JSON body."
    )
    base_api_max_html_bytes = fields.Integer(
        "HTML (bytes)",
        help="Of one HTML field. HTML that is slow to sanitize counts more.",
    )
    base_api_max_conditions = fields.Integer(
        "Conditions", help="Of one search. Text patterns over relations count more."
    )
    base_api_max_list_values = fields.Integer(
        "Values in a list", help="Of one condition, such as a list of ids."
    )
    base_api_max_group_work = fields.Integer(
        "Levels of groups", help="A level of a many2many field counts as three."
    )
    base_api_statement_timeout = fields.Integer("One SQL statement")
    base_api_request_timeout = fields.Integer("One request")
    base_api_exports_per_key = fields.Integer("At once, per key or user")
    base_api_exports_total = fields.Integer("At once, per server")
    base_api_export_spool_bytes = fields.Float(
        "Waiting on disk (bytes)",
        digits=(20, 0),
        help="What one export stores for a client that is slower than the database.",
    )
    base_api_export_min_rate = fields.Integer(
        "Slowest client (bytes/s)", help="A client that reads slower is cut off."
    )

    @api.model
    def get_values(self) -> dict[str, Any]:
        values = super().get_values()
        values["base_api_docs"] = serves_docs(self.env)
        return values | {
            field_name: bound(self.env, name)
            for field_name, name in BOUND_FIELDS.items()
        }

    def set_values(self) -> Any:
        result = super().set_values()
        # sudo: as for Odoo's own parameters (odoo/addons/base/models/res_config.py).
        parameters = self.env["ir.config_parameter"].sudo()
        for field_name, name in BOUND_FIELDS.items():
            value = int(self[field_name])
            # Do not store defaults, which later versions may change.
            text = False if value == BOUNDS[name] else str(value)
            parameters.set_param(f"{PREFIX}{name}", text)
        served = False if self.base_api_docs else "False"
        parameters.set_param(f"{PREFIX}docs", served)
        return result

    @api.constrains(
        "base_api_session_hours",
        "base_api_refresh_grace_minutes",
        "base_api_max_limit",
        "base_api_default_key_days",
    )
    def _check_base_api_numbers(self) -> None:
        for settings in self:
            if (
                settings.base_api_session_hours < 1
                or settings.base_api_refresh_grace_minutes < 1
                or settings.base_api_max_limit < 1
                or settings.base_api_default_key_days < 0
            ):
                raise ValidationError(
                    self.env._(
                        "Session lifetime, refresh grace and page limit are at least "
                        "1, the key duration is at least 0."
                    )
                )

    @api.constrains("base_api_cors_origins")
    def _check_base_api_cors_origins(self) -> None:
        for settings in self:
            text = settings.base_api_cors_origins or ""
            for origin in text.replace(",", " ").split():
                if origin != ANY_ORIGIN and not is_origin(origin):
                    raise ValidationError(
                        self.env._(
                            "%(text)s is not an origin: write scheme, host and port "
                            "in lower case, such as https://shop.example.com.",
                            text=origin,
                        )
                    )

    @api.constrains(*BOUND_FIELDS)
    def _check_base_api_bounds(self) -> None:
        for settings in self:
            for field_name in BOUND_FIELDS:
                if settings[field_name] < 0:
                    label = self._fields[field_name].string
                    raise ValidationError(
                        self.env._(
                            "%(limit)s: a limit is at least 0, which switches it off.",
                            limit=label,
                        )
                    )
