# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Checks of the OpenAPI documents by the tools and generators that people use.

Each client that is generated is compiled or type-checked, has a function for every
operation of the document, and sends a few requests to the server (`tests/clients`).
"""

import json
import os
import re
import subprocess

import console
import environment
import npm
import paths
import process

SOURCES = paths.ROOT / "tests" / "clients"
GUIDE = paths.ADDON / "docs" / "how-to" / "generate-clients.md"
PYTHON = paths.STATE / "generators"
# Without news about new versions, and without reports to the makers.
REDOCLY = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
NOTHING = {"errors": 0, "warnings": 0, "ignored": 0}


class Generators:
    """The checks of some documents.

    :param documents: see `descriptions.Description`
    :param variables: what the walks may know, such as BASE_API_URL
    """

    def __init__(self, documents, variables):
        self.documents = documents
        self.variables = variables
        self.package = npm.Package(SOURCES)
        self.python = PYTHON

    def ensure(self):
        environment.ensure(self.python, "tests/clients/requirements.txt")
        self.package.ensure()

    def validator(self):
        """openapi-spec-validator finds no error."""
        for document in self.documents:
            self._python("openapi-spec-validator", "--schema", "3.1", document.file)

    def redocly(self):
        """Redocly's recommended rules find nothing, but for those in `redocly.yaml`."""
        words = ("--config", "redocly.yaml", "--format", "json")
        for document in self.documents:
            found = subprocess.run(
                self.package.command("redocly", "lint", document.file, *words),
                cwd=self.package.folder,
                env=self.package.environment(REDOCLY),
                stdout=subprocess.PIPE,
            ).stdout
            report = json.loads(found)
            for problem in report["problems"]:
                console.say(f"{problem['ruleId']}: {problem['message']}")
            require(report["totals"] == NOTHING, f"{document.name}: see above")

    def openapi_typescript(self):
        """The types of openapi-typescript, with openapi-fetch."""
        for document in self.documents:
            file = f"generated/{document.name}.d.ts"
            self._npm("openapi-typescript", document.file, "-o", file)
            text = (self.package.folder / file).read_text()
            body = text.partition("export interface operations {")[2]
            require_all(document, re.findall(r"^    (\w+): \{$", body, re.M))
        self._walk("openapi-typescript")

    def hey_api(self):
        """The client of @hey-api/openapi-ts."""
        for document in self.documents:
            file = self.package.folder / "hey-api.config.mjs"
            variables = {"DOCUMENT": str(document.file), "NAME": document.name}
            self._npm("openapi-ts", "-f", file, **variables)
            client = self.package.folder / "generated" / f"hey-api-{document.name}"
            names = re.findall(
                r"^export const (\w+) =", (client / "sdk.gen.ts").read_text(), re.M
            )
            require_all(document, names, of=camel_case)
        self._walk("hey-api")

    def openapi_python_client(self):
        """The client of openapi-python-client, which may not warn of anything."""
        folder = self.package.folder / "generated"
        folder.mkdir(exist_ok=True)
        config = folder / "openapi-python-client.yaml"
        paths.write(config, settings_in_guide())
        for document in self.documents:
            target = folder / f"python_{document.name}"
            words = ["--path", document.file, "--meta", "none", "--config", config]
            words += ["--output-path", target, "--fail-on-warning"]
            self._python("openapi-python-client", "generate", *words)
            modules = target.glob("api/*/*.py")
            names = {file.stem for file in modules} - {"__init__"}
            require_all(document, names)
        walk = self.package.folder / "walk_python.py"
        clients = [f"python_{document.name}" for document in self.documents]
        words = ["--config-file", self.package.folder / "mypy.ini"]
        words += ["--cache-dir", paths.STATE / "mypy-clients"]
        self._python("mypy", *words, walk, *clients, cwd=folder)
        variables = {"PYTHONPATH": str(folder)}
        self._python("python", walk, cwd=folder, **variables)

    def _walk(self, name):
        """Compile a generated client and its walk, and run this."""
        self._npm("tsc", "--project", f"tsconfig.{name}.json")
        self._npm(f"build/{name}/walk-{name}.js")

    def _npm(self, name, *words, **variables):
        npm.require(self.package, name, *words, **self.variables, **variables)

    def _python(self, name, *words, cwd=paths.ROOT, **variables):
        folder = self.python / "bin"
        search = process.search_path(folder)
        child = subprocess.run(
            [folder / name, *words],
            cwd=cwd,
            env=os.environ | {"PATH": search} | self.variables | variables,
            preexec_fn=process.die_with_parent,
        )
        require(child.returncode == 0, f"{name} failed.")


def settings_in_guide():
    """Return the configuration that the guide recommends for the Python generator."""
    return re.search(r"```yaml\n(.*?)```", GUIDE.read_text(), re.S)[1]


def camel_case(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def require_all(document, names, of=str):
    """Raise a Problem unless there is one of the names for each operation."""
    missing = {of(name) for name in document.operations} - set(names)
    require(not missing, f"{document.name} lacks: {', '.join(sorted(missing))}")


def require(condition, message):
    if not condition:
        raise console.Problem(message)
