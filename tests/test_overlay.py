"""What lies over a page: every problem with its place, what is said and how to mend it, and never markup of its own."""

from __future__ import annotations

import pickle
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest
from typst import TypstError

from ocopgen.cache import Cache
from ocopgen.html import Templates
from ocopgen.overlay import MOST, STYLE, Trouble, of_fault, of_problems, of_words, overlay
from ocopgen.pdf import Pdf
from ocopgen.problems import Place, Problem
from ocopgen.store import Workshop

EVIL = "</aside><script>alert('1')</script><img src=x onerror=\"alert(1)\"> & <!--"


class Tags(HTMLParser):
    """The tags of a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_only_errors_are_shown_each_with_place_words_and_mend() -> None:
    place = Place("content/a.md", 3, 5, "set: 99")
    error, warning = Problem.at(place, "file-empty"), Problem.at(Place("content/b.txt"), "file-unknown", name="b.txt")
    (trouble,) = of_problems([error, warning])
    assert trouble == Trouble((error.said("vi"), error.said("en")), (error.mend("vi"), error.mend("en")), place)
    shown = overlay([trouble])
    assert "1 lỗi</b>" in shown
    assert "1 error</b>" in shown
    assert "<code>content/a.md:3:5</code>" in shown
    assert "<pre>3 | set:<mark> 99</mark></pre>" in shown
    assert "→ " + error.mend("vi") in shown
    assert "→ " + error.mend("en") in unescape(shown)


def test_no_word_becomes_markup() -> None:
    plain = overlay([Trouble(("a", "b"), ("c", "d"), Place("e", 1, 1, "f"), "g")])
    evil = overlay([Trouble((EVIL, EVIL), (EVIL, EVIL), Place(EVIL, 1, 30, EVIL), EVIL)])
    assert Tags(evil).tags == Tags(plain).tags
    assert Tags(evil).text.count(EVIL) == 6 + 1
    for one in (plain, evil):
        html5lib.HTMLParser(strict=True).parse(f"<!doctype html><title>t</title>{one}")


def test_a_long_line_is_cut_around_its_column() -> None:
    shown = overlay([Trouble(("a", "b"), place=Place("f", 1, 5001, "x" * 5000 + "HERE" + "y" * 5000))])
    assert "<mark>HERE" in shown
    assert len(shown) < 2000


def test_more_than_can_be_read_is_counted() -> None:
    shown = overlay([Trouble((f"vi{number}", f"en{number}")) for number in range(MOST + 7)])
    assert f"{MOST + 7} lỗi" in shown
    assert f"vi{MOST - 1}<" in shown
    assert f"vi{MOST}<" not in shown
    assert "và 7 lỗi nữa" in shown
    assert "and 7 more" in shown


def test_words_of_two_lines_are_both_languages() -> None:
    assert of_words("một\none") == Trouble(("một", "one"))
    assert of_words("một\none").printed() == "một / one"


def failing(source: str, **others: str) -> Exception:
    """What is raised of a template."""
    try:
        Templates({"page.html": source, **others}).environment.get_template("page.html").render(page={"number": 1})
    except Exception as fault:
        return fault
    raise AssertionError("it is fine")


@pytest.mark.parametrize("sent", [False, True])
def test_a_fault_in_a_template_of_brochures_is_told_by_its_line(tmp_path: Path, sent: bool) -> None:
    (tmp_path / "brochures").mkdir()
    (tmp_path / "brochures" / "parts.typ").write_text("one\n#let wide = 1m\n", "utf-8")
    sources = {"sheet.typ": '#import "parts.typ": *', "parts.typ": "one\n#let wide = 1m\n"}
    with pytest.raises(TypstError) as raised:
        Pdf.of("sheet.typ", sources, {}, date(2026, 11, 23)).anew(Workshop(Templates({}), {}, Cache(tmp_path)))
    trouble = of_fault(pickle.loads(pickle.dumps(raised.value)) if sent else raised.value, tmp_path)
    assert trouble.place == Place(f"{tmp_path.as_posix()}/brochures/parts.typ", 2, 1)
    assert trouble.place.excerpt == "#let wide = 1m"
    assert trouble.said[1].startswith("a fault in a template: ")


@pytest.mark.parametrize("sent", [False, True])
def test_a_template_that_cannot_be_read_is_told_by_its_line(tmp_path: Path, sent: bool) -> None:
    (tmp_path / "page.html").write_text("one\n{% if %}\n", "utf-8")
    fault = failing("one\n{% if %}\n")
    trouble = of_fault(pickle.loads(pickle.dumps(fault)) if sent else fault, tmp_path)
    assert trouble.place == Place(f"{tmp_path.as_posix()}/page.html", 2, 1)
    assert trouble.place.excerpt == "{% if %}"
    assert trouble.said[0].startswith("lỗi trong mẫu trang: ")
    assert trouble.said[1].startswith("a fault in a template: ")
    assert trouble.printed().startswith(f"{tmp_path.as_posix()}/page.html:2:1: lỗi trong mẫu trang")


@pytest.mark.parametrize(
    ("source", "traced"), [("one\n{{ nothing.more }}", False), ("one\n{{ page['number'] + 'x' }}", True)]
)
def test_a_template_that_fails_at_work_is_told_by_its_line(tmp_path: Path, source: str, traced: bool) -> None:
    trouble = of_fault(failing(source), tmp_path)
    assert trouble.place == Place(f"{tmp_path.as_posix()}/page.html", 2, 1)
    assert "lỗi trong mẫu trang" in trouble.said[0]
    assert ("line 2" in trouble.trace) == traced


def test_of_two_templates_the_one_that_fails_is_told(tmp_path: Path) -> None:
    fault = failing("{% include 'part.html' %}", **{"part.html": "\n\n{{ nothing.more }}"})
    assert of_fault(fault, tmp_path).place == Place(f"{tmp_path.as_posix()}/part.html", 3, 1)


def test_a_template_that_is_missing_is_told(tmp_path: Path) -> None:
    trouble = of_fault(failing("{% extends 'none.html' %}"), tmp_path)
    assert "none.html" in trouble.said[0]


def test_a_fault_of_our_own_says_so(tmp_path: Path) -> None:
    trouble = of_fault(ValueError("odd"), tmp_path)
    assert trouble.said == (
        "lỗi của ocopgen, không phải của bạn: ValueError: odd",
        "a fault of ocopgen, not yours: ValueError: odd",
    )
    assert trouble.place is None
    assert trouble.printed().startswith("ValueError: odd\n")


def test_the_style_touches_nothing_but_the_overlay() -> None:
    selectors = [one.split("}")[-1].split("{")[-1].strip() for one in STYLE.split("{")[:-1]]
    own = [one for one in selectors if one and not one.startswith("@media")]
    assert own
    assert all(part.startswith("#ocopgen-overlay") for one in own for part in one.split(","))
