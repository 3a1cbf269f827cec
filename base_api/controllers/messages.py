# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.fields import Domain
from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..chatter.posts import parse_post
from ..chatter.threads import THREAD, get_thread, page_of, show
from ..envelope import Answer
from ..operations import chatter_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import LIMIT, OFFSET
from ..protocol.preferences import READING, WRITING
from ..safety.dry_run_diff import watch_created
from ..safety.max_affected import check_max_affected
from .answers import created_answer

FIELDS = (
    "date",
    "subject",
    "body",
    "message_type",
    "subtype_id",
    "is_internal",
    "author_id",
    "email_from",
    "attachment_ids.name",
    "attachment_ids.mimetype",
    "attachment_ids.file_size",
)


def describe(messages: BaseModel) -> list[dict[str, Any]]:
    """Return messages as JSON; notes are internal, whatever the message says."""
    rows = show(messages, FIELDS)
    for row, message in zip(rows, messages, strict=True):
        # sudo: portal users may not read subtypes, but they may read the message.
        row["is_internal"] |= message.sudo().subtype_id.internal
    return rows


class MessagesController(OperationController, http.Controller):
    @api_route(
        "/messages/<model_name>/<record_id>",
        methods=["GET"],
        answer=chatter_schemas.CHATTER_PAGE,
        parameters=(LIMIT, OFFSET),
        preferences=READING,
        batch=True,
    )
    def list_messages(
        self, model_name: str, record_id: str, limit: int, offset: int
    ) -> Answer:
        """Return the messages of a record, the newest first."""
        record = get_thread(self.env, model_name, record_id, THREAD)
        # As the web client shows them: without copies for single users.
        domain = (
            Domain("model", "=", model_name)
            & Domain("res_id", "=", record.id)
            & Domain("message_type", "!=", "user_notification")
        )
        messages = self.env["mail.message"]
        return page_of(record, messages, domain, describe, limit, offset, "id DESC")

    @api_route(
        "/messages/<model_name>/<record_id>",
        methods=["POST"],
        answer=chatter_schemas.CREATED_CHATTER,
        body=chatter_schemas.MESSAGE_BODY,
        operation="update",
        preferences=WRITING,
        batch=True,
    )
    def post_message(
        self, model_name: str, record_id: str, body: dict[str, Any]
    ) -> Answer:
        """Post a message to the followers of a record, or an internal note."""
        record = get_thread(self.env, model_name, record_id, THREAD)
        check_operation(self.env, "create", "mail.message")
        check_max_affected(self.env, 1)
        message = record.message_post(**parse_post(self.env, body))
        watch_created(message)
        return created_answer(message, describe(message)[0])
