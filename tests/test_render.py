"""The door to the templates: escaping, unknown names, the user's own templates."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from handrail.render import Markup, rendered, worded


def test_a_users_template_stands_before_ours(tmp_path: Path):
    (tmp_path / "index.html").write_text("<p>{{ title }}</p>", encoding="utf-8")

    assert rendered("index", tmp_path, title="Bread & butter") == "<p>Bread &amp; butter</p>"


def test_a_users_template_can_use_our_parts(tmp_path: Path):
    text = '{% from "partials/links.html" import link %}{{ link(it) }}'
    (tmp_path / "index.html").write_text(text, encoding="utf-8")

    html = rendered("index", tmp_path, it={"text": "<b>", "href": "a?b&c"})

    assert html.strip() == '<a href="a?b&amp;c">&lt;b&gt;</a>'


def test_a_template_that_the_user_does_not_have_is_ours(tmp_path: Path):
    assert 'data-handrail="index"' in rendered("index", tmp_path, cards=[], say=str)


def test_an_unknown_name_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        rendered("index")


def test_a_sentence_escapes_what_is_no_markup():
    said = worded("{one} & {two}", one="<b>", two=Markup("<i>x</i>"))

    assert said == "&lt;b&gt; &amp; <i>x</i>"
