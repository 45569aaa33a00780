"""What the reading of one page needs to know: the page, the words, and the roles that are registered."""

from __future__ import annotations

from handrail.dataclass import dataclass
from handrail.documents import Inline, Page, inline
from handrail.documents.tokens import column_of
from handrail.reader.grammar import Grammar
from handrail.reader.roles import Register, names_doer, role_like


@dataclass(frozen=True, slots=True)
class Context:
    """One page on its way through the reader."""

    page: Page
    grammar: Grammar
    register: Register
    registered: bool
    """Whether the handbook registers its roles; then no other name is one."""
    declared: frozenset[int] = frozenset()
    """Lines of the headings that a comment says to be documents."""

    def inline(self, text: str) -> Inline:
        """Return what a Markdown text of this page says."""
        return inline(text, self.page.references)

    def is_role(self, name: str, folded_name: str) -> bool:
        """Whether a bold lead names a role: a registered one; without a register, one that looks like it."""
        if self.register.knows(name):
            return True
        if self.registered or not name.rstrip().endswith(":") or not role_like(name, self.grammar):
            return False
        return names_doer(name, self.grammar)

    def place(self, line: int, end: int, fragment: str) -> tuple[int, int]:
        """Return line and column of a fragment between two lines; the head of the first line if it is not there."""
        for number in range(line, end + 1):
            column = self.page.lines[number - 1].find(fragment)
            if column >= 0:
                return number, column + 1
        text = self.page.lines[line - 1]
        return line, column_of(text)
