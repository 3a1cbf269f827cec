# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The methods of typed models, which take keyword filters."""

from __future__ import annotations

from .field_types import Names

# Parameter -> its declaration; a field of that name is filtered by with F.
_PARAMETERS = {
    "target": "target: Target",
    "conditions": "*conditions: Condition | BaseField",
    "format": 'format: Literal["ndjson", "csv", "parquet"] = "ndjson"',
    "fields": "fields: {name}Projection | None = None",
    "columns": "fields: {name}Projection",
    "groupby": "groupby: str | Iterable[str] | None = None",
    "measures": "measures: str | Iterable[str] | None = None",
    "domain": "domain: Condition | Domain | None = None",
    "order": "order: str | Iterable[str] | None = None",
    "limit": "limit: int | None = None",
    "offset": "offset: int | None = None",
    "cursor": "cursor: str | None = None",
    "count": 'count: Literal["exact", "estimated", "none"] = "none"',
    "page_size": "page_size: int = 500",
    "progress": "progress: Progress | None = None",
    "options": "options: ReadArguments | None = None",
}
RESERVED = frozenset(_PARAMETERS) | {"self", "filters"}
# Method -> its parameters, what it returns, and the same of async generators.
_METHODS: dict[str, tuple[str, str, str | None]] = {
    "search": (
        "conditions fields domain order limit offset options",
        "list[{name}Record]",
        None,
    ),
    "page": (
        "conditions fields domain order limit cursor count options",
        "Page[{name}Record]",
        None,
    ),
    "iterate": (
        "conditions fields domain order page_size options",
        "Iterator[{name}Record]",
        "AsyncIterator[{name}Record]",
    ),
    "count": ("conditions domain", "int", None),
    "aggregate": (
        "conditions groupby measures domain order limit offset",
        "list[dict[str, Any]]",
        None,
    ),
    "export": (
        "target conditions format fields domain order limit progress options",
        "int",
        None,
    ),
    "export_records": (
        "conditions fields domain order limit progress options",
        "Generator[{name}Record, None, None]",
        "AsyncGenerator[{name}Record, None]",
    ),
    "to_pandas": (
        "conditions columns domain order limit",
        "PandasFrame",
        None,
    ),
    "to_polars": (
        "conditions columns domain order limit",
        "PolarsFrame",
        None,
    ),
}
_IGNORE = "  # type: ignore[override]"
# The name of any other model is a str, too.
_OVERLAP = "  # type: ignore[overload-overlap]"


def write_model(name: str) -> str:
    """Return the classes of a model, which exist for type checkers only.

    :param name: of its classes, without suffix
    """
    models = {"Model": False, "AsyncModel": True}
    lines = ["if TYPE_CHECKING:"]
    for base, is_async in models.items():
        types = f"{name}Record, {name}Values, {name}Projection"
        lines += ["", f"    class {name}{base}({base}[{types}]):"]
        lines += ["        @property"]
        lines += [f"        def f(self) -> {name}Fields: ...{_IGNORE}"]
        for method, (names, result, generator) in _METHODS.items():
            parameters = ", ".join(_PARAMETERS[item] for item in names.split())
            returned = generator if is_async and generator else result
            start = "async def" if is_async and not generator else "def"
            text = (
                f"        {start} {method}(self, {parameters}, "
                f"**filters: Unpack[{{name}}Filters]) -> {returned}: ...{_IGNORE}"
            )
            lines.append(text.replace("{name}", name))
    lines += ["", "else:"]
    lines += [f"    {name}{base} = {base}" for base in models]
    return "\n".join(lines)


def write_clients(names: Names) -> str:
    """Return the clients, which know their models by name."""
    return "\n\n\n".join(
        _write_client(client, base, names)
        for client, base in (("Client", "Model"), ("AsyncClient", "AsyncModel"))
    )


def _write_client(client: str, base: str, names: Names) -> str:
    lines = [
        f"class {client}(base_api_client.{client}):",
        f'    """The same as `base_api_client.{client}`, with typed models."""',
        "",
        "    if TYPE_CHECKING:",
    ]
    for model, name in names.items():
        lines.append("        @overload")
        lines.append(
            f"        def __getitem__(self, name: Literal[{model!r}])"
            f" -> {name}{base}: ...{_OVERLAP}"
        )
    lines.append("        @overload")
    lines.append(f"        def __getitem__(self, name: str) -> {base}: ...")
    lines.append("        def __getitem__(self, name: str) -> Any: ...")
    return "\n".join(lines)
