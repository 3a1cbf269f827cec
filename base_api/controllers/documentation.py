# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from ..documentation import check_served, index_text, page_text, pages
from ..envelope import TEXT_TYPE, Answer, BareAnswer
from ..errors import NotFound
from ..errors.hints import hint
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController

MARKDOWN_TYPE = "text/markdown; charset=utf-8"


class DocumentationController(OperationController, http.Controller):
    """The documentation as text. It has no data of the database."""

    @api_route(
        "/llms.txt", methods=["GET"], answer=read_schemas.PLAIN_TEXT, auth="none"
    )
    def read_index(self) -> Answer:
        """Return the list of the pages of the documentation, for AI assistants."""
        check_served(self.env)
        return BareAnswer(index_text(), TEXT_TYPE)

    @api_route(
        "/docs/<page>.md", methods=["GET"], answer=read_schemas.MARKDOWN, auth="none"
    )
    def read_page(self, page: str) -> Answer:
        """Return a page of the documentation in Markdown."""
        check_served(self.env)
        if f"{page}.md" not in pages():
            nearest = hint(f"{page}.md", pages())
            raise NotFound(f"Page '{page[:80]}.md' not found{nearest}")
        return BareAnswer(page_text(f"{page}.md"), MARKDOWN_TYPE)
