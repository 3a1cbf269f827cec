# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..auth.administration import OPERATIONS, is_administrative
from ..auth.restrictions import ANY_MODEL


class ApiKeyCreateModel(models.TransientModel):
    """The operations of a new API key on one model."""

    _name = "api.key.create.model"
    _description = "Model of a New API Key"

    wizard_id = fields.Many2one("api.key.create", required=True, ondelete="cascade")
    model = fields.Selection("_selection_model", required=True)
    allow_read = fields.Boolean("Read", default=True)
    allow_create = fields.Boolean("Create")
    allow_update = fields.Boolean("Update")
    allow_delete = fields.Boolean("Delete")
    allow_call = fields.Boolean("Call", help="Call methods of the model.")

    administrative_operations = fields.Char(
        compute="_compute_administrative_operations",
        help="Those of the operations that Odoo lets only administrators do, or that "
        "are as powerful.",
    )

    @api.depends(
        "model",
        "wizard_id.read_only",
        *(f"allow_{operation}" for operation in OPERATIONS),
    )
    def _compute_administrative_operations(self) -> None:
        for line in self:
            operations = []
            if line.model and line.model in self.env:
                operations = [
                    operation
                    for operation in line._operations()
                    if operation == "read" or not line.wizard_id.read_only
                    if is_administrative(self.env, operation, line.model)
                ]
            line.administrative_operations = ", ".join(operations)

    def _selection_model(self) -> list[tuple[str, str]]:
        """Return the models that the caller has access to, by their names."""
        known = self.env["ir.model"].get_available_models()
        names = [
            (row["model"], f"{row['display_name']} ({row['model']})")
            for row in sorted(known, key=lambda row: row["display_name"].lower())
        ]
        return [(ANY_MODEL, self.env._("All other models")), *names]

    @api.constrains("model")
    def _check_model(self) -> None:
        # Odoo does not check values whose choices depend on the caller.
        for line in self:
            if line.model != ANY_MODEL and line.model not in self.env:
                raise ValidationError(
                    self.env._("There is no model %(name)s.", name=line.model)
                )

    def _operations(self) -> list[str]:
        return [operation for operation in OPERATIONS if self[f"allow_{operation}"]]
