# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What came of the runs of schemathesis in `make fuzz`."""

import collections
import json

import console

COVERED = 0.95  # of the operations in each document
SUCCEEDED = 0.75  # of them, at least once: the others prove little
MINIMUM = {True: 200, False: 2000}  # requests in all runs, by `quick`
METHODS = ("get", "put", "post", "delete", "patch")


class Result:
    """The files of a run, which are left for the reader.

    :param name: of the run
    """

    def __init__(self, name, folder):
        self.name = name
        self.document = folder / f"{name}.openapi.json"
        self.requests = folder / f"{name}.requests"  # a line each, from `fuzz_hooks`
        self.report = folder / f"{name}.report.json"
        self.log = folder / f"{name}.log"
        self.credential_lives = True

    def clear(self):
        for file in (self.document, self.requests, self.report, self.log):
            file.unlink(missing_ok=True)

    def count(self):
        """Return the number of requests so far."""
        if not self.requests.exists():
            return 0
        return self.requests.read_bytes().count(b"\n")

    def operations(self):
        found = json.loads(self.document.read_text())["paths"]
        return {
            f"{method.upper()} {path}"
            for path, item in found.items()
            for method in item.keys() & set(METHODS)
        }

    def statuses(self):
        """Return counts of statuses, by operation."""
        found = {name: collections.Counter() for name in self.operations()}
        for line in self.requests.read_text().splitlines():
            row = json.loads(line)
            found[row["operation"]][row["status"]] += 1
        return found

    def problems(self):
        if not self.report.exists():
            return [f"schemathesis ended early, see {self.log}"]
        report = json.loads(self.report.read_text())
        groups = report["failures"] + report["errors"]
        found = [f"{group['title']}: {group['count']}" for group in groups]
        return found if self.credential_lives else [*found, "its credential ended"]


def check(results, quick):
    """Print what was tried.

    :raise console.Problem: a failure, or less was tried than promised
    """
    problems, total = [], 0
    for result in results:
        statuses = result.statuses()
        tried = [name for name, counter in statuses.items() if counter]
        fine = [name for name in tried if any(s < 300 for s in statuses[name])]
        number = sum(counter.total() for counter in statuses.values())
        total += number
        console.say(
            f"{result.name}: {number} requests to {len(tried)} of {len(statuses)} "
            f"operations, {len(fine)} of which succeeded at least once"
        )
        problems += [f"{result.name}: {text}" for text in result.problems()]
        if len(tried) < COVERED * len(statuses):
            missing = ", ".join(sorted(statuses.keys() - set(tried)))
            problems.append(f"{result.name}: not tried: {missing}")
        if len(fine) < SUCCEEDED * len(statuses):
            failed = ", ".join(sorted(statuses.keys() - set(fine)))
            problems.append(f"{result.name}: never succeeded: {failed}")
    if total < MINIMUM[quick]:
        problems.append(f"Only {total} requests")
    if problems:
        logs = ", ".join(str(result.log) for result in results)
        raise console.Problem("\n".join([*problems, f"See {logs}"]))
