# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Gets Odoo and the Python packages; needs nothing but Python itself.

setup.py          what `make serve` needs
setup.py bench    what `make bench` needs
setup.py test     what `make test` needs
setup.py lint     what `make lint` needs
"""

import platform
import sys

if sys.version_info < (3, 10):  # noqa: UP036
    sys.exit(
        "Odoo 19 needs Python 3.10 or newer, and this is %s.\n"
        "Name another one: make PYTHON=/path/to/python3 ..." % platform.python_version()
    )

import clients
import console
import environment
import odoo_source
import paths
import stop


def main():
    paths.make_state()
    with paths.lock():
        if "lint" in sys.argv[1:]:
            environment.ensure(paths.LINT, "requirements-lint.txt")
        else:
            # The network and the disk are busy with one, the processor with the other.
            odoo = console.Background(odoo_source.ensure, "Getting Odoo 19").start()
            requirements = ("requirements.txt", "requirements-dev.txt")
            environment.ensure(paths.VENV, *requirements, before=stop.main)
            environment.link(odoo.result())
        if "bench" in sys.argv[1:]:
            files = ("bench/requirements.txt", "bench/requirements-addons.txt")
            environment.ensure_packages(paths.BENCH / "packages", *files)
        if "test" in sys.argv[1:]:
            clients.node()
            clients.php()
            clients.chromium()
            clients.prometheus()


if __name__ == "__main__":
    console.main(main)
