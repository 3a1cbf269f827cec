# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Binary fields, attachments and reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..files import Source, make_part, read_file
from ..messages import Answer, Call, make_request
from ..references import Id, path_id
from ..typing import WriteArguments
from .parts import join
from .writing import WriteOptions, as_ids

__all__ = ["attach", "binary_path", "read_file", "report_path"]


def binary_path(model: str, record: Id, field: str) -> str:
    return join("binary", model, path_id(record), field)


def report_path(name: str, ids: Id | Sequence[Id]) -> str:
    return join("report", name, ",".join(path_id(item) for item in as_ids(ids)))


def attach(
    sources: Sequence[Source],
    model: str | None,
    record: int | None,
    description: str | None,
    public: bool,
    options: WriteArguments,
) -> Call[list[dict[str, Any]]]:
    form = {"res_model": model, "description": description}
    form["res_id"] = None if record is None else str(record)
    form["public"] = "true" if public else None
    request = make_request(
        "POST",
        "/attachments",
        files=[make_part(source) for source in sources],
        form={name: value for name, value in form.items() if value is not None},
        headers=WriteOptions(**options).headers(),
    )
    return Call(request, _read_attachments)


def _read_attachments(answer: Answer) -> list[dict[str, Any]]:
    data = answer.data
    records: list[dict[str, Any]] = data.get("records") or [data["record"]]
    return records
