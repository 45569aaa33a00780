"""What processes hand to each other: records that one makes and another takes, and work that goes over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.drawing import drawing
from handrail.graph import Edge, Graph, Node
from handrail.links.names import without_state
from handrail.model import Document, Handbook, Stated, Step
from handrail.pages.drawings import Drawn, drawn_flow
from handrail.pages.process import called
from handrail.pages.site import Site, View, address, title_of
from handrail.pages.wording import Link, document_link
from handrail.reader.roles import folded
