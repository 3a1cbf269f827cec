# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of what the clients saw, at the end of a run."""

import fault_report


def pytest_terminal_summary(terminalreporter):
    if fault_report.ROWS or fault_report.MORE:
        terminalreporter.section("What the clients saw")
        for text in fault_report.tables():
            terminalreporter.write_line(text)
