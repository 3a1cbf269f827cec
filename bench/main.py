# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make bench`: base_api beside every other way into Odoo, on the same server.

main.py           the whole benchmark; writes bench/results.md, .json and .svg
main.py --runs 3  the same three times: all figures are of the last, targets of each
main.py --soak    100,000 requests at the end: does anything grow?
main.py --quick   under two minutes, prints only, and fails if a figure is far off
main.py --only X  one workload, prints only
"""

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "scripts"), str(HERE.parent / ".odoo/bench/packages")]

import contenders  # noqa: E402
import http_client  # noqa: E402
import measure  # noqa: E402
import plot  # noqa: E402
import report  # noqa: E402
import targets  # noqa: E402
from workloads import WORKLOADS  # noqa: E402

import console  # noqa: E402
import database  # noqa: E402
import odoo_source  # noqa: E402
import paths  # noqa: E402
import postgres  # noqa: E402
import server  # noqa: E402
import settings  # noqa: E402

FOLDER = paths.BENCH
PACKAGES = paths.BENCH / "packages"
MODES = {targets.THREADED: 0, targets.PREFORK: 2}
SOAK = 100_000  # requests


def main():
    options = parse_arguments()
    # For the servers that are started from here too.
    os.environ["PYTHONPATH"] = str(PACKAGES)
    with paths.lock("bench.lock", wait=False):
        odoo = BenchServer(FOLDER)
        odoo.stop()
        with paths.lock():
            odoo.options = prepare_database()
        try:
            runs = [
                run(odoo, prepare_facts(odoo), options, number == options.runs)
                for number in range(1, options.runs + 1)
            ]
        finally:
            odoo.stop_silently()
    results = runs[-1] | {"targets": targets.evaluate(runs)}
    text = report.markdown(results)
    console.say(text)
    if not (options.quick or options.only):
        (HERE / "results.md").write_text(text)
        (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
        plot.draw(results, HERE / "results.svg")
    elif options.quick and (failures := targets.failures(runs)):
        raise console.Problem("\n".join(failures))


def parse_arguments():
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--quick", action="store_true", help="the main figures only")
    parser.add_argument("--only", help="one workload, by its name in workloads.py")
    parser.add_argument("--runs", type=int, default=1, help="how often to measure")
    parser.add_argument("--soak", action="store_true", help=f"{SOAK:,} requests too")
    return parser.parse_args()


class BenchServer(server.Server):
    """An Odoo that can be started in several ways."""

    def start_with(self, workers):
        port = server.free_port(server.FIRST_PORT + 300)
        ports = {"http_port": port, "gevent_port": server.free_port(port + 1)}
        limits = {"limit_time_real": 1200, "limit_time_cpu": 1200}
        limits["limit_request"] = 10**9  # no worker retires while it is measured
        limits["db_maxconn"] = 64  # Odoo's default: 16 clients take up to two each
        super().start(
            self.options | ports | limits | {"workers": workers},
            prepare=server.die_with_parent,
        )

    def processes(self):
        """The ids of the processes that answer: this one, or its workers."""
        pid = int(self.pid_file.read_text())
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]


def prepare_database():
    """Make the database once; return Odoo's options to reach it."""
    databases = database.Databases(postgres.ensure())
    name = f"{settings.database()}_bench"
    options = databases.options | database.common(name)
    options["addons_path"] += f",{HERE / 'addons'},{PACKAGES / 'odoo' / 'addons'}"
    key = paths.digest(paths.addon_digest(), *source_of_addon())
    if databases.key(name) != key:
        with databases.making(name, key) as part:
            databases.copy(databases.ensure_template(), part)
            conf = settings.write(FOLDER / "install.conf", options | {"db_name": part})
            databases.install(part, ["base_api_bench"], conf=conf)
    return options


def source_of_addon():
    files = sorted((HERE / "addons").rglob("*.*"))
    return [file.read_bytes() for file in files if file.suffix in (".py", ".xml")]


def prepare_facts(odoo):
    """Fill the database; return what the contenders have to know of it."""
    conf = settings.write(FOLDER / "prepare.conf", odoo.options)
    command = [*odoo_source.command(conf)[:2], "shell", "-c", str(conf), "--no-http"]
    with console.Step("Filling the database"):
        done = subprocess.run(
            command,
            input=(HERE / "prepare.py").read_text(),
            capture_output=True,
            text=True,
            check=False,
        )
    for line in done.stdout.splitlines():
        if "FACTS " in line:
            return json.loads(line.partition("FACTS ")[2])
    raise console.Problem(f"Filling the database failed:\n{done.stderr[-3000:]}")


def run(odoo, facts, options, is_last):
    """Measure everything; return what `report` shows."""
    results = {
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "compared": {},
    }
    everybody = None
    for mode, workers in MODES.items():
        odoo.start_with(workers)
        if everybody is None:
            facts["cursor"] = find_cursor(odoo, facts)
            everybody = [contender(facts) for contender in contenders.CONTENDERS]
            results["statements"] = statements(odoo, everybody)
            results["rows"] = {} if options.only else rows_out(odoo, everybody, options)
        results["compared"][mode] = compare(odoo, everybody, mode, options)
        if options.soak and workers and is_last:
            results["soak"] = soak(odoo, everybody[0])
    return results


def find_cursor(odoo, facts):
    """Return the cursor of the page at the same row as others reach by offset."""
    own = contenders.BaseApi(facts)
    offset = facts["last_offset"] - 10
    request = own.search("res.partner", ["id"], limit=10, offset=offset, count="none")
    return http_client.send(odoo.port, request).json()["data"]["next_cursor"]


def requests_of(everybody, workload):
    """Return `{contender: [Request]}` of those that have a way to do it."""
    found = {one.name: one.requests(workload) for one in everybody}
    return {name: requests for name, requests in found.items() if requests}


def statements(odoo, everybody):
    """Return `{workload: {contender: number of SQL statements}}`."""
    counted = [one for one in everybody if one.is_counted]
    return {
        workload.name: {
            name: measure.count_statements(odoo, request)
            for name, [request] in requests_of(counted, workload.name).items()
        }
        for workload in WORKLOADS
        if workload.name not in ("create_many", "log_in", "mixed")
    }


def compare(odoo, everybody, mode, options):
    compared = {}
    for workload, clients in asked_for(mode, options):
        with console.Step(f"{mode}: {workload.title}, {clients} at a time"):
            compared[f"{workload.name}/{clients}"] = measure.compare(
                odoo,
                requests_of(everybody, workload.name),
                clients,
                max(4, workload.turns // (4 if options.quick else 1)),
                workload.per_turn * (1 if clients == 1 else 2),
            )
    return compared


def asked_for(mode, options):
    """Yield each workload with each number of clients; workers only where it varies."""
    for workload in WORKLOADS:
        if options.quick and not workload.quick:
            continue
        if options.only not in (None, workload.name):
            continue
        if mode == targets.PREFORK and len(workload.clients) == 1:
            continue
        for clients in workload.clients:
            if not options.quick or clients == (4 if MODES[mode] else 1):
                yield workload, clients


def rows_out(odoo, everybody, options):
    """Return rows per second and memory of a great answer, each on a new server."""
    rows = {}
    if options.quick:
        everybody = [one for one in everybody if one.name in (targets.OWN, "JSON-2")]
    for name, [request] in requests_of(everybody, "read_rows").items():
        odoo.stop_silently()
        odoo.start_with(0)
        http_client.send(odoo.port, contenders.Smallest({}).list_partners())
        http_client.send(odoo.port, requests_of(everybody, "list_partners")[name][0])
        with console.Step(f"{contenders.ROWS:,} rows out: {name}"):
            seconds, size, grown = measure.growth_of_memory(odoo, request)
        rows[name] = {
            "rows_per_second": contenders.ROWS / seconds,
            "mb": round(size / 1e6, 1),
            "grown_mb": grown / 1e6,
        }
    return rows


def soak(odoo, own):
    """Send very many requests; return what became of memory, threads and files."""
    before = footprint(odoo)
    with console.Step(f"{SOAK:,} requests"):
        figures = measure.Figures()
        measure.take_turn(odoo, [own.list_partners()], 4, SOAK, figures)
    after = footprint(odoo)
    return f"Before and after {SOAK:,} requests, two workers: {before}; {after}."


def footprint(odoo):
    pids = odoo.processes()
    threads = sum(len(os.listdir(f"/proc/{pid}/task")) for pid in pids)
    memory = measure.resident_bytes(pids) / 1e6
    sessions = sum(1 for path in (paths.DATA / "sessions").rglob("*") if path.is_file())
    return f"{memory:.0f} MB, {threads} threads, {sessions} session files"


def machine():
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{os.cpu_count()} shared cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, Odoo 19"
    )


if __name__ == "__main__":
    console.main(main)
