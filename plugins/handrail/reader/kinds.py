"""What a page, or a heading of it, says it is: by front matter, comment or glob."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import cast

from pathspec.gitignore import GitIgnoreSpec

from handrail.dataclass import dataclass
from handrail.documents import Block, Node, Page
from handrail.documents.front import comment_options
from handrail.model import DocumentKind
from handrail.options import KINDS, Glob
from handrail.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is declared of a page or of the part under a heading."""

    kind: DocumentKind | None = None
    values: Mapping[str, Node] = field(default_factory=dict)
    """Everything under the key `handrail`, by name."""
    all_headings: bool = False
    """Whether all headings one level down are steps."""
    source: str = "front matter"


def globs_of(globs: Sequence[Glob]) -> tuple[tuple[GitIgnoreSpec, Glob], ...]:
    """Return the globs, ready to match paths."""
    return tuple((GitIgnoreSpec.from_lines([glob.pattern]), glob) for glob in globs)


def page_declaration(
    page: Page, globs: Sequence[tuple[GitIgnoreSpec, Glob]]
) -> tuple[Declaration, tuple[Problem, ...]]:
    """Return what a page is, by its front matter, else a comment above its first heading, else the last glob."""
    node = page.front.values.get("handrail") if page.front.fenced else None
    problems: list[Problem] = []
    values: dict[str, Node] = {}
    if node is not None and node.value is not None:
        values = node.mapping
        if not isinstance(node.value, dict):
            mend = "Write the keys under it: `handrail: {kind: procedure}`."
            problems.append(
                Problem(
                    "front-matter",
                    "error",
                    page.path,
                    node.line,
                    node.column,
                    "`handrail` holds no mapping.",
                    mend,
                )
            )
    glob = next((glob for spec, glob in reversed(globs) if spec.match_file(page.path)), None)
    kind, found = _kind(page, values)
    problems += found
    if kind is None and glob is not None and "kind" not in values:
        kind = cast("DocumentKind | None", None if glob.kind == "none" else glob.kind)
    headings = _all_headings(values) or (glob is not None and glob.steps == "headings" and "steps" not in values)
    return Declaration(kind, values, headings), tuple(problems)


def idle_globs(paths: Sequence[str], globs: Sequence[Glob]) -> Iterator[str]:
    """Yield each glob of `kinds:` that gives no page a kind, since no page matches it."""
    for spec, glob in globs_of(globs):
        if glob.kind != "none" and not any(map(spec.match_file, paths)):
            yield glob.pattern


def section_declarations(page: Page) -> Iterator[tuple[int, Declaration, tuple[Problem, ...]]]:
    """Yield index and declaration of each section that a Handrail comment right under its heading declares."""
    for index, section in enumerate(page.sections):
        block = section.blocks[0] if section.blocks else None
        said = declared_in(block) if block is not None else None
        if block is not None and said is not None:
            values, problems = comment_options(page.path, said, block.line, block.column + block.text.index(said))
            kind, more = _kind(page, values)
            yield index, Declaration(kind, values, _all_headings(values), "comment"), (*problems, *more)


def declared_in(block: Block) -> str | None:
    """Return what a Handrail comment holds; None for any other block."""
    if block.kind != "comment" or "handrail:" not in block.text:
        return None
    inside = block.text.strip().removeprefix("<!--").removesuffix("-->").strip()
    return inside if inside.startswith("handrail:") else None


def stray_comments(page: Page) -> Iterator[Problem]:
    """Yield a problem for each Handrail comment that does not stand right under a heading, so that nothing takes it."""
    for section in page.sections:
        for block in section.blocks[1:]:
            if declared_in(block) is not None:
                message = "This comment does not stand right under a heading, so nothing takes it."
                mend = "Move it up, to the line under the heading."
                yield Problem("comment", "warning", page.path, block.line, block.column, message, mend)


def _all_headings(values: Mapping[str, Node]) -> bool:
    node = values.get("steps")
    return node is not None and (node.text or "").casefold() == "headings"


def _kind(page: Page, values: Mapping[str, Node]) -> tuple[DocumentKind | None, tuple[Problem, ...]]:
    node = values.get("kind")
    if node is None or node.value is None:
        return None, ()
    name = (node.text or "").casefold()
    if name in KINDS:
        return cast("DocumentKind", name), ()
    if name == "none":
        return None, ()
    mend = did_you_mean(name, KINDS, f"The kinds are {', '.join(KINDS)} and none.")
    message = f"There is no kind `{node.text}`." if node.text else "`kind` wants a word."
    return None, (Problem("unknown-kind", "error", page.path, node.line, node.column, message, mend),)
