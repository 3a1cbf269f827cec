# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from http import HTTPStatus
from typing import Any

from odoo import http

from ..envelope import Answer, counted
from ..errors import (
    FileMissing,
    InvalidFields,
    ModelNotFound,
    RangeNotSatisfiable,
    RecordNotFound,
)
from ..lookup import get_model, get_record
from ..operations import read_schemas, write_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController
from ..protocol.addresses import file_address
from ..protocol.bodies import as_items
from ..protocol.parameters import DOWNLOAD
from ..protocol.preferences import WRITING
from ..reading.files import open_stream, resolve_binary
from ..safety.dry_run_diff import watch_created
from ..safety.max_affected import check_max_affected
from ..writing.attachments import check_owners, describe, parse_attachment
from .answers import created_answer

ATTACHMENT = "ir.attachment"


class BinaryController(OperationController, http.Controller):
    @api_route(
        "/binary/<model_name>/<record_id>/<field_name>",
        methods=["GET"],
        answer=read_schemas.FILE,
        errors=(FileMissing, InvalidFields, RangeNotSatisfiable),
        parameters=(DOWNLOAD,),
    )
    def read_file(
        self, model_name: str, record_id: str, field_name: str, download: bool
    ) -> Any:
        """Send the file in a binary field, or a range of it."""
        model = get_model(self.env, model_name)
        field = resolve_binary(model, field_name)
        stream = open_stream(get_record(model, record_id), field)
        return stream.get_response(as_attachment=download)

    @api_route(
        "/attachments",
        methods=["POST"],
        answer=(write_schemas.CREATED_ATTACHMENT, write_schemas.CREATED_ATTACHMENTS),
        errors=(ModelNotFound, RecordNotFound),
        model=ATTACHMENT,
        body=write_schemas.ATTACHMENTS_BODY,
        preferences=WRITING,
        batch=True,
    )
    def create_attachments(self, body: dict[str, Any] | list[dict[str, Any]]) -> Answer:
        """Create attachments, of a record or without one."""
        items = as_items(body)
        check_max_affected(self.env, len(items))
        values = [parse_attachment(self.env, *item) for item in items]
        check_owners(self.env, values)
        attachments = self.env[ATTACHMENT].create(values)
        watch_created(attachments)
        rows = describe(attachments, [sent for sent, _pointer in items])
        urls = [file_address(attachment, "raw") for attachment in attachments]
        if isinstance(body, dict):
            return created_answer(attachments, rows[0], url=urls[0])
        data = {"ids": attachments.ids, "records": rows, "model": ATTACHMENT}
        message = f"Created {counted(len(rows), 'attachment')}"
        return Answer(data | {"urls": urls}, message, HTTPStatus.CREATED)
