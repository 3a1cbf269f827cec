# Copyright 2026 base_api contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The output of `odoo-bin apidoctor`, see `cli/apidoctor.py`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from odoo.api import Environment

from .diagnosis import diagnose
from .finding import ERROR, Finding, worst_level
from .situation import Situation


def run(env: Environment, options: Any, output: Any) -> bool:
    """Write the findings; return False if one of them is an error."""
    findings = diagnose(Situation(env))
    level = worst_level(findings)
    if options.json:
        rows = [asdict(finding) for finding in findings]
        text = json.dumps({"level": level, "findings": rows}, indent=2)
    else:
        text = "\n".join(map(_line, findings))
    output.write(f"{text}\n")
    output.flush()
    return level != ERROR


def _line(finding: Finding) -> str:
    line = f"{finding.level:7}  {finding.check}: {finding.message}"
    return f"{line}\n         -> {finding.remedy}." if finding.remedy else line
