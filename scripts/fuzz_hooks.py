# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hooks of schemathesis for `make fuzz`, see `scripts/fuzz.py`.

They run in the environment of schemathesis.
https://schemathesis.readthedocs.io/en/stable/guides/extending/
"""

import json
import os
import zlib

import schemathesis

import api
import fuzz_account
import fuzz_known

PLAN = json.loads(os.environ["BASE_API_FUZZ"])
LOG = open(PLAN["log"], "a", buffering=1)  # noqa: SIM115
with open(PLAN["document"]) as file:
    KNOWN = fuzz_known.Known(PLAN, json.load(file)["components"]["schemas"])
# Operations that end the session which they are sent with.
ENDING = ("POST /auth/logout", "POST /auth/refresh")


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Let the examples of variables in paths be values that exist."""
    for parameter in raw_schema["components"]["parameters"].values():
        if parameter["in"] == "path" and parameter["name"] in PLAN["words"]:
            parameter["example"] = str(PLAN["words"][parameter["name"]][0])


@schemathesis.hook
def before_call(context, case, kwargs):
    """Let most valid cases find and write records, and keep the credential alive."""
    meta = case.meta
    if meta and meta.generation.mode.is_positive:
        # The same for the same seed.
        parts = repr((case.path_parameters, case.query, case.body))
        number = zlib.crc32(parts.encode(errors="replace"))
        # Stateful cases go on with the records that they made.
        KNOWN.fill(case, number, meta.phase.name.value != "stateful")
    parameters = case.path_parameters or {}
    for name, own in PLAN["own"].items():
        if str(parameters.get(name)) == str(own):
            parameters[name] = PLAN["decoys"][name]
    headers = case.headers or {}
    own = PLAN["credential"].get("session-token")
    if case.operation.label in ENDING and own and headers.get("session-token") == own:
        login, password = PLAN["login"], fuzz_account.PASSWORD
        headers.update(api.log_in(PLAN["url"], login, password))


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Drop a failure that is none by the contract.

    With `atomic=false` the answer is a success, with an error for each rejected item.
    """
    if type(failure).__name__ != "AcceptedNegativeData":
        return True
    data = response.json()["data"]
    rows = data.get("results", ()) if isinstance(data, dict) else ()
    return not any("error" in row for row in rows)


@schemathesis.hook
def after_call(context, case, response):
    """Note each request to the operation, for the counts at the end."""
    operation = case.operation
    if response.request.method == operation.method.upper():  # not to test a 405
        row = {"operation": operation.label, "status": response.status_code}
        LOG.write(json.dumps(row) + "\n")
