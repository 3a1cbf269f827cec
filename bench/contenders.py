# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every way into Odoo that is compared: how each asks for the same work.

A contender gives a `http_client.Request` for the name of a workload, or nothing
where it has no way to do it in one request.
"""

import xmlrpc.client

from http_client import Request

FIELDS = ["name", "email", "phone", "is_company", "city", "country_id"]
# Lines of sale orders with the names of 4 relations.
LINE_FIELDS = ["name", "product_uom_qty", "price_unit"]
LINE_RELATIONS = ["order_id", "product_id", "order_partner_id", "currency_id"]
LIGHT = "res.partner.category"  # a model whose create is little work for Odoo
MANY = 1000
ROWS = 100_000


class Contender:
    """One way into Odoo.

    :param facts: what `prepare` told of the database: keys and ids
    """

    name = ""
    # Whether Odoo's access log knows its statements: it counts those of one thread.
    is_counted = True

    def __init__(self, facts):
        self.facts = facts

    def requests(self, workload):
        """Return what is sent in turn, a list; empty if it has no way to do it."""
        method = getattr(self, workload, None)
        found = method() if method else []
        return found if isinstance(found, list) else [found]

    def mixed(self):
        """Of five requests two lists, two records and one update."""
        reads = [self.list_partners(), self.read_one()]
        return [*reads, *reads, self.write_one()]


class BaseApi(Contender):
    name = "base_api"
    # Who writes is answered the ids, as elsewhere, and not the records.
    preferences = {"Prefer": "return=minimal"}
    key = "own_key"
    headers = {}

    def get(self, path):
        headers = {"api-key": self.facts[self.key]} | self.headers
        return Request("GET", f"/api/v2{path}", headers)

    def write(self, verb, path, body):
        headers = {"api-key": self.facts[self.key]} | self.preferences | self.headers
        return Request(verb, f"/api/v2{path}", headers, body)

    def search(self, model, fields, **options):
        query = "&".join(f"{name}={value}" for name, value in options.items())
        return self.get(f"/search/{model}?fields={','.join(fields)}&{query}")

    def sign_in(self):
        return self.get("/bench/signed")

    def list_partners(self):
        return self.search("res.partner", FIELDS, limit=10, count="none")

    def list_and_count(self):
        return self.search("res.partner", FIELDS, limit=10)

    def list_last_page(self):
        cursor = self.facts["cursor"]
        return self.search("res.partner", FIELDS, limit=10, cursor=cursor)

    def read_one(self):
        fields = ",".join(FIELDS)
        return self.get(f"/search/res.partner/{self.facts['partner']}?fields={fields}")

    def create_one(self):
        return self.write("POST", "/create/res.partner", {"name": "Bench"})

    def create_light(self):
        return self.write("POST", f"/create/{LIGHT}", {"name": "Bench"})

    def create_many(self):
        values = [{"name": "Bench"}] * MANY
        return self.write("POST", "/create/res.partner", values)

    def list_lines(self):
        fields = LINE_FIELDS + LINE_RELATIONS
        return self.search("sale.order.line", fields, limit=80, count="none")

    def read_rows(self):
        fields = ",".join(FIELDS)
        return self.get(
            f"/export/res.partner?format=ndjson&fields={fields}&limit={ROWS}"
        )

    def write_one(self):
        path = f"/update/res.partner/{self.facts['partner']}"
        return self.write("PATCH", path, {"comment": "Bench"})

    def log_in(self):
        body = {"username": "admin", "password": "admin"}
        return Request("POST", "/api/v2/auth/login", {}, body)

    def watched_list(self):
        return self.list_partners()

    def watched_create(self):
        return self.create_one()

    def watched_create_light(self):
        return self.create_light()


class Unwatched(BaseApi):
    """Without audit trail, usage, metrics and ids: the difference is their cost."""

    name = "base_api, switched off"
    headers = {"Bench-Unwatched": "1"}

    def requests(self, workload):
        return super().requests(workload) if workload.startswith("watched_") else []


class AuditedReads(BaseApi):
    name = "base_api, reads audited"
    key = "audited_key"

    def requests(self, workload):
        return super().requests(workload) if workload == "watched_list" else []


class BaseApiSession(BaseApi):
    name = "base_api, session"

    def get(self, path):
        headers = {"session-token": self.facts["session_token"]}
        return Request("GET", f"/api/v2{path}", headers)

    create_one = create_light = create_many = read_rows = write_one = log_in = None
    list_lines = list_last_page = mixed = None
    watched_list = watched_create = watched_create_light = None


class Representation(BaseApi):
    """What writing costs with the records in the answer, as without `Prefer`."""

    name = "base_api, records answered"
    preferences = {}

    def requests(self, workload):
        writes = workload.startswith(("create_", "write_"))
        return super().requests(workload) if writes else []


class FirstPage(BaseApi):
    """What a page far behind is measured by, in turn with it."""

    name = "base_api, first page"

    def requests(self, workload):
        return [self.list_partners()] if workload == "list_last_page" else []


class Json2(Contender):
    name = "JSON-2"

    def call(self, model, method, **arguments):
        headers = {"Authorization": f"Bearer {self.facts['odoo_key']}"}
        return Request("POST", f"/json/2/{model}/{method}", headers, arguments)

    def search_read(self, fields, limit, offset=0, model="res.partner"):
        options = {"fields": fields, "limit": limit, "offset": offset, "order": "id"}
        return self.call(model, "search_read", domain=[], **options)

    def list_partners(self):
        return self.search_read(FIELDS, 10)

    def list_last_page(self):
        return self.search_read(FIELDS, 10, self.facts["last_offset"])

    def read_one(self):
        ids = [self.facts["partner"]]
        return self.call("res.partner", "read", ids=ids, fields=FIELDS)

    def create_one(self):
        return self.call("res.partner", "create", vals_list=[{"name": "Bench"}])

    def create_light(self):
        return self.call(LIGHT, "create", vals_list=[{"name": "Bench"}])

    def create_many(self):
        values = [{"name": "Bench"}] * MANY
        return self.call("res.partner", "create", vals_list=values)

    def list_lines(self):
        fields = LINE_FIELDS + LINE_RELATIONS
        return self.search_read(fields, 80, model="sale.order.line")

    def read_rows(self):
        return self.search_read(FIELDS, ROWS)

    def write_one(self):
        ids = [self.facts["partner"]]
        return self.call("res.partner", "write", ids=ids, vals={"comment": "Bench"})


class JsonRpc(Json2):
    """The same calls, through `execute_kw`, with the key in place of a password."""

    name = "JSON-RPC"
    path = "/jsonrpc"

    def call(self, model, method, **arguments):
        # What is no keyword there: the ids, and what is to be created.
        names = [name for name in ("ids", "vals_list") if name in arguments]
        args = [arguments.pop(name) for name in names]
        return self.service("object", "execute_kw", model, method, args, arguments)

    def service(self, service, method, *args):
        login = [self.facts["database"], self.facts["user"], self.facts["odoo_key"]]
        params = {"service": service, "method": method, "args": [*login, *args]}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return Request("POST", self.path, {}, body)

    def log_in(self):
        args = [self.facts["database"], "admin", "admin", {}]
        params = {"service": "common", "method": "authenticate", "args": args}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        return Request("POST", self.path, {}, body)


class XmlRpc(JsonRpc):
    name = "XML-RPC"

    def service(self, service, method, *args):
        login = [self.facts["database"], self.facts["user"], self.facts["odoo_key"]]
        return self.encode(f"/xmlrpc/2/{service}", method, [*login, *args])

    def log_in(self):
        args = [self.facts["database"], "admin", "admin", {}]
        return self.encode("/xmlrpc/2/common", "authenticate", args)

    @staticmethod
    def encode(path, method, args):
        body = xmlrpc.client.dumps(tuple(args), method).encode()
        return Request("POST", path, {"Content-Type": "text/xml"}, body)


class Fastapi(Contender):
    name = "OCA fastapi"
    is_counted = False
    mixed = None

    def ask(self, method, path, body=None):
        headers = {"api-key": self.facts["odoo_key"]}
        return Request(method, f"/bench_fastapi/partners{path}", headers, body)

    def list_partners(self):
        return self.ask("GET", "?limit=10")

    def list_last_page(self):
        return self.ask("GET", f"?limit=10&offset={self.facts['last_offset']}")

    def read_one(self):
        return self.ask("GET", f"/{self.facts['partner']}")

    def create_one(self):
        return self.ask("POST", "", {"name": "Bench"})

    def create_many(self):
        return self.ask("POST", "/many", [{"name": "Bench"}] * MANY)

    def read_rows(self):
        return self.ask("GET", f"?limit={ROWS}")


class BareController(Contender):
    """The ORM's method in a controller, without asking who calls."""

    name = "bare controller"
    mixed = None

    def list_partners(self):
        return Request("GET", "/bench/search_read?limit=10")

    def list_last_page(self):
        offset = self.facts["last_offset"]
        return Request("GET", f"/bench/search_read?limit=10&offset={offset}")

    def read_rows(self):
        return Request("GET", f"/bench/search_read?limit={ROWS}")

    def create(self, model, values):
        return Request("POST", f"/bench/create/{model}", {}, values)

    def create_one(self):
        return self.create("res.partner", {"name": "Bench"})

    def create_light(self):
        return self.create(LIGHT, {"name": "Bench"})

    def create_many(self):
        return self.create("res.partner", [{"name": "Bench"}] * MANY)


class Smallest(Contender):
    """A route that does nothing: all of it is Odoo, the socket and this client."""

    name = "smallest route"
    mixed = None

    def list_partners(self):
        return Request("GET", "/bench/smallest")


class Unsigned(Contender):
    """The same API route, but that it asks nobody who they are."""

    name = "base_api, nobody signed in"
    mixed = None

    def sign_in(self):
        return Request("GET", "/api/v2/bench/open")


CONTENDERS = (
    BaseApi,
    Unwatched,
    AuditedReads,
    BaseApiSession,
    Representation,
    FirstPage,
    Json2,
    JsonRpc,
    XmlRpc,
    Fastapi,
    BareController,
    Smallest,
    Unsigned,
)
