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
    ON_BY_DEFAULT,
    PREFIX,
    bound,
    counts_usage,
    is_audited,
    is_origin,
    parse_networks,
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
    base_api_proxy_networks = fields.Char(
        "Networks of the proxies", config_parameter=f"{PREFIX}proxy_networks"
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
    base_api_usage = fields.Boolean("Count Requests")
    base_api_usage_days = fields.Integer("Kept (days)")
    base_api_max_key_days = fields.Integer("Days")
    base_api_throttle_pair = fields.Integer(
        "Per login and address", help="In 60 seconds."
    )
    base_api_throttle_address = fields.Integer("Per address", help="In 60 seconds.")
    base_api_throttle_login = fields.Integer("Per login", help="In an hour.")
    base_api_throttle_credential = fields.Integer(
        "Wrong keys and tokens per address", help="In 60 seconds."
    )
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
    base_api_max_scan_rows = fields.Integer(
        "Records without an index",
        help="Parts of a text are searched in larger tables only with a trigram index.",
    )
    base_api_max_nested_objects = fields.Integer("Nested records")
    base_api_pressure_queue = fields.Integer(
        "Waiting requests per worker",
        help="From then on, exports and reads with a low priority are refused.",
    )
    base_api_statement_timeout = fields.Integer("One SQL statement")
    base_api_request_timeout = fields.Integer("One request")
    base_api_max_replica_lag = fields.Integer(
        "Lag of the replica", help="Where it lags more, the primary serves reads."
    )
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
    base_api_audit = fields.Boolean("Audit Trail")
    base_api_audit_values = fields.Boolean(
        "Sent values",
        config_parameter=f"{PREFIX}audit_values",
        help="Without fields that only some groups may read, secrets and files.",
    )
    base_api_audit_days = fields.Integer(
        "Audit trail kept (days)",
        help="For how long rows are kept. Whole months are removed.",
    )
    base_api_audit_reads = fields.Integer(
        "Reads (%)", help="How many of the reads are noted, chosen at random."
    )

    base_api_rate_key_burst = fields.Integer("Key: in a second")
    base_api_rate_user_burst = fields.Integer("User: in a second")
    base_api_rate_address_burst = fields.Integer("Address: in a second")
    base_api_rate_key_per_minute = fields.Integer("Key: in a minute")
    base_api_rate_user_per_minute = fields.Integer("User: in a minute")
    base_api_rate_address_per_minute = fields.Integer("Address: in a minute")
    base_api_rate_key_per_day = fields.Integer("Key: in a day")
    base_api_rate_user_per_day = fields.Integer("User: in a day")
    base_api_rate_address_per_day = fields.Integer("Address: in a day")
    base_api_rate_key_rows_per_day = fields.Integer("Key: records in a day")
    base_api_rate_user_rows_per_day = fields.Integer("User: records in a day")
    base_api_rate_address_rows_per_day = fields.Integer("Address: records in a day")
    base_api_rate_key_concurrent = fields.Integer("Key: at the same time")
    base_api_rate_user_concurrent = fields.Integer("User: at the same time")
    base_api_rate_address_concurrent = fields.Integer("Address: at the same time")

    @api.model
    def get_values(self) -> dict[str, Any]:
        values = super().get_values()
        values["base_api_docs"] = serves_docs(self.env)
        values["base_api_audit"] = is_audited(self.env)
        values["base_api_usage"] = counts_usage(self.env)
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
        for name in ON_BY_DEFAULT:
            text = False if self[f"base_api_{name}"] else "False"
            parameters.set_param(f"{PREFIX}{name}", text)
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

    @api.constrains("base_api_proxy_networks")
    def _check_base_api_proxy_networks(self) -> None:
        for settings in self:
            text = settings.base_api_proxy_networks or ""
            for word in text.replace(",", " ").split():
                if not parse_networks(word):
                    raise ValidationError(
                        self.env._(
                            "%(text)s is not a network: write an address or a range, "
                            "such as 10.0.0.0/8.",
                            text=word,
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
