"""HTML that takes one byte for a character says the same as the HTML that it was made from."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.markdown import is_narrow, narrowed


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("", ""),
        ('<p title="Bake – now">Bake …</p>', '<p title="Bake &#8211; now">Bake &#8230;</p>'),
        ("<p>Gärung ÿ</p>", "<p>Gärung ÿ</p>"),
        ("<p>\U0001f950</p>", "<p>&#129360;</p>"),
        # inside of these, a reference is not read as one
        ("<svg><style>a::after { content: '…' }</style></svg>", "<svg><style>a::after { content: '…' }</style></svg>"),
    ],
)
def test_only_what_is_beyond_latin_1_becomes_a_reference(text: str, narrow: str):
    assert narrowed(text) == narrow


@given(st.text(st.characters(exclude_characters="&<", exclude_categories=["Cs", "Cn"])))
def test_it_is_read_as_the_same(text: str):
    narrow = narrowed(text)
    assert is_narrow(narrow)
    assert html.unescape(narrow) == text
