# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Send random requests to a server of their own, and check each answer."""

import collections
from concurrent.futures import ThreadPoolExecutor

import raw_http
from client import Client, check, check_declared
from fuzz_requests import PREFIX, Known, make_request

from odoo.addons.base_api.operations import description
from odoo.addons.base_api.tests.declared import declared_rules, find_routing

THREADS = 4
MODELS = ("res.partner", "crm.lead", "sale.order", "product.product", "hr.employee")
# Overload and long reads are refused; nothing else may be a 5xx.
ALLOWED_FAILURES = ("OVERLOADED", "REPORT_UNAVAILABLE", "TIMEOUT")
# Whether random values make a record (201), or meet an ETag (304), is chance.
EXPECTED = {200, 204, 400, 401, 403, 404, 405, 413, 415, 422}
PASSWORD = "a long password of nobody"
SHOWN = 3000  # bytes of a request in the message of a failure


def known_of(copy):
    """Make users, credentials and records; return what the requests may name."""
    admin = copy.administrator()
    victim = admin.create("res.users", name="Victim", login="victim", password=PASSWORD)
    keys = [admin.headers]
    for options in (
        {"read_only": True},
        {"models": {"res.partner": ["read", "create", "update"]}},
        {"external_id_prefix": "fuzz.", "strict_types": True},
    ):
        keys.append({"api_key": admin.post("/users/2/api-key", options)["api_key"]})
    sessions = [Client(copy.url).log_in(login, login) for login in ("demo", "portal")]
    doomed = [Client(copy.url).log_in("victim", PASSWORD) for _number in range(20)]
    admin_doomed = admin.post(f"/users/{victim}/api-key", {"models": {"*": ["read"]}})
    return Known(
        routes=sorted(declared_rules(), key=lambda rule: (rule[0], rule[1]["methods"])),
        credentials=[as_pairs(key) for key in keys]
        + [as_pairs(session.headers) for session in sessions],
        doomed=[as_pairs(client.headers) for client in doomed]
        + [as_pairs({"api_key": admin_doomed["api_key"]})],
        words=words_of(admin, victim),
    )


def as_pairs(headers):
    return [
        (name.replace("_", "-").encode(), text.encode())
        for name, text in headers.items()
    ]


def words_of(admin, victim):
    """Values of the variables in paths, and bodies by path."""
    partners = [admin.create("res.partner", name=f"Fuzz {n}") for n in range(20)]
    admin.create("sale.order", partner_id=partners[0])
    lead = admin.create("crm.lead", name="Fuzz")
    record = {"name": "Fuzz"}
    create, update = f"{PREFIX}/create/<model_name>", f"{PREFIX}/update/<model_name>"
    return {
        "model_name": [
            *MODELS,
            "res.partner",
            "res.partner",
            "crm.lead",
            "res.country",
        ],
        "record_id": [*partners, lead, 1, 2, 2**31 - 1, "@base.main_partner", "@x.y"],
        "user_id": [victim, victim, 2**31 - 1],
        "key_id": [2**31 - 1],
        "session_id": [2**31 - 1],
        "field_name": ["image_128", "avatar_128", "name", "nope"],
        "method_name": ["name_search", "message_post", "copy", "unlink", "write", "_x"],
        "report_name": ["sale.report_saleorder", "sale.report", "x"],
        "ids": ["1", "1,2", partners[0]],
        "page": ["errors", "reading", "nope"],
        "version": ["x"],
        "file_name": ["main.js", "x"],
        ("body", create): [record, [record, record], {"values": record}],
        ("body", f"{update}/<record_id>"): [record, {"color": 3}],
        ("body", update): [
            {"ids": partners[:2], "values": record},
            [{"id": partners[0]} | record],
        ],
        ("body", f"{PREFIX}/batch"): [
            {
                "steps": [
                    {"method": "GET", "path": "/count/res.partner"},
                    {"method": "POST", "path": "/create/res.partner", "body": record},
                ]
            }
        ],
        ("body", f"{PREFIX}/upsert/<model_name>"): [record, [record]],
        ("body", f"{PREFIX}/search/<model_name>"): [
            {},
            {"domain": [["name", "ilike", "a"]], "fields": ["name"], "limit": 2},
        ],
    }


class Run:
    """Counts what was sent and answered, and keeps what is wrong."""

    def __init__(self, copy, seed):
        self.copy = copy
        self.seed = seed
        self.known = known_of(copy)
        find_routing("GET", PREFIX)  # builds the map, before threads use it
        self.statuses = collections.Counter()
        self.reached = set()
        self.refused_by_server = 0
        self.unanswered = 0
        self.problems = []

    def send_all(self, count):
        with ThreadPoolExecutor(THREADS) as pool:
            for _answer in pool.map(self.send, range(count)):
                pass

    def send(self, number):
        request = make_request(self.known, self.seed, number)
        answer = None
        try:
            answer = raw_http.send(self.copy.url, request)
            self.check(request, answer)
        except Exception as exc:
            sent = request.to_bytes()[:SHOWN]
            got = answer is not None and (answer.status_code, answer.content[:SHOWN])
            text = f"{self.seed}/{number}: {exc!r}\nsent: {sent!r}\nanswer: {got!r}"
            self.problems.append(text)

    def assert_sound(self):
        """Check that nothing was wrong, and that the endpoints were reached."""
        assert not self.problems, "\n\n".join(self.problems[:20])
        assert not self.copy.failures()
        assert set(self.statuses) >= EXPECTED, self.statuses
        assert self.statuses[200] > self.statuses.total() / 20
        assert len(self.reached) > 0.95 * sum(
            len(routing["methods"]) for _path, routing in self.known.routes
        )

    def summary(self):
        return (
            f"{self.statuses.total()} answers: {dict(sorted(self.statuses.items()))}, "
            f"{self.refused_by_server} refused by the HTTP server, "
            f"{self.unanswered} that are not HTTP were not answered"
        )

    def check(self, request, answer):
        if answer is None:
            assert not request.is_http, "no answer"
            self.unanswered += 1
            return
        if raw_http.is_of_http_server(answer):
            assert not request.is_http, "the HTTP server answered, in HTML"
            self.refused_by_server += 1
            return
        self.statuses[answer.status_code] += 1
        assert not answer.rest, "more than one answer"
        routing = check_answer(answer)
        if routing:
            self.reached.add((request.method, tuple(routing["routes"])))


def check_answer(answer):
    """Check an answer; return the routing that it comes from, or None."""
    routing, _names = find_routing(answer.request.method, answer.request.url)
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    files = description.media_types(routing) if routing else ()
    if answer.status_code < 400 and (media_type in files or "*/*" in files):
        assert "Set-Cookie" not in answer.headers
    else:
        check(answer)
    if answer.status_code >= 500:
        assert answer.json()["error"]["code"] in ALLOWED_FAILURES, answer.text
    check_declared(answer)
    return routing
