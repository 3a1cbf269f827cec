# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from werkzeug.datastructures import Headers, MultiDict
from werkzeug.http import quote_etag

from odoo import http

from ..auth.api_key import current_restrictions, describe_refusal
from ..calling.batches import parse_steps
from ..calling.references import Inserted, fill_body, fill_path
from ..calling.results import JsonConverter
from ..envelope import Answer, counted, secret_answer
from ..errors import (
    InvalidFilter,
    InvalidReference,
    InvalidStep,
    KeyRestricted,
    MethodNotAllowed,
    MethodNotFound,
    ModelNotFound,
    NotFound,
    RecordNotFound,
    ResultNotJson,
    Timeout,
)
from ..errors.details import MAX_DETAILS
from ..errors.write import AmbiguousKey, ExternalIdTaken, PreconditionFailed
from ..operations import call_schemas
from ..operations.binding import check_key
from ..operations.endpoints import allowed_methods, find_endpoint
from ..operations.operation import JsonContent, Operation
from ..operations.policies import STEP_POLICIES
from ..operations.route import api_route
from ..operations.runner import OperationController, run
from ..orm.scope import bound_scope
from ..orm.time_limits import set_reading
from ..orm.transactions import kept_open
from ..protocol.addresses import PREFIX
from ..protocol.etags import make_tag
from ..protocol.parameters import check_percent_encoding
from ..protocol.preferences import ECHOING, READING, current_preferences
from ..safety.dry_run import kept_headers
from ..safety.max_affected import Tally
from ..settings import bound

if TYPE_CHECKING:
    from ..calling.batches import Step
    from ..request_scope import RequestScope


# Errors of the steps, beyond those of any route with a body.
STEP_ERRORS = (
    AmbiguousKey,
    ExternalIdTaken,
    InvalidFilter,
    InvalidReference,
    InvalidStep,
    MethodNotAllowed,
    MethodNotFound,
    ModelNotFound,
    PreconditionFailed,
    RecordNotFound,
    ResultNotJson,
    Timeout,
)
WITH_PREFIX = f"No such endpoint: the path of a step does not include {PREFIX}"


class BatchController(OperationController, http.Controller):
    # Each step checks the key: a batch of reads needs only reading.
    @api_route(
        "/batch",
        methods=["POST"],
        answer=call_schemas.BATCH_RESULT,
        errors=STEP_ERRORS,
        body=call_schemas.BATCH_BODY,
        operation="read",
        preferences=tuple(dict.fromkeys(READING + ECHOING)),
        has_steps=True,
    )
    def run_batch(self, body: dict[str, Any]) -> Answer:
        """Run up to 100 requests in one transaction: all of them, or none."""
        scope: Any = bound_scope(self.env.cr)
        steps = parse_steps(body)
        if scope.admission:
            scope.admission.charge(len(steps))
        self._check_keys(steps, scope)
        with kept_open(self.env.cr, _refuse_end):
            results = self._run_steps(steps, scope)
            scope.step = None
            # Run what apps do before the commit, for all steps together.
            self.env.cr.flush()
        data = {"results": results, "count": len(results)}
        is_secret = any("Cache-Control" in item.get("headers", ()) for item in results)
        make_answer = secret_answer if is_secret else Answer
        return make_answer(data, f"Ran {counted(len(results), 'step')}")

    def _check_keys(self, steps: list[Step], scope: RequestScope) -> None:
        """Refuse a batch with all that the API key does not allow, not only the first.

        :raise KeyRestricted: the error of the first step, with one of `details` for
            each step
        """
        if not current_restrictions(self.env).limits_operations:
            return
        refused = []
        for step in steps:
            path = PREFIX + unquote(step.path.partition("?")[0])
            endpoint, args = find_endpoint(self.env, step.method, path)
            # Other steps are refused when they run; a reference may be the model.
            if endpoint is None or "{" in args.get("model_name", ""):
                continue
            try:
                check_key(self.env, Operation(endpoint, step.method, step.path, args))
            except KeyRestricted as exc:
                refused.append((step, exc))
        if refused:
            scope.step, first = refused[0]
            details = [
                entry | {"field": f"steps/{step.index}"}
                for step, exc in refused
                for entry in describe_refusal("", exc)
            ][:MAX_DETAILS]
            lacking = chain.from_iterable(exc.refused for _step, exc in refused)
            raise KeyRestricted(first.description, details, tuple(lacking))

    def _run_steps(
        self, steps: list[Step], scope: RequestScope
    ) -> list[dict[str, Any]]:
        answers: dict[
            Any, Any
        ] = {}  # name of a step -> its data, for those that refer to it
        inserted = Inserted(bound(self.env, "max_members"), scope.max_body_bytes)
        results = []
        # The size of the values was counted when they were read (AnswerSize).
        converter = JsonConverter()
        # max-affected counts all steps together.
        scope.tally = Tally()
        for step in steps:
            # Errors from here on belong to this step.
            scope.step = step
            with kept_open(self.env.cr, _refuse_end):
                answer = self._run_step(step, answers, inserted, scope)
                # Check the constraints that depend on the database now.
                self.env.flush_all()
            set_reading(self.env.cr, False)
            answers[step.name] = converter.convert(answer.data)
            results.append(self._describe(step, answer, answers[step.name]))
        return results

    def _run_step(
        self,
        step: Step,
        answers: dict[str, Any],
        inserted: Inserted,
        scope: RequestScope,
    ) -> Answer:
        operation = self._read_operation(step, answers, inserted)
        set_reading(self.env.cr, operation.routing["readonly"])
        return run(self.env, operation, scope, STEP_POLICIES)

    def _read_operation(
        self, step: Step, answers: dict[str, Any], inserted: Inserted
    ) -> Operation:
        """Return the `Operation` of a step, with its references replaced."""
        path, _, query = fill_path(step.path, answers).partition("?")
        endpoint, args = self._find_endpoint(step.method, PREFIX + unquote(path))
        step.check_headers(endpoint.routing["parameters"])
        check_percent_encoding(query.encode())
        body = step.body
        if body is not None and endpoint.routing["body"]:
            body = fill_body(body, answers, inserted)
        return Operation(
            endpoint,
            step.method,
            step.path,
            args,
            MultiDict(parse_qsl(query, keep_blank_values=True)),
            Headers(step.headers),
            JsonContent(body),
        )

    def _find_endpoint(self, method: str, path: str) -> tuple[Any, Any]:
        endpoint, args = find_endpoint(self.env, method, path)
        if endpoint is None:
            if allowed := allowed_methods(self.env, path):
                raise MethodNotAllowed(method, allowed)
            raise NotFound(WITH_PREFIX if path.startswith(PREFIX * 2) else None)
        if not endpoint.routing.get("batch"):
            raise InvalidStep(f"{method} {path[:80]} is not possible in a batch")
        return endpoint, args

    def _describe(
        self, step: Step, answer: Answer, data: dict[str, Any]
    ) -> dict[str, Any]:
        result = {"id": step.id, "status": int(answer.status), "data": data}
        headers = dict(answer.headers)
        if answer.version:
            content = json.dumps(data).encode()
            headers["ETag"] = quote_etag(make_tag(content, answer.version))
        if current_preferences(self.env).dry_run:
            headers = kept_headers(headers)
        return result | ({"headers": headers} if headers else {})


def _refuse_end(what: str) -> InvalidStep:
    return InvalidStep(f"A step {what}: send it as a request of its own")
