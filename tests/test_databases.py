# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One server with several databases, which knows the API before one is chosen."""

from backstage import copy_database, drop_database, uninstall, variable
from client import Client
from servers import serving

LOGIN = {"username": "admin", "password": "admin"}
REQUESTS = (
    ("POST", "/auth/login", LOGIN),
    ("GET", "/auth/me", None),
    ("GET", "/search/res.partner?name=x", None),
    ("DELETE", "/test", None),
    ("OPTIONS", "/test", None),
    ("GET", "/nope", None),
)


def test_a_database_without_the_addon(unique):
    copy_database(variable("BASE_API_MINIMAL_DATABASE"), unique)
    try:
        uninstall(unique)
        with serving(unique, {"--load": "base,web,base_api"}) as url:
            anyone = Client(url)
            assert anyone.get("/health/live")
            for headers in ({}, {"api-key": "oak_x"}, {"session-token": "x"}):
                for verb, path, body in (*REQUESTS, ("GET", "/test", None)):
                    sent = (verb, path, body)
                    error = anyone.refuse(404, "NOT_FOUND", *sent, headers=headers)
                    message = "The addon base_api is not installed in this database"
                    assert error["message"] == message
    finally:
        drop_database(unique)


def test_who_chooses_no_database_is_told_to():
    minimal = variable("BASE_API_MINIMAL_DATABASE")
    both = f"^({minimal}|{variable('BASE_API_DATABASE')})$"
    options = {"--load": "base,web,base_api", "--db-filter": both}
    with serving(minimal, options) as url:
        anyone = Client(url)
        assert anyone.get("/test")["version"] == "2.0"
        for verb, path, body in REQUESTS:
            for headers in ({}, {"X-Odoo-Database": "nope"}):
                sent = (verb, path, body)
                error = anyone.refuse(404, "NOT_FOUND", *sent, headers=headers)
                message = "No database is chosen: send X-Odoo-Database"
                assert error["message"] == message
        chosen = Client(url, X_Odoo_Database=minimal)
        assert chosen.post("/auth/login", LOGIN)["user"]["login"] == "admin"
