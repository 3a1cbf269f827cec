# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.fields import Domain
from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..chatter.threads import ACTIVITIES, get_thread, page_of, show
from ..envelope import Answer
from ..errors import InvalidFields
from ..operations import chatter_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import LIMIT, OFFSET
from ..protocol.preferences import READING, WRITING
from ..safety.dry_run_diff import watch_created
from ..safety.max_affected import check_max_affected
from ..writing.create import create
from ..writing.values import parse_values
from .answers import created_answer

ACTIVITY = "mail.activity"
FIELDS = (
    "activity_type_id",
    "summary",
    "note",
    "date_deadline",
    "user_id",
    "state",
    "create_date",
    "create_uid",
)
# The path names the record.
_OF_PATH = ("res_id", "res_model", "res_model_id")


def describe(activities: BaseModel) -> list[dict[str, Any]]:
    """Return activities as JSON."""
    return show(activities, FIELDS)


class ActivitiesController(OperationController, http.Controller):
    @api_route(
        "/activities/<model_name>/<record_id>",
        methods=["GET"],
        answer=chatter_schemas.CHATTER_PAGE,
        parameters=(LIMIT, OFFSET),
        preferences=READING,
        batch=True,
    )
    def list_activities(
        self, model_name: str, record_id: str, limit: int, offset: int
    ) -> Answer:
        """Return the planned activities of a record, by their deadline."""
        record = get_thread(self.env, model_name, record_id, ACTIVITIES)
        domain = Domain("res_model", "=", model_name) & Domain("res_id", "=", record.id)
        activities = self.env[ACTIVITY]
        order = "date_deadline, id"
        return page_of(record, activities, domain, describe, limit, offset, order)

    @api_route(
        "/activities/<model_name>/<record_id>",
        methods=["POST"],
        answer=chatter_schemas.CREATED_CHATTER,
        body=chatter_schemas.ACTIVITY_BODY,
        operation="update",
        preferences=WRITING,
        batch=True,
    )
    def create_activity(
        self, model_name: str, record_id: str, body: dict[str, Any]
    ) -> Answer:
        """Plan an activity on a record, with the fields of `mail.activity`."""
        record = get_thread(self.env, model_name, record_id, ACTIVITIES)
        check_operation(self.env, "create", ACTIVITY)
        check_max_affected(self.env, 1)
        activity = self._create(record, body)
        watch_created(activity)
        return created_answer(activity, describe(activity)[0])

    def _create(self, record: BaseModel, body: dict[str, Any]) -> BaseModel:
        for name in body:
            if name in _OF_PATH:
                raise InvalidFields(f"'{name}' is in the path: do not send it")
        # The type of an activity is computed from the model.
        activities = self.env[ACTIVITY].with_context(default_res_model=record._name)
        # sudo: only administrators may read models; the caller has the record.
        models = self.env["ir.model"].sudo()
        model = models.search(Domain("model", "=", record._name))
        values = parse_values(activities, body)
        values |= {"res_model_id": model.id, "res_id": record.id}
        return create(activities, [values]).with_env(self.env)
