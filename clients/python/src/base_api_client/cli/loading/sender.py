# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests that write a chunk of records."""

from collections.abc import Sequence
from typing import Any

from base_api_client import Client

from .failure import Failure, read_error
from .operation import Operation

Record = tuple[int, dict[str, Any]]


class Sender:
    """Writes records, each with the number of its row."""

    def __init__(self, client: Client, operation: Operation) -> None:
        self._client = client
        self._operation = operation

    def send(self, records: Sequence[Record], key: str) -> dict[str, int]:
        """Write all records or none; return how many were created, and so on.

        :raises ApiError: if a record is refused
        """
        headers = {"Idempotency-Key": key, "Prefer": "return=minimal"}
        return self._operation.count(self._request(records, headers, {}))

    def send_split(
        self, records: Sequence[Record], key: str
    ) -> tuple[dict[str, int], list[Failure]]:
        """Write each record for itself; return the numbers, and those that failed."""
        headers = {"Idempotency-Key": f"{key}-split", "Prefer": "return=minimal"}
        data = self._request(records, headers, {"atomic": "false"})
        return self._operation.count(data), _failures(records, data)

    def try_out(
        self, records: Sequence[Record]
    ) -> tuple[dict[str, int], list[Failure], list[dict[str, Any]]]:
        """Write nothing; return the numbers, what would fail, and what would change."""
        headers = {"Prefer": "return=minimal, dry-run"}
        data = self._request(records, headers, {"atomic": "false"})
        changes: list[dict[str, Any]] = data["changes"]
        return self._operation.count(data), _failures(records, data), changes

    def _request(
        self, records: Sequence[Record], headers: dict[str, str], params: dict[str, str]
    ) -> dict[str, Any]:
        operation = self._operation
        body = [operation.body(record) for _, record in records]
        answer = self._client.request(
            operation.method,
            operation.path,
            params=operation.params | params,
            json=body,
            headers=headers,
        )
        data: dict[str, Any] = answer.data
        return data


def _failures(records: Sequence[Record], data: dict[str, Any]) -> list[Failure]:
    return [
        read_error(result["error"], row, index)
        for index, ((row, _), result) in enumerate(
            zip(records, data["results"], strict=True)
        )
        if not result["success"]
    ]
