"""The pages that Handrail adds to the site, and what it adds to the pages of authors.

Make one `Site` for a build and one `View` for each page that is written. A view's `url` is asked for: the id of a
document, `id#step`, the path of an ordinary page (`guide/start.md`), and the name of a generated page, which begins
with a colon: `:processes`, `:role/baker`, `:records#record--batch-sheet`. `address(document)` gives the name to ask
for where a role or record may have no page of its own. Where the pieces stand:

- `document_head`: block HTML, behind the title (h1, or the heading of the document); `document_foot`: block HTML, at
  the end of the document's part of the page.
- `flow_under_steps`: block HTML, behind the last step.
- `step_head`: inline HTML, the first thing in the step's `<li>` (in its first `<p>` where it has one) or `<td>`; for
  a step that is a heading, together with the foot in a `<p data-handrail="step-line">` behind the heading.
- `step_foot`: inline HTML, behind the step's first sentence or paragraph: before the first block inside the `<li>`, at
  the end of the `<td>`. It is never empty, since the script finds the steps by it.
- Labelled lines of the author: `data-handrail-label="expect"` on their `<li>`, `<p>` or `<td>`, with the label's key.
"""

from __future__ import annotations

from handrail.index import address, record_anchor
from handrail.pages.added import Additions
from handrail.pages.blocks import block_html
from handrail.pages.controlled import (
    Running,
    RunningStyles,
    css_string,
    running,
    running_styles,
    watermark,
)
from handrail.pages.download import Download
from handrail.pages.facts import said_lines
from handrail.pages.flow_below import flow_under_steps
from handrail.pages.foot import document_foot
from handrail.pages.generated import Generated, downloads, generated, generated_html
from handrail.pages.head import document_head, steps_hash
from handrail.pages.site import Site, View
from handrail.pages.steps import step_foot, step_head
from handrail.pages.story import document_history, document_since

__all__ = [
    "Additions",
    "Download",
    "Generated",
    "Running",
    "RunningStyles",
    "Site",
    "View",
    "address",
    "block_html",
    "css_string",
    "document_foot",
    "document_head",
    "document_history",
    "document_since",
    "downloads",
    "flow_under_steps",
    "generated",
    "generated_html",
    "record_anchor",
    "running",
    "running_styles",
    "said_lines",
    "step_foot",
    "step_head",
    "steps_hash",
    "watermark",
]
