# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The figures as tables for people, and as JSON."""

from workloads import WORKLOADS

BASELINES = ("JSON-2", "bare search_read", "smallest route")
TITLES = {workload.name: workload.title for workload in WORKLOADS}


def markdown(results):
    """Return the whole report.

    :param results: what :mod:`main` collected, see there
    """
    parts = [
        "# Benchmark",
        f"{results['date']}, {results['machine']}. Written by `make bench`; medians of "
        "interleaved turns, all against the same server and the same database.",
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


def section(key, summaries, statements):
    """Return the table of one workload at one number of clients."""
    workload, clients = key.split("/")
    names = ("median ms", "p99 ms", "requests/s", "CPU ms", "SQL")
    baselines = [name for name in BASELINES if name in summaries]
    head = ("", *names, *(f"x {name}" for name in baselines))
    lines = []
    for name, figures in summaries.items():
        line = [name, figures["median_ms"], figures["p99_ms"], figures["per_second"]]
        line += [figures["cpu_ms"], statements.get(workload, {}).get(name, "")]
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
