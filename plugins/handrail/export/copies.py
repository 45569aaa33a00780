"""A whole copy: built by the host, made local, stamped, judged, listed, and put in its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from handrail.dataclass import dataclass
from handrail.export.addresses import Whereabouts, target
from handrail.export.building import Built, built, configuration
from handrail.export.findings import Texts, left_out_problems, problems_of, surroundings_problems
from handrail.export.judge import fetched_by_style, still_fetched
from handrail.export.pages import Found, Rewriting
from handrail.export.places import aside, judge_place, put
from handrail.export.scripts import asked as asked_by
from handrail.export.scripts import local_theme_script
from handrail.export.selection import ALL, Asked
from handrail.export.single import single_page
from handrail.export.stamped import Stamping, guarded, has_diagram, with_mermaid
from handrail.export.styles import local_style, own_addresses
from handrail.export.sums import files_in, is_inside
from handrail.export.vendored import ALWAYS, FOR_DIAGRAMS
from handrail.export.writing import listed, text_of, write, write_search, write_start, write_vendored
from handrail.export.zipping import zipped
from handrail.problems import HandrailError, Problem, in_order
from handrail.render import worded
from handrail.settings import Settings
from handrail.sources import name_problems, repository_of
from handrail.stamp import Stamp, known_revision, stamp_of

_HTML = (".html", ".htm", ".xhtml")
_NEEDLESS = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What only a server needs."""
_WHOLE = ("handbook.json", "handbook.schema.json")
"""What holds the whole handbook, and has no place in a part of it."""
_LONGEST = 200
"""How many characters a path in a copy may have; Windows takes 260 with the folder that it is unpacked in."""
_EPOCH = 315_532_800
"""The first second of 1980, for a handbook outside of git."""
_BUNDLE = re.compile(r"assets/javascripts/(?:bundle|workers/search)\.[0-9a-f]+\.min\.js")
_ANCHOR = re.compile(
    r"Doc file '(?P<page>.+?)' contains a link '(?P<link>.+?)', but (?:the doc|there is no such anchor)"
)


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of an export."""

    out: Path
    stamp: Stamp
    pages: int
    size: int
    """In bytes, before it is zipped."""
    digest: str
    """The SHA-256 of the list of files."""
    problems: tuple[Problem, ...]
    """What is not in the copy (info), what is dead in the handbook (warning), what would still be fetched (error)."""
    notes: tuple[str, ...]
    """What the host said."""

    @property
    def fails(self) -> bool:
        """Whether a fetch remains, or a name that no copy can hold; then nothing was put in place."""
        return any(problem.level == "error" for problem in self.problems)


def copied(settings: Settings, config: Path | None, out: Path, asked: Asked) -> Copied:
    """Make a copy of a handbook at a place, a folder or a zip file; where a fetch remains, nothing is put there.

    Raises HandrailError where the place is not free, or the handbook cannot be taken along.
    """
    judge_place(out, settings.docs)
    given = configuration(settings, config, asked.drafts)
    revision, unknown = known_revision(settings.docs, *given.beside)
    with aside(out) as folder:
        site = folder / "site"
        made = built(given, asked, site, revision.seconds if revision else _EPOCH)
        host = given.config
        stamp = stamp_of(
            host.site_name, settings.options, revision, given.live, host.repo_url or "", host.edit_uri or ""
        )
        texts = Texts(settings.docs, given.texts)
        words = settings.options.recognised().site
        stamping = Stamping(stamp, words, made.part, given.folders)
        home = _home(config) if config is not None else settings.docs
        around = surroundings_problems(settings.docs, home, made.hosts, texts)
        problems = (
            *around,
            *_outside(made),
            *left_out_problems(given.left_out, texts),
            *_local(site, made, texts, stamping),
        )
        digest, size = _written(site, folder, made, stamping, str(host.theme.get("language") or "en"), asked)
        said = tuple(line for line in made.warnings if not line.startswith("Doc file '"))
        result = Copied(
            out, stamp, len(made.pages), size, digest, in_order(problems), (*filter(None, [unknown]), *said)
        )
        if not result.fails:
            _place(site, folder, out)
    return result


def _written(site: Path, folder: Path, made: Built, stamping: Stamping, language: str, asked: Asked) -> tuple[str, int]:
    """Write the list of a copy's files, or the one file that it is to be; return the SHA-256 and the size in bytes."""
    if asked.single is None:
        return listed(site, stamping.stamp, len(made.pages))
    paths = [path for path in made.pages if asked.single != ALL or path not in made.made or made.part]
    paths.sort(key=lambda path: path != made.first)
    if not paths:
        raise HandrailError("What is asked for has no page of its own. Name another id, or write `--single all`.")
    alone = len(paths) == 1 or asked.single != ALL
    one = stamping.live(paths[0]) if alone else stamping.stamp.address or None
    source = stamping.stamp.pinned(made.pages[paths[0]]) if alone and paths[0] not in made.made else None
    said = stamping.banner(one, source), stamping.block(one, source)
    title = " – ".join(filter(None, (made.part, stamping.stamp.handbook)))
    text = single_page(site, paths, title, said, stamping.say, stamping.live, language)
    data = text.encode("utf-8", "surrogateescape")
    (folder / "single.html").write_bytes(data)
    return hashlib.sha256(data).hexdigest(), len(data)


def _local(site: Path, made: Built, texts: Texts, stamping: Stamping) -> Iterator[Problem]:
    """Make all files of a site local and stamp its pages; yield what was found, and what is left to fetch."""
    for path in (*_NEEDLESS, *(_WHOLE if made.part else ())):
        (site / path).unlink(missing_ok=True)
    write_vendored(site, ALWAYS)
    write_start(site, made)
    paths = sorted(files_in(site))
    there = frozenset(paths)
    rewriting = Rewriting(
        Whereabouts(there, stamping.stamp.address),
        lambda kind, name: worded(stamping.words[f"absent.{kind}"], name=name).unescape(),
        {path: _instead(path, made, stamping) for path in made.gone},
    )
    for problem in (*name_problems(paths), *_strange(paths)):
        yield replace(problem, path=made.pages.get(problem.path, problem.path))
    found: dict[str, tuple[Found, ...]] = {}
    diagrams = False
    for path in paths:
        file = site / path
        if path.lower().endswith(_HTML):
            text, found[path] = rewriting.page(text_of(file), path)
            diagrams = diagrams or has_diagram(text)
            text = _finished(text, path, made, stamping)
            yield from _left(path, still_fetched(text), made, texts)
            write(file, text)
        elif path.lower().endswith(".css"):
            text, found[path] = _style(text_of(file), path, there)
            yield from _left(path, fetched_by_style(text), made, texts)
            write(file, text)
        elif path.lower().endswith((".js", ".mjs")):
            found[path] = _script(file, path)
    if diagrams:
        write_vendored(site, FOR_DIAGRAMS)
    write_search(site)
    yield from problems_of(found, made.pages, texts)
    yield from _dead_anchors(made.warnings, texts)


def _instead(path: str, made: Built, stamping: Stamping) -> str:
    """Return the address of a page that is left out: on the live site, if it stands there for everybody."""
    return (stamping.live(path) or "") if made.part and path.endswith(".html") else ""


def _finished(text: str, path: str, made: Built, stamping: Stamping) -> str:
    """Return a page with its stamp, its guard, and what draws its diagrams."""
    text = with_mermaid(text, path) if has_diagram(text) else text
    if path in made.pages:
        text = stamping.page(text, path, None if path in made.made else made.pages[path], path in made.drafts)
    return guarded(text, path)


def _outside(made: Built) -> Iterator[Problem]:
    for path in made.outside:
        message = "This is a link that leaves the handbook's folder. It is left out."
        yield Problem("outside", "warning", path, 1, 1, message, "Put the file itself here.")


def _home(config: Path) -> Path:
    """Return the repository of a configuration; its folder, where it lies in none."""
    try:
        return repository_of(config.absolute().parent).root
    except HandrailError:
        return config.absolute().parent


def _strange(paths: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each path that some machine cannot unpack: it leads elsewhere there, or is too long."""
    for path in paths:
        if not is_inside(path):
            message = f"On some machines the name `{path}` leads out of the copy, so that no copy can hold it."
            yield Problem("file-name", "error", path, 1, 1, message, "Rename the file.")
        elif len(path) > _LONGEST:
            message = f"The path has {len(path)} characters; many machines take no more than {_LONGEST} below a folder."
            yield Problem("file-name", "warning", path, 1, 1, message, "Shorten the names of the file and its folders.")


def _left(path: str, addresses: Iterator[str], made: Built, texts: Texts) -> Iterator[Problem]:
    """Yield a problem for each address that is left to fetch, where an author wrote it, as far as that is known."""
    source = made.pages.get(path, path)
    for address in addresses:
        place = texts.place(address, source) or texts.elsewhere(address) or (source, 1, 1)
        message = f"`{address}` would still be fetched when `{path}` is opened."
        yield Problem(
            "still-fetched", "error", *place, message, "Take it out, or put what it leads to beside the page."
        )


def _style(text: str, path: str, paths: Container[str]) -> tuple[str, tuple[Found, ...]]:
    found: list[Found] = []
    local = local_style(text, lambda address, at: found.append(Found("style", address)))
    lost = (address for address in own_addresses(local) if target(address, path) not in paths)
    found += [Found("style", address, dead=True) for address in lost]
    return local, tuple(dict.fromkeys(found))


def _script(file: Path, path: str) -> tuple[Found, ...]:
    """Take what the theme's script would fetch out of it; of any other script, tell what it may ask for."""
    if _BUNDLE.fullmatch(path):
        write(file, local_theme_script(text_of(file)))
        return ()
    if path.startswith("assets/javascripts/") or path in FOR_DIAGRAMS:
        return ()
    address = asked_by(text_of(file))
    return () if address is None else (Found("script", address),)


def _dead_anchors(warnings: tuple[str, ...], texts: Texts) -> Iterator[Problem]:
    """Yield a problem for each link of a page to an anchor that is not there, as the host says it."""
    for line in warnings:
        match = _ANCHOR.match(line)
        if match is not None:
            place = texts.place(match["link"], match["page"]) or (match["page"], 1, 1)
            message = f"`{match['link']}` leads to a place that is not there."
            yield Problem("dead-link", "warning", *place, message, "Mend the anchor.")


def _place(site: Path, folder: Path, out: Path) -> None:
    if (folder / "single.html").is_file():
        put(folder / "single.html", out)
    elif out.suffix.lower() == ".zip":
        target = folder / "copy.zip"
        zipped(site, out.stem, target)
        put(target, out)
    else:
        put(site, out)
