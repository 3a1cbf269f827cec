# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The figures as tables for people, and as JSON."""

import targets
from workloads import WORKLOADS

BASELINES = ("JSON-2", "bare controller", "smallest route")
OTHERS = ("JSON-2", "JSON-RPC", "OCA fastapi", "bare controller")
# What the summary shows, of which number of clients in which mode.
SUMMARY = (
    (targets.THREADED, "list_partners/1", "10 partners"),
    (targets.PREFORK, "list_partners/4", "10 partners, 4 clients on 2 workers"),
    (targets.THREADED, "read_one/1", "one record"),
    (targets.THREADED, "list_lines/1", "80 order lines with names of 4 relations"),
    (targets.THREADED, "list_last_page/1", "10 partners at row 299,000"),
    (targets.THREADED, "mixed/1", "reads, and one write in five"),
    (targets.THREADED, "write_one/1", "one update"),
    (targets.THREADED, "create_light/1", "one create, a tag"),
    (targets.THREADED, "create_one/1", "one create, a partner"),
    (targets.THREADED, "create_many/1", "1,000 creates in one call"),
)
TITLES = {workload.name: workload.title for workload in WORKLOADS}


def markdown(results):
    """Return the whole report.

    :param results: what `main` collected, see there
    """
    parts = [
        "# Benchmark",
        f"{results['date']}, {results['machine']}. Written by `make bench`; medians of "
        "interleaved turns, all against the same server and the same database. Writes "
        "are answered with ids, and in one row with the records, which is the default.",
        "Requests per second of base_api, as multiples of the others':",
        summary(results),
        "![Requests per second of the first two](results.svg)",
        "## Targets",
        table(("Workload", "Reached", "At least", "Aim", ""), results["targets"]),
    ]
    for mode, compared in results["compared"].items():
        parts.append(f"## {mode}")
        parts += [
            section(key, summaries, results["statements"])
            for key, summaries in compared.items()
        ]
    parts += ["## 100,000 rows out", rows_table(results["rows"])]
    if results.get("soak"):
        parts += ["## Memory", results["soak"]]
    return "\n\n".join(parts) + "\n"


def summary(results):
    """Return the table that the README shows too."""
    lines = [
        [title, *(_multiple(results["compared"][mode][key], name) for name in OTHERS)]
        for mode, key, title in SUMMARY
        if key in results["compared"].get(mode, {})
    ]
    rows = {
        name: {"per_second": row["rows_per_second"]}
        for name, row in results["rows"].items()
    }
    lines.append(["100,000 rows out", *(_multiple(rows, name) for name in OTHERS)])
    return table(("", *(f"x {name}" for name in OTHERS)), lines)


def _multiple(summaries, name):
    return ratio(summaries[targets.OWN], summaries[name]) if name in summaries else ""


def section(key, summaries, statements):
    """Return the table of one workload at one number of clients."""
    workload, clients = key.split("/")
    names = ("median ms", "p99 ms", "requests/s", "CPU ms", "SQL")
    baselines = [name for name in BASELINES if name in summaries]
    head = ("", *names, *(f"x {name}" for name in baselines))
    lines = []
    for name, figures in summaries.items():
        line = [name, figures["median_ms"], figures["p99_ms"]]
        line += [
            f"{figures['per_second']:.1f}",
            figures["cpu_ms"],
            statements.get(workload, {}).get(name, ""),
        ]
        line += [ratio(figures, summaries[baseline]) for baseline in baselines]
        lines.append(line)
    title = f"### {TITLES[workload]}, {clients} client{'s' * (clients != '1')}"
    return f"{title}\n\n{table(head, lines)}"


def ratio(figures, baseline):
    """Return how many times as many requests per second as the baseline."""
    return f"{figures['per_second'] / baseline['per_second']:.2f}"


def rows_table(rows):
    lines = [
        (name, f"{row['rows_per_second']:,.0f}", f"{row['grown_mb']:.0f}", row["mb"])
        for name, row in rows.items()
    ]
    return table(("", "rows/s", "MB more memory", "MB sent"), lines)


def table(head, lines):
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
