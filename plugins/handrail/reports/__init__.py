"""What Handrail tells about a handbook, in each output format; a format returns a text and prints nothing."""

from __future__ import annotations

from handrail.reports.asof import asof_json, asof_text
from handrail.reports.changes_annotations import changes_github, changes_gitlab
from handrail.reports.changes_html import changes_html
from handrail.reports.changes_json import changes_json, diff_schema_text
from handrail.reports.changes_markdown import changes_markdown
from handrail.reports.changes_text import changes_text
from handrail.reports.comparison import comparison_json, comparison_schema_text
from handrail.reports.json import handbook_json, schema_text
from handrail.reports.owners import owners_json, owners_text
from handrail.reports.page_text import page_text
from handrail.reports.paths import EVERYTHING, inside
from handrail.reports.problems import problems_json, problems_text
from handrail.reports.reading import reading_text
from handrail.reports.tables import TABLE_FORMATS, tables_report

__all__ = [
    "EVERYTHING",
    "TABLE_FORMATS",
    "asof_json",
    "asof_text",
    "changes_github",
    "changes_gitlab",
    "changes_html",
    "changes_json",
    "changes_markdown",
    "changes_text",
    "comparison_json",
    "comparison_schema_text",
    "diff_schema_text",
    "handbook_json",
    "inside",
    "owners_json",
    "owners_text",
    "page_text",
    "problems_json",
    "problems_text",
    "reading_text",
    "schema_text",
    "tables_report",
]
