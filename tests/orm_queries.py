# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random conditions, domains and orders, as the API and as the ORM take them."""

from dataclasses import dataclass

from hypothesis import strategies as st

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


@dataclass
class Path:
    """What a condition is about."""

    name: str
    type: str
    comodel: str
    behind: list  # models that the path leads to
    stored: bool
    values: list


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
    """A domain of conditions behind `&`, `|` and `!`."""
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
