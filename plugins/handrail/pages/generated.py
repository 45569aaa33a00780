"""The pages that Handrail adds: everything by kind, one page for each role, and what to do when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from handrail.dataclass import dataclass
from handrail.index import by_title
from handrail.pages.compare_page import compare_downloads, compare_page, has_compare_page
from handrail.pages.download import Download
from handrail.pages.file_names import file_names
from handrail.pages.flow_files import flow_downloads
from handrail.pages.flow_page import flow_html
from handrail.pages.flows import flow_pages
from handrail.pages.foot import document_foot
from handrail.pages.head import document_head
from handrail.pages.landscape import landscape
from handrail.pages.site import Site, View
from handrail.pages.story import change_log, document_history, document_since, review_page
from handrail.pages.table_pages import table_downloads, table_page_html, table_pages
from handrail.pages.wording import Link
from handrail.render import rendered


@dataclass(frozen=True, slots=True)
class Generated:
    """A page that Handrail adds to the site."""

    path: str
    """Below the handbook's folder, as if the author had written it."""
    title: str
    name: str
    """What a view's `url` knows it by; it begins with a colon, as no id does."""
    listed: bool = True
    """Whether the navigation lists it; the pages of single roles hang below the page of all roles."""
    role: str | None = None
    """The role whose page it is."""
    flow: tuple[str, str | None] | None = None
    """The document whose flow it shows, and the part of it; such a page takes the full width."""
    wide: bool = False
    """Whether it takes the room of the page's contents too."""


def generated(site: Site) -> tuple[Generated, ...]:
    """Return the pages to add, in the order of the navigation; a page with nothing to show is left out."""
    say = site.words.site
    folder = site.options.folder
    tables = [
        Generated(f"{folder}/{page.file}.md", page.title, f":{page.name}", wide=True)
        for page in table_pages(site).values()
    ]
    pages = [Generated(f"{folder}/index.md", say["page.index"], ":index"), *tables]
    if site.handbook.processes:
        after = 2 if any(page.name == ":triggers" for page in tables) else 1
        pages.insert(after, Generated(f"{folder}/landscape.md", say["page.landscape"], ":landscape", wide=True))
    if has_compare_page(site):
        pages.append(Generated(f"{folder}/compare.md", say["page.compare"], ":compare", wide=True))
    return (*pages, *_story_pages(site), *_role_pages(site), *_flow_pages(site))


def _story_pages(site: Site) -> Iterator[Generated]:
    """Yield the change log and the page of what a preview changes, where they are asked for."""
    say, folder, story = site.words.site, site.options.folder, site.story
    if story is None:
        return
    if story.since is not None:
        yield Generated(f"{folder}/review.md", say["page.review"].format(base=story.base), ":review")
    if story.releases:
        yield Generated(f"{folder}/changes.md", say["page.changes"], ":change_log")


def _role_pages(site: Site) -> Iterator[Generated]:
    roles = {role.id: role for role in by_title(site.handbook.roles, site) if not role.own_page}
    for name, file in file_names(roles).items():
        path = f"{site.options.folder}/roles/{file}.md"
        yield Generated(path, roles[name].title, f":role/{name}", listed=False, role=name)


def _flow_pages(site: Site) -> Iterator[Generated]:
    for page in flow_pages(site):
        path = f"{site.options.folder}/flows/{page.file}.md"
        yield Generated(path, page.title, page.name, listed=False, flow=(page.document, page.part))


def generated_html(page: Generated, view: View) -> str:
    """Return what stands under the title of a page that Handrail adds; block-level HTML."""
    if page.role is not None:
        role = view.handbook.documents[page.role]
        return rendered(
            "role",
            view.site.own_templates,
            role=role,
            say=view.site.say,
            head=document_since(role, view) + document_head(role, view),
            foot=document_foot(role, view) + document_history(role, view),
            roles=view.url(":roles"),
        )
    if page.flow is not None:
        document, part = page.flow
        return flow_html(view.handbook.documents[document], part, view)
    name = page.name.removeprefix(":")
    if name not in _BODIES:
        return table_page_html(name, page.title, view)
    return rendered(name, view.site.own_templates, say=view.site.say, title=page.title, **_BODIES[name](view))


def downloads(site: Site) -> Iterator[Download]:
    """Yield the files of the site that can be taken away: flows and tables."""
    yield from flow_downloads(site)
    yield from table_downloads(site)
    yield from compare_downloads(site)


def _index(view: View) -> Mapping[str, object]:
    sizes = {page.name: page.size for page in table_pages(view.site).values()}
    sizes["compare"] = len(view.site.flows)
    sizes["landscape"] = len({process.area for process in view.handbook.processes})
    names = [(page.name.removeprefix(":"), page.title) for page in generated(view.site)]
    return {
        "cards": [(name, sizes[name], Link(title, view.url(f":{name}"))) for name, title in names if sizes.get(name)],
    }


_BODIES: Mapping[str, Callable[[View], Mapping[str, object]]] = {
    "index": _index,
    "landscape": landscape,
    "compare": compare_page,
    "change_log": change_log,
    "review": review_page,
}
