# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import Response, request

from ..docs_page import CONTENT_SECURITY_POLICY, assets, page_html
from ..docs_page import version as current_version
from ..documentation import check_served
from ..errors import NotFound
from ..operations import read_schemas
from ..operations.route import api_route
from ..operations.runner import OperationController

HTML_TYPE = "text/html; charset=utf-8"
YEAR = 365 * 24 * 60 * 60


class DocsController(OperationController, http.Controller):
    @api_route("/docs", methods=["GET"], answer=read_schemas.DOCS_PAGE, auth="none")
    def read_docs(self) -> Response:
        """Send the interactive reference, a page that calls this API.

        It has no data of the database, so it needs no credential.
        """
        check_served(self.env)
        headers = {
            "Content-Type": HTML_TYPE,
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        }
        return request.make_response(page_html(), list(headers.items()))

    @api_route(
        "/docs/assets/<version>/<file_name>",
        methods=["GET"],
        answer=read_schemas.DOCS_ASSET,
        auth="none",
    )
    def read_docs_asset(self, version: str, file_name: str) -> Response:
        """Send a script, style sheet or image of the interactive reference."""
        check_served(self.env)
        asset = assets().get(file_name)
        if asset is None:
            raise NotFound()
        # During an upgrade, a node can get the version of another one.
        is_current = version == current_version()
        keep = f"public, max-age={YEAR}, immutable" if is_current else "no-store"
        headers = {"Content-Type": asset.media_type, "Cache-Control": keep}
        return request.make_response(asset.content, list(headers.items()))
