"""Scripts: which would ask another machine for something, and the theme's own without its few such places."""

from __future__ import annotations

import re

from handrail.export.addresses import is_remote

_ASKS = re.compile(
    r"""\b(?:fetch|importScripts|import|XMLHttpRequest|WebSocket|EventSource|sendBeacon|createElement|Image
    |write(?:ln)?|innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b
    |\.(?:src|href)\s*=""",
    re.VERBOSE,
)
_TEXT = re.compile(r"""["'`]((?:[a-z][a-z0-9+.\-]*:)?//[^\s"'`]+)["'`]""", re.IGNORECASE)
_THEME = re.compile(r"""(["'])https://unpkg\.com/[^"']*\1""")
_NOTHING = '"data:text/javascript,"'
"""An address that gives an empty script, without asking anybody."""


def asked(script: str) -> str | None:
    """Return the first address on another machine that a script holds, if it also holds what asks for one.

    What a script does cannot be told for sure; that it asks nobody in the end is what the copy's pages demand of
    the browser.
    """
    if "//" not in script or not _ASKS.search(script):
        return None
    found = (match[1] for match in _TEXT.finditer(script))
    return next((address for address in found if is_remote(address) and not _is_name(address)), None)


def _is_name(address: str) -> bool:
    """Whether an address is the name of a vocabulary, which nobody fetches."""
    return re.match(r"https?://(?:www\.w3\.org|schema\.org|ns\.)", address) is not None


_EACH_WORD = (
    "var x=f[m];if(l[x]==null&&(l[x]=0),l[x]+=1,this.invertedIndex[x]==null){var v=Object.create(null);"
    "v._index=this.termIndex,this.termIndex+=1;for(var d=0;d<i.length;d++)v[i[d]]=Object.create(null);"
    "this.invertedIndex[x]=v}this.invertedIndex[x][o][n]==null&&(this.invertedIndex[x][o][n]=Object.create(null));"
    "for(var y=0;y<this.metadataWhitelist.length;y++){var b=this.metadataWhitelist[y],E=x.metadata[b];"
    "this.invertedIndex[x][o][n][b]==null&&(this.invertedIndex[x][o][n][b]=[]),this.invertedIndex[x][o][n][b].push(E)}"
)
"""What the search of the theme does with each word of all pages, where it looks up the same thing again and again."""
_EACH_WORD_ONCE = (
    "var x=f[m],k=x.toString(),v=this.invertedIndex[k];l[k]=(l[k]||0)+1;if(v==null){v=Object.create(null);"
    "v._index=this.termIndex,this.termIndex+=1;for(var d=0;d<i.length;d++)v[i[d]]=Object.create(null);"
    "this.invertedIndex[k]=v}var w=v[o],q=w[n];q==null&&(q=w[n]=Object.create(null));"
    "for(var y=0;y<this.metadataWhitelist.length;y++){var b=this.metadataWhitelist[y],E=x.metadata[b];"
    "q[b]==null?q[b]=[E]:q[b].push(E)}"
)
"""The same, each thing looked up once: the first answer comes a sixth sooner."""


def local_theme_script(script: str) -> str:
    """Return the theme's script; what it fetches where it finds no Mermaid, or an old browser, is nothing.

    From a folder, the search reads all pages on each page that it is used on; it does so in less time.
    """
    return _THEME.sub(_NOTHING, script).replace(_EACH_WORD, _EACH_WORD_ONCE)
