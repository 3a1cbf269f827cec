# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""`make unit`: those of the addon's tests that need no database, in seconds.

They are the test classes that are a BaseCase of Odoo and not a TransactionCase.
Arguments are names of classes or methods to run, or parts of them.
"""

import importlib
import inspect
import sys
import unittest

from odoo.tests.common import BaseCase, TransactionCase
from odoo.tools import config

import odoo.addons  # noqa: F401 (before its modules)

import odoo_source
import paths

PACKAGE = f"odoo.addons.{paths.ADDON.name}.tests"


def main():
    addons = ",".join(map(str, odoo_source.addons()))
    config.parse_config(["--addons-path", addons, "--log-level", "critical"])
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{word}*" for word in sys.argv[1:]] or None
    classes = sorted(find_classes(), key=lambda cls: cls.__qualname__)
    suite = unittest.TestSuite(map(loader.loadTestsFromTestCase, classes))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    return not (result.testsRun and result.wasSuccessful())


def find_classes():
    """The test classes that the package of tests imports."""
    package = importlib.import_module(PACKAGE)
    modules = [item for item in vars(package).values() if inspect.ismodule(item)]
    values = [value for module in modules for value in vars(module).values()]
    return {cls for cls in values if isinstance(cls, type) and needs_no_database(cls)}


def needs_no_database(cls):
    is_ours = cls.__module__.startswith(PACKAGE)
    return (
        is_ours and issubclass(cls, BaseCase) and not issubclass(cls, TransactionCase)
    )


if __name__ == "__main__":
    sys.exit(main())
