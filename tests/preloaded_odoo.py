# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A program that runs commands of Odoo in forks of a process that has loaded it.

A start of Odoo with many apps takes seconds, nearly all of it for code and models that
are the same each time. For each line on standard input, `{"words", "out", "err"}`, a
fork runs the command line `words`, and writes its output to these files; its exit code
is a line on standard output.

    python preloaded_odoo.py --addons-path=... -c odoo.conf -d DATABASE
"""

import json
import os
import sys
import traceback

import odoo.cli
from odoo.modules.registry import Registry
from odoo.sql_db import close_all
from odoo.tools import config


def main():
    # Logging is left to the commands.
    config.parse_config([*sys.argv[1:], "--no-http"], setup_logging=False)
    registry = Registry(config["db_name"][0])
    close_all()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            run(registry, **json.loads(line))
        _child, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run(registry, words, out, err):
    """Run a command in this fork, and end it."""
    for path, stream in ((os.devnull, 0), (out, 1), (err, 2)):
        flags = os.O_RDONLY if stream == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(path, flags), stream)
    code = 0
    try:
        # What was changed since it was loaded.
        with registry.cursor() as cr:
            registry.check_signaling(cr)
        sys.argv[1:] = words
        odoo.cli.main()
    except SystemExit as exc:
        code = exc.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
