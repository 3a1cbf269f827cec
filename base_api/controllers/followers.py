# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import Any

from odoo import http
from odoo.fields import Domain
from odoo.models import BaseModel

from ..auth.api_key import check_operation
from ..chatter.members import check_members, parse_ids
from ..chatter.threads import THREAD, get_thread, page_of, show
from ..envelope import Answer
from ..operations import chatter_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.parameters import LIMIT, OFFSET
from ..protocol.preferences import READING, WRITING
from ..safety.max_affected import check_max_affected

FOLLOWERS = "mail.followers"
FIELDS = ("partner_id", "email", "is_active", "subtype_ids.name")
MOST = 1000  # followers in the answer to a write


def describe(followers: BaseModel) -> list[dict[str, Any]]:
    """Return followers as JSON."""
    return show(followers, FIELDS)


class FollowersController(OperationController, http.Controller):
    @api_route(
        "/followers/<model_name>/<record_id>",
        methods=["GET"],
        answer=chatter_schemas.CHATTER_PAGE,
        parameters=(LIMIT, OFFSET),
        preferences=READING,
        batch=True,
    )
    def list_followers(
        self, model_name: str, record_id: str, limit: int, offset: int
    ) -> Answer:
        """Return the followers of a record, and what they are notified of."""
        record = get_thread(self.env, model_name, record_id, THREAD)
        return self._page(record, limit, offset)

    @api_route(
        "/followers/<model_name>/<record_id>",
        methods=["POST"],
        answer=chatter_schemas.CHATTER_PAGE,
        body=chatter_schemas.FOLLOWERS_BODY,
        operation="update",
        preferences=WRITING,
        batch=True,
    )
    def add_followers(
        self, model_name: str, record_id: str, body: dict[str, Any]
    ) -> Answer:
        """Let partners follow a record; return its followers."""
        record = get_thread(self.env, model_name, record_id, THREAD)
        # As every user may follow, and let others follow, what they may update.
        check_operation(self.env, "create", FOLLOWERS, own=True)
        check_members(body, ("partner_ids", "subtype_ids"))
        partners = parse_ids(self.env["res.partner"], "partner_ids", body, True)
        subtypes = parse_ids(self.env["mail.message.subtype"], "subtype_ids", body)
        check_max_affected(self.env, len(partners))
        record.message_subscribe(partners.ids, subtypes.ids or None)
        return self._page(record, MOST, 0)

    @api_route(
        "/followers/<model_name>/<record_id>",
        methods=["DELETE"],
        answer=chatter_schemas.CHATTER_PAGE,
        body=chatter_schemas.UNFOLLOW_BODY,
        operation="update",
        preferences=WRITING,
        batch=True,
    )
    def remove_followers(
        self, model_name: str, record_id: str, body: dict[str, Any]
    ) -> Answer:
        """Let partners no longer follow a record; return its followers."""
        record = get_thread(self.env, model_name, record_id, THREAD)
        check_operation(self.env, "delete", FOLLOWERS, own=True)
        check_members(body, ("partner_ids",))
        partners = parse_ids(self.env["res.partner"], "partner_ids", body, True)
        check_max_affected(self.env, len(partners))
        record.message_unsubscribe(partners.ids)
        return self._page(record, MOST, 0)

    def _page(self, record: BaseModel, limit: int, offset: int) -> Answer:
        domain = Domain("res_model", "=", record._name)
        domain &= Domain("res_id", "=", record.id)
        followers = self.env[FOLLOWERS]
        return page_of(record, followers, domain, describe, limit, offset, "id")
