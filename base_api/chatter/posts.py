# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The body of a request that posts a message."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools.mail import plaintext2html

from ..casting import to_id
from ..errors.details import FOREIGN_KEY, NOT_ALLOWED, REQUIRED, WRONG_TYPE
from ..lookup import find_records
from ..referencing.ids import replace_references
from ..writing.html_bounds import check_html
from .members import check_members, parse_ids, refuse

MEMBERS = ("body", "html", "subject", "subtype", "internal", "attachment_ids")
COMMENT, NOTE = "mail.mt_comment", "mail.mt_note"


def parse_post(env: Environment, body: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of Odoo's `message_post` for a body with `MEMBERS`.

    Text is escaped. HTML is sanitized by Odoo.

    :raise InvalidFields: another member
    :raise InvalidValue: a member of the wrong type, or no message
    """
    check_members(body, MEMBERS)
    attachments = parse_ids(env["ir.attachment"], "attachment_ids", body)
    content = _parse_body(env, body)
    if not content and not attachments:
        refuse("body", "a message, or attachments", REQUIRED)
    return {
        "body": content,
        "subject": _member(body, "subject", str, "text") or None,
        "subtype_id": _parse_subtype(env, body).id,
        "attachment_ids": attachments.ids,
        "message_type": "comment",
    }


def _parse_body(env: Environment, body: dict[str, Any]) -> Markup:
    text = _member(body, "body", str, "text") or ""
    if not _member(body, "html", bool, "true or false"):
        return plaintext2html(text) if text else Markup()
    try:
        check_html(env, text)
    except ValueError as exc:
        refuse("body", str(exc), WRONG_TYPE)
    # Not safe, but HTML: the field `body` sanitizes it.
    return Markup(text)


def _parse_subtype(env: Environment, body: dict[str, Any]) -> BaseModel:
    """Return the subtype, which decides who is notified."""
    subtypes = env["mail.message.subtype"]
    internal = _member(body, "internal", bool, "true or false")
    value = body.get("subtype")
    if value is None:
        # sudo: everybody may post comments and notes; portal users cannot read notes.
        return env.ref(NOTE if internal else COMMENT).sudo()
    if internal is not None:
        refuse("subtype", "internal or subtype, not both", NOT_ALLOWED)
    if isinstance(value, str):
        value = {"external_id": value}
    [value] = replace_references(subtypes, "subtype", [value], ["/subtype"])
    try:
        subtype = find_records(subtypes, [to_id(value)])
    except ValueError:
        refuse("subtype", "an external id, or the id of a subtype", WRONG_TYPE)
    if not subtype:
        refuse("subtype", "an existing subtype", FOREIGN_KEY)
    return subtype


def _member(body: dict[str, Any], name: str, kind: type, expected: str) -> Any:
    value = body.get(name)
    if value is not None and not isinstance(value, kind):
        refuse(name, expected, WRONG_TYPE)
    return value
