# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make fuzz`: random requests to every operation of the OpenAPI document.

schemathesis makes them from the document that the server itself answers with, and
compares each answer with it. `--quick` sends at least 200, `--seed N` other ones.
"""

import argparse
import contextlib
import json
import os

import api
import clients
import console
import database
import environment
import fuzz_account as account
import fuzz_plan
import fuzz_result
import paths
import postgres
import process
import server
import settings
import testbed

VENV = paths.STATE / "fuzz"
FOLDER = paths.STATE / "fuzz-run"
SETTINGS = paths.ROOT / "scripts" / "schemathesis.toml"
SEED = 20_261_127


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="at least 200 requests")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random requests")
    arguments = parser.parse_args()
    paths.make_state()
    run(arguments.quick, arguments.seed)


def run(quick=False, seed=SEED):
    """Fuzz a server of its own, in a database that is dropped afterwards.

    :raise console.Problem: a failure, or less was tried than promised
    """
    FOLDER.mkdir(exist_ok=True)
    with paths.lock("fuzz.lock", wait=False):
        environment.ensure(VENV, "requirements-fuzz.txt")
        console.say(f"The seed is {seed}")
        with serving() as url:
            results = fuzz_all(url, quick, seed)
    fuzz_result.check(results, quick)


@contextlib.contextmanager
def serving():
    """Serve a new database with two workers; yield the address of its API."""
    databases = database.Databases(postgres.ensure())
    name = f"{settings.database()}_fuzz"
    odoo = server.Server(FOLDER)
    odoo.stop()
    with paths.lock():
        databases.make_from_template(name)
    try:
        port = server.free_port(testbed.first_port() + 500)
        ports = {"http_port": port, "gevent_port": server.free_port(port + 1)}
        options = databases.options | database.common(name) | ports | {"workers": 2}
        # Where Odoo looks for programs after the PATH.
        options["bin_path"] = clients.wkhtmltopdf()
        odoo.start(options, prepare=server.die_with_parent)
        yield f"{odoo.url}/api/v2"
    finally:
        odoo.stop_silently()
        databases.drop(name)


def fuzz_all(url, quick, seed):
    """Do all runs, which share users and records."""
    admin = api.administrator(url)
    account.allow_wrong_credentials(admin)
    records = account.make_records(admin)
    shared = {
        "url": url,
        "of_models": fuzz_plan.of_models(admin, records),
        "ids": account.related_ids(admin) | records,
    }
    runs = [fuzz_plan.with_key(admin), fuzz_plan.with_session(admin)]
    results = [fuzz_result.Result(run.name, FOLDER) for run in runs]
    pairs = list(zip(runs, results, strict=True))
    children = [start(*pair, shared, quick, seed) for pair in pairs]
    with console.Step("Fuzzing") as step:
        while any([process.wait(child, 0.5) is None for child in children]):
            step.tick(f"{sum(result.count() for result in results)} requests")
    for run, result in pairs:
        result.credential_lives = api.Client(url, run.credential).is_signed_in()
    return results


def start(run, result, shared, quick, seed):
    """Start schemathesis for one run; return the process.

    :param run: a `fuzz_plan.Run`
    :param shared: what all hooks have to know
    """
    result.clear()
    url = shared["url"]
    document = api.Client(url, run.credential).send("GET", run.document)
    result.document.write_bytes(document)
    conf = FOLDER / f"{run.name}.toml"
    paths.write(conf, SETTINGS.read_text() + run.settings(), 0o600)
    command = [VENV / "bin" / "schemathesis", "--config-file", conf]
    command += ["run", result.document, "--url", url, "--seed", seed]
    command += ["--report-json-path", result.report, *fuzz_plan.extent(quick)]
    known = {"document": str(result.document), "log": str(result.requests)}
    variables = os.environ | {
        "BASE_API_FUZZ": json.dumps(known | shared | run.known()),
        "PYTHONPATH": str(paths.ROOT / "scripts"),
    }
    options = {"preexec_fn": process.die_with_parent, "env": variables, "cwd": FOLDER}
    with open(result.log, "wb") as output:
        return process.start(command, stdout=output, **options)


if __name__ == "__main__":
    console.main(main)
