# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.models import BaseModel

from odoo.addons.base.models.res_users import check_identity

from ..auth.administration import (
    ANY_RECORD,
    CODE,
    OPERATIONS,
    RIGHTS,
    SECRETS,
    USERS,
    consequence,
)
from ..auth.audited_reads import ALL, NONE
from ..auth.learning import LONGEST, is_time_to_learn
from ..auth.restrictions import Restrictions
from ..limiting.policies import POLICIES, parse_limits, without_nulls


class ApiKeyCreate(models.TransientModel):
    """The dialog for a new API key."""

    _name = "api.key.create"
    _inherit = "res.users.apikeys.description"
    _description = "New API Key"

    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="cascade"
    )
    preset = fields.Selection(
        "_selection_preset",
        help="Fills in the restrictions for a common task. They can be changed.",
    )
    read_only = fields.Boolean(
        "Read-only", help="The key reads, whatever its user may do besides."
    )
    model_ids = fields.One2many(
        "api.key.create.model",
        "wizard_id",
        "Models",
        help="Without any the key is for every model that its user has access to.",
    )
    networks = fields.Text(
        help="One network or address on each line, such as 192.0.2.0/24. Without any "
        "the key is accepted from everywhere.",
    )

    external_id_prefix = fields.Char(
        "External IDs",
        help="How the external ids that the key uses begin, such as shop. Without it, "
        "the key uses all of them.",
    )
    strict_types = fields.Boolean(
        help="Answers have null for empty values, objects for records and dates with "
        "time in ISO 8601.",
    )

    learn_until = fields.Datetime(
        help="Until then the key may do what its user may, apart from administrative "
        "operations, and notes what it is used for. From then on it allows nothing "
        "else.",
    )
    limit_burst = fields.Integer("Requests in a Second")
    limit_per_minute = fields.Integer("Requests in a Minute")
    limit_per_day = fields.Integer("Requests in a Day")
    limit_rows_per_day = fields.Integer("Records in a Day")
    limit_concurrent = fields.Integer("Requests at the Same Time")
    metrics = fields.Boolean(
        help="The key may read the metrics of the server, for Prometheus. Only "
        "administrators can give this.",
    )
    audit_reads = fields.Selection(
        [(ALL, "All"), (NONE, "None")],
        "Audited Reads",
        help="Which reads with the key are in the audit trail. Only administrators can "
        "choose this.",
    )
    administrative_note = fields.Text(compute="_compute_administrative_note")

    def _selection_preset(self) -> list[tuple[str, str]]:
        presets = self.env["api.key.preset"]._get_available()
        return [(preset["name"], preset["label"]) for preset in presets]

    @api.onchange("preset")
    def _onchange_preset(self) -> None:
        restrictions = self.env["api.key.preset"]._get_restrictions(self.preset or "")
        if restrictions is None:
            return
        self.read_only = restrictions.read_only
        lines = [
            {"model": model_name}
            | {f"allow_{name}": name in operations for name in OPERATIONS}
            for model_name, operations in restrictions.models
        ]
        self.model_ids = [Command.clear(), *map(Command.create, lines)]

    @api.depends("model_ids.model", "read_only", "model_ids.administrative_operations")
    def _compute_administrative_note(self) -> None:
        for wizard in self:
            lines = wizard.model_ids.filtered("administrative_operations")
            wizard.administrative_note = "\n".join(map(self._describe_line, lines))

    def _describe_line(self, line: BaseModel) -> str:
        """Return what the holder of the key can do with the model of a line."""
        operations, model_name = line.administrative_operations, line.model
        describe = {
            USERS: self.env._("become another user: set passwords, make keys."),
            RIGHTS: self.env._("change what every user can see and do."),
            SECRETS: self.env._("read passwords and secrets, and use them elsewhere."),
            CODE: self.env._("run code with all rights in this database."),
            ANY_RECORD: self.env._("write records of any model."),
        }
        other = self.env._("do what Odoo lets only administrators do.")
        return self.env._(
            "%(operations)s on %(model)s: whoever has this key can %(consequence)s",
            operations=operations,
            model=model_name,
            consequence=describe.get(consequence(self.env, model_name) or "", other),
        )

    @api.model_create_multi
    def create(self, vals_list: list[dict[str, Any]]) -> BaseModel:
        wizards = super().create(vals_list)
        wizards.user_id._check_api_access()
        return wizards

    @api.constrains("learn_until")
    def _check_learn_until(self) -> None:
        for wizard in self.filtered("learn_until"):
            if not is_time_to_learn(wizard.learn_until):
                raise ValidationError(
                    self.env._(
                        "Learning must end within the next %(days)s days.",
                        days=LONGEST.days,
                    )
                )

    @check_identity
    def make_key(self) -> dict[str, Any]:
        """Create the key, and show it once."""
        self.ensure_one()
        # Check again, as the user may have been replaced.
        self.user_id._check_api_access()
        key = self.env["res.users.apikeys"]._base_api_create(
            self.user_id,
            self.name,
            self.expiration_date,
            self._restrictions(),
            self.strict_types,
            self.learn_until or None,
            self._limits(),
            self.metrics,
            self.audit_reads or None,
        )
        self.unlink()
        return self.env["res.users.apikeys"]._base_api_show_action(key)

    def _limits(self) -> dict[str, int]:
        """Return the rate limits of the key itself; 0 is for those of the settings."""
        values = {name: self[f"limit_{name}"] or None for name in POLICIES}
        try:
            return without_nulls(parse_limits(values))
        except ValueError as exc:
            raise UserError(str(exc)) from exc

    def _restrictions(self) -> Restrictions:
        models_operations = {line.model: line._operations() for line in self.model_ids}
        if len(models_operations) < len(self.model_ids):
            raise UserError(self.env._("Each model can be listed once only."))
        try:
            return Restrictions.from_json(
                {
                    "read_only": self.read_only,
                    "models": models_operations or None,
                    "networks": (self.networks or "").replace(",", " ").split() or None,
                    "external_id_prefix": self.external_id_prefix or None,
                }
            )
        except ValueError as exc:
            raise UserError(str(exc)) from exc
