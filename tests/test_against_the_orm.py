# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random queries find what Odoo's own ORM finds, for callers of different rights.

The ORM answers through the door of Odoo's web client, as the same user.
"""

import json
from dataclasses import dataclass, field

import pytest
import requests
from backstage import variable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

# What is searched and sorted by: paths of each model.
PATHS = {
    "res.partner": (
        "name ref email color is_company active create_date country_id parent_id "
        "user_id type category_id country_id.code parent_id.country_id.code "
        "category_id.name child_ids.name id"
    ),
    "sale.order": (
        "name client_order_ref amount_total date_order validity_date partner_id "
        "user_id team_id state require_signature partner_id.country_id.code "
        "partner_id.name order_line.product_id.default_code order_line.price_unit "
        "create_date id"
    ),
    "sale.order.line": (
        "name price_unit product_uom_qty price_total order_id product_id state "
        "create_date display_type order_id.name order_id.partner_id.country_id.code "
        "product_id.default_code id"
    ),
    "product.template": (
        "name default_code list_price sale_ok type categ_id color active "
        "categ_id.name product_variant_ids.default_code create_date id"
    ),
    "crm.lead": (
        "name email_from expected_revenue probability type priority stage_id team_id "
        "user_id partner_id country_id date_deadline create_date stage_id.name "
        "country_id.code partner_id.country_id.code tag_ids tag_ids.name active id"
    ),
    "hr.employee": (
        "name work_email job_title department_id parent_id color create_date active "
        "department_id.name parent_id.name id"
    ),
}
WHOLE = 1000  # records: more than any of these models has
SYMBOLS = {
    "eq": "=",
    "ne": "!=",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "in": "in",
    "nin": "not in",
    "like": "like",
    "ilike": "ilike",
    "child_of": "child_of",
}
HIERARCHIES = ("res.partner", "res.partner.category", "product.category")
EQUAL = ("eq", "ne", "in", "nin")
NUMBER = (*EQUAL, "gt", "gte", "lt", "lte", "between")
TEXT = (*EQUAL, "like", "ilike", "startswith", "endswith", "is_set")
DATE = ("gt", "gte", "lt", "lte", "between", "is_set")
RECORDS = (*EQUAL, "is_set", "child_of")
OPERATORS = {
    "boolean": EQUAL,
    "integer": NUMBER,
    "float": NUMBER,
    "monetary": NUMBER,
    "date": (*DATE, *EQUAL),
    "datetime": (*DATE, *EQUAL),
    "char": (*TEXT, "gt", "gte", "lt", "lte", "between"),
    "text": TEXT,
    "selection": (*EQUAL, "is_set"),
    "many2one": RECORDS,
    "many2many": RECORDS,
}
# Values of no record, or with a meaning of their own.
CORNERS = {
    "boolean": [True, False],
    "integer": [0, -1, 1, 2**31 - 1],
    "float": [0, -0.5, 0.1, 1e9],
    "monetary": [0, -0.5, 0.1, 1e9],
    "date": ["2026-02-28", "1999-12-31", "2100-01-01"],
    "datetime": ["2026-02-28", "2100-01-01", "1999-12-31 23:59:59"],
    "char": ["%", "_", "a,b", 'a"b', "\\x", "é", "false", "0", " "],
    "text": ["%", "_", "a,b", "é"],
    "many2one": [2**31 - 1],
}
BOUNDED = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Refused(Exception):
    """The ORM says that the user has no access."""


class Orm:
    """Speaks to the models as one user, with a session of the web client."""

    def __init__(self, url, login):
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        database = variable("BASE_API_DATABASE")
        params = {"db": database, "login": login, "password": login}
        self.send("/web/session/authenticate", params)
        self.context = {}
        self.context = self.call("res.users", "context_get")

    def send(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.http.post(self.url + path, json=body, timeout=60).json()
        if "error" in answer:
            error = answer["error"]["data"]
            if error["name"] == "odoo.exceptions.AccessError":
                raise Refused(error["message"])
            raise AssertionError(error["debug"])
        return answer["result"]

    def call(self, model, method, *args, **options):
        params = {"model": model, "method": method, "args": args, "kwargs": options}
        options["context"] = self.context
        return self.send("/web/dataset/call_kw", params)

    def find(self, model, domain, fields, order="id", **options):
        """Return the rows that the ORM finds, or nothing where it refuses."""
        options |= {"fields": fields, "order": order}
        try:
            return self.call(model, "search_read", domain, **options)
        except Refused:
            return None


@dataclass
class Caller:
    """One user at both doors."""

    login: str
    client: object
    orm: Orm
    visible: dict = field(default_factory=dict)

    def __repr__(self):
        return self.login

    def ask(self, model, verb="GET", **query):
        """Return the data that the API answers, or nothing where it refuses."""
        if verb == "GET":
            sent = {"params": query}
        else:
            sent = {"body": query}
        answer = self.client.call(verb, f"/search/{model}", **sent)
        if answer.status_code == 403:
            return None
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def reads(self, model):
        return self.orm.find(model, [], ["id"], limit=1) is not None

    def ids(self, model):
        """Return some ids that the user sees.

        What is behind others is hidden by the API, unlike by the ORM.
        """
        if model not in self.visible:
            rows = self.orm.find(model, [], ["id"], limit=20)
            self.visible[model] = [row["id"] for row in rows or ()] or [1]
        return self.visible[model]


@dataclass
class Path:
    """What a condition is about."""

    name: str
    type: str
    comodel: str
    behind: list  # models that the path leads to
    stored: bool
    values: list


@pytest.fixture(scope="module")
def callers(url, admin, demo, portal):
    clients = {"admin": admin, "demo": demo, "portal": portal}
    server = url.removesuffix("/api/v2")
    return [
        Caller(login, client, Orm(server, login)) for login, client in clients.items()
    ]


@pytest.fixture(scope="module")
def paths(callers):
    """The paths of each model, with values that records have."""
    orm, known = callers[0].orm, {}

    def describe(model, name):
        *hops, last = name.split(".")
        behind = []
        for hop in hops:
            model = fields(model)[hop]["relation"]
            behind.append(model)
        about = fields(model)[last]
        rows = orm.find(model, [[last, "!=", False]], [last], limit=40)
        values = [row[last] for row in rows]
        if about["type"] == "many2one":
            values = [value[0] for value in values]
        if about["type"] == "selection":
            values = [key for key, _label in about["selection"]]
        if about["type"] == "many2many":
            values = []
        values += CORNERS.get(about["type"], [])
        relation = about.get("relation", "")
        stored = about["store"] and not hops and about["type"] != "many2many"
        behind += [relation] if relation else []
        return Path(name, about["type"], relation, behind, stored, values)

    def fields(model):
        if model not in known:
            known[model] = orm.call(model, "fields_get")
        return known[model]

    return {
        model: [describe(model, name) for name in names.split()]
        for model, names in PATHS.items()
    }


def as_text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else repr(value)


def as_list(values):
    quoted = (as_text(value).replace('"', '""') for value in values)
    return ",".join(f'"{text}"' for text in quoted)


def part_of(draw, text):
    start = draw(st.integers(0, max(0, len(text) - 1)))
    return text[start : start + draw(st.integers(1, 6))]


@st.composite
def conditions(draw, caller, paths):
    """A condition in both forms: name and text of a filter, and a domain."""
    path = draw(st.sampled_from(paths))
    operator = draw(st.sampled_from(OPERATORS[path.type]))
    if operator == "child_of" and path.comodel not in HIERARCHIES:
        operator = "in"
    name = f"{path.name}__{operator}"
    if operator == "is_set":
        wanted = draw(st.booleans())
        return (name, as_text(wanted)), [[path.name, "!=" if wanted else "=", False]]
    values = path.values
    if operator == "child_of" or path.type == "many2many":
        values = caller.ids(path.comodel)
    value = st.sampled_from(values)
    if operator in ("in", "nin", "child_of"):
        value = draw(st.lists(value, min_size=1, max_size=4))
        return (name, as_list(value)), [[path.name, SYMBOLS[operator], value]]
    value = draw(value)
    if operator == "between":
        high = draw(st.sampled_from(values))
        domain = [[path.name, ">=", value], [path.name, "<=", high]]
        if "." in path.name:  # both of the same record
            *hops, last = path.name.split(".")
            inner = [[last, ">=", value], [last, "<=", high]]
            domain = [[".".join(hops), "any", inner]]
        return (name, as_list([value, high])), domain
    if operator in ("like", "ilike", "startswith", "endswith"):
        value = part_of(draw, value)
        if operator in SYMBOLS:
            return (name, value), [[path.name, SYMBOLS[operator], value]]
        exact = value.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        pattern = f"{exact}%" if operator == "startswith" else f"%{exact}"
        return (name, value), [[path.name, "=like", pattern]]
    if operator == "eq" and draw(st.booleans()):
        name = path.name
    return (name, as_text(value)), [[path.name, SYMBOLS[operator], value]]


def domains(caller, paths):
    """A domain of conditions behind ``&``, ``|`` and ``!``."""
    leaf = conditions(caller, paths).map(lambda both: both[1])
    leaf = leaf.map(lambda domain: ["&"] * (len(domain) - 1) + domain)
    return st.recursive(
        leaf,
        lambda inner: (
            st.tuples(st.sampled_from("&|"), inner, inner).map(
                lambda parts: [parts[0], *parts[1], *parts[2]]
            )
            | inner.map(lambda domain: ["!", *domain])
        ),
        max_leaves=5,
    )


def orders(caller, paths):
    """An order that ends in the id.

    The ORM sorts by records that the caller may not read, which the API refuses.
    """
    names = [
        path.name
        for path in paths
        if path.stored
        and path.name != "id"
        and (not path.comodel or caller.reads(path.comodel))
    ]
    ways = st.sampled_from(
        ["", " desc", " asc", " nulls first", " desc nulls last", " desc nulls first"]
    )
    parts = st.tuples(st.sampled_from(names), ways).map("".join)
    last = st.sampled_from(["id", "id desc"])
    unique = st.lists(parts, max_size=3, unique_by=lambda part: part.split()[0])
    return st.tuples(unique, last).map(lambda both: ",".join([*both[0], both[1]]))


def draw_caller(data, callers):
    """A caller and a model."""
    model = data.draw(st.sampled_from(list(PATHS)))
    # To colleagues the ORM sorts employees by the columns of another model,
    # hr.employee.public, and reads some fields in fetch() but not in search_fetch().
    some = callers[:1] if model == "hr.employee" else callers
    return data.draw(st.sampled_from(some)), model


def fields_of(paths):
    return [path.name for path in paths if "." not in path.name]


def compare(rows, data, may_refuse=False):
    """Check that both doors show the same, or that both are shut."""
    if data is None:
        assert rows is None or may_refuse
        return
    assert rows is not None
    assert [row["id"] for row in data["records"]] == [row["id"] for row in rows]
    assert data["records"] == rows


def is_behind(caller, paths, domain):
    """Whether a domain leads over records of a model that the caller may not read.

    That is always refused by the API; by the ORM only if it needs the records.
    """
    names = tuple(leaf[0] for leaf in domain if isinstance(leaf, list))
    models = {
        model for path in paths if path.name.startswith(names) for model in path.behind
    }
    return not all(caller.reads(model) for model in models)


def test_filters(callers, paths):
    @BOUNDED
    @given(st.data())
    def ask(data):
        caller, model = draw_caller(data, callers)
        some = data.draw(
            st.lists(conditions(caller, paths[model]), min_size=1, max_size=2)
        )
        filters, domain = {}, []
        for (name, text), leaves in some:
            filters.setdefault(name, []).append(text)
            domain += leaves
        fields = fields_of(paths[model])
        answer = caller.ask(
            model, fields=",".join(fields), order="id", limit=WHOLE, **filters
        )
        rows = caller.orm.find(model, domain, fields, limit=WHOLE)
        compare(
            rows, answer, answer is None and is_behind(caller, paths[model], domain)
        )

    ask()


def test_domains(callers, paths):
    @BOUNDED
    @given(st.data())
    def ask(data):
        caller, model = draw_caller(data, callers)
        domain = data.draw(domains(caller, paths[model]))
        fields = fields_of(paths[model])
        query = {"order": "id", "limit": WHOLE}
        if data.draw(st.booleans()):
            answer = caller.ask(model, "POST", domain=domain, fields=fields, **query)
        else:
            query |= {"domain": json.dumps(domain), "fields": ",".join(fields)}
            answer = caller.ask(model, **query)
        rows = caller.orm.find(model, domain, fields, limit=WHOLE)
        compare(
            rows, answer, answer is None and is_behind(caller, paths[model], domain)
        )

    ask()


def test_orders_and_pages(callers, paths):
    @BOUNDED
    @given(st.data())
    def ask(data):
        caller, model = draw_caller(data, callers)
        order = data.draw(orders(caller, paths[model]))
        limit, offset = data.draw(st.integers(1, 60)), data.draw(st.integers(0, 60))
        page = {"limit": limit, "offset": offset, "order": order}
        answer = caller.ask(model, fields="id,display_name", **page)
        rows = caller.orm.find(model, [], ["id", "display_name"], **page)
        compare(rows, answer)
        if rows is not None:
            assert answer["total_count"] == caller.orm.call(model, "search_count", [])

    ask()


def test_pages_by_cursor(callers, paths):
    @BOUNDED
    @given(st.data())
    def ask(data):
        caller, model = draw_caller(data, callers)
        order = data.draw(orders(caller, paths[model]))
        domain = data.draw(st.just([]) | domains(caller, paths[model]))
        rows = caller.orm.find(model, domain, ["id"], order, limit=WHOLE)
        size = max(1, len(rows or ()) // data.draw(st.integers(1, 6)))
        query = {"domain": domain, "order": order, "limit": size, "fields": ["id"]}
        answer = caller.ask(model, "POST", **query)
        if answer:
            page = answer
            while "next_cursor" in page:
                page = caller.ask(model, "POST", cursor=page["next_cursor"], **query)
                answer["records"] += page["records"]
        compare(
            rows, answer, answer is None and is_behind(caller, paths[model], domain)
        )

    ask()
