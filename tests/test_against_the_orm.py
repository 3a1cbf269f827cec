# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random queries find what Odoo's own ORM finds, for callers of different rights.

The ORM answers through the door of Odoo's web client, as the same user.
"""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from orm_caller import Caller, Orm
from orm_queries import CORNERS, Path, conditions, domains, orders

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
BOUNDED = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


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
