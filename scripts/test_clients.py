# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make test-clients`: what is made from the description of the API, on a live server.

Every check runs to its end; with names, only these:

    test_clients.py [--quick] [name ...]

`--quick` describes few models and leaves out what takes long. The server is that of
`make test`, with its data.
"""

import sys
import time
from functools import partial

import api
import console
import descriptions
import fuzz
import python_client
import second_factor
import settings
import testbed
import typescript_client
from generators import Generators


def checks(generators, variables, quick):
    """The checks by name: functions that raise a Problem."""
    return {
        "validator": generators.validator,
        "redocly": generators.redocly,
        "openapi-typescript": generators.openapi_typescript,
        "hey-api": generators.hey_api,
        "openapi-python-client": generators.openapi_python_client,
        "typescript": partial(typescript_client.check, variables, quick),
        "python": partial(python_client.check, variables, quick),
        # On a server of its own, whose database is dropped.
        "schemathesis": partial(fuzz.run, quick),
    }


def main():
    words = sys.argv[1:]
    quick = "--quick" in words
    wanted = [word for word in words if word != "--quick"]
    with testbed.serving(("test",), reuse=True) as odoo:
        admin = api.administrator(f"{odoo.url}/api/v2")
        key = admin.make_key(api.ADMINISTRATOR, name="Tests")
        variables = {"BASE_API_URL": admin.url, "BASE_API_KEY": key}
        variables |= second_factor.make_user(admin, settings.read(odoo.conf))
        models = descriptions.MODELS[: descriptions.FEW if quick else None]
        documents = [
            descriptions.fetch(admin, "generic"),
            descriptions.fetch(admin, "models", models),
        ]
        generators = Generators(documents, variables)
        generators.ensure()
        return run(checks(generators, variables, quick), wanted)


def run(known, wanted):
    """Run the wanted checks, or all; a Problem with the names of those that failed."""
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise console.Problem(f"No checks: {unknown}. There are: {', '.join(known)}")
    failed = [name for name in wanted or known if not succeeds(name, known[name])]
    if failed:
        raise console.Problem(f"Failed: {', '.join(failed)}")


def succeeds(name, check):
    console.say(f"\n{name}")
    start = time.monotonic()
    try:
        check()
    except console.Problem as problem:
        console.say(f"{problem}")
        return False
    console.say(f"{name}: passed, {time.monotonic() - start:.0f} s")
    return True


if __name__ == "__main__":
    console.main(main)
