# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One server with several databases, which knows the API before one is chosen."""

from backstage import variable
from client import Client
from servers import serving

LOGIN = {"username": "admin", "password": "admin"}


def test_who_chooses_no_database_is_told_to():
    minimal = variable("BASE_API_MINIMAL_DATABASE")
    both = f"^({minimal}|{variable('BASE_API_DATABASE')})$"
    options = {"--load": "base,web,base_api", "--db-filter": both}
    with serving(minimal, options) as url:
        anyone = Client(url)
        assert anyone.get("/test")["version"] == "2.0"
        for verb, path, body in (
            ("POST", "/auth/login", LOGIN),
            ("GET", "/auth/me", None),
            ("GET", "/search/res.partner?name=x", None),
            ("DELETE", "/test", None),
            ("OPTIONS", "/test", None),
            ("GET", "/nope", None),
        ):
            for headers in ({}, {"X-Odoo-Database": "nope"}):
                sent = (verb, path, body)
                error = anyone.refuse(404, "NOT_FOUND", *sent, headers=headers)
                message = "No database is chosen: send X-Odoo-Database"
                assert error["message"] == message
        chosen = Client(url, X_Odoo_Database=minimal)
        assert chosen.post("/auth/login", LOGIN)["user"]["login"] == "admin"
