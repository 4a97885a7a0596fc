"""What keeps the site on a phone, as files: worker, script, manifests, icons, and the switch that takes them back."""

from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from sites import CACHE, DATA, ONE, TEMPLATES, TODAY, built, lay, read_yaml, times, tree, write_yaml

from ocopgen.offline import SAFE, Icon
from ocopgen.project import Project

TURMERIC, PAPER = (0xB9, 0x7A, 0x0A), (0xFB, 0xF7, 0xEF)


def a_project(folder: Path, **settings: object) -> Project:
    """A small site with the real templates."""
    changed = write_yaml(read_yaml(DATA["site.yml"]) | settings)
    content = lay(folder / "content", {**DATA, **ONE, "site.yml": changed})
    return Project(content, TEMPLATES, folder / "output", CACHE, TODAY)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = a_project(tmp_path_factory.mktemp("phone"))
    built(project)
    return project.output


def shell(output: Path) -> list[str]:
    """What the worker lays in before any page is seen."""
    found = re.search(r"^const SHELL = (\[[^]]*\]);$", (output / "sw.js").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    told: list[str] = json.loads(found[1])
    return told


def pixels_of(output: Path, name: str) -> Image.Image:
    with Image.open(output / "assets" / name) as image:
        assert image.format == "PNG"
        image.load()
        return image


# --- manifests and icons ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "name"), [("vi", "Chợ thử"), ("en", "Test Market")])
def test_a_manifest_says_in_its_language_what_is_installed(output: Path, lang: str, name: str) -> None:
    told = json.loads((output / lang / "manifest.webmanifest").read_bytes())
    assert (told["lang"], told["name"], told["short_name"]) == (lang, name, name)
    assert (told["start_url"], told["scope"], told["display"]) == ("./", "../", "standalone")
    assert re.fullmatch("#[0-9A-F]{6}", told["theme_color"])
    assert told["background_color"] == told["theme_color"]
    assert [(one["sizes"], one["purpose"]) for one in told["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for one in told["icons"]:
        with Image.open(output / lang / one["src"]) as image:
            assert (image.format, one["type"]) == ("PNG", "image/png")
            assert one["sizes"] == f"{image.width}x{image.height}"


def test_a_page_names_the_manifest_of_its_language_and_the_icon_of_an_iphone(output: Path) -> None:
    page = (output / "en" / "products" / "gao" / "index.html").read_text("utf-8")
    assert '<link rel="manifest" href="../../../en/manifest.webmanifest">' in page
    found = re.search(r'<link rel="apple-touch-icon" href="../../../assets/([^"]*)">', page)
    assert found is not None
    image = pixels_of(output, found[1])
    assert (image.size, image.mode) == ((180, 180), "RGB"), "an iPhone shows what is transparent as black"


def test_an_icon_that_is_cut_to_a_shape_keeps_its_drawing(output: Path) -> None:
    told = json.loads((output / "vi" / "manifest.webmanifest").read_bytes())
    image = pixels_of(output, told["icons"][2]["src"].rpartition("/")[2])
    assert image.mode == "RGB", "whole to its edges"
    drawn = [(x, y) for y in range(0, 512, 2) for x in range(0, 512, 2) if not _alike(image.getpixel((x, y)), PAPER)]
    radius = max(((x - 255.5) ** 2 + (y - 255.5) ** 2) ** 0.5 for x, y in drawn)
    assert 190 < radius <= 512 * SAFE / 2, "within the circle that no launcher cuts"
    assert _alike(image.getpixel((256, 70)), TURMERIC)


def _alike(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 8 for a, b in zip(one, other, strict=True))


def test_an_icon_as_drawn_has_no_ground(output: Path) -> None:
    told = json.loads((output / "vi" / "manifest.webmanifest").read_bytes())
    for one in told["icons"][:2]:
        image = pixels_of(output, one["src"].rpartition("/")[2])
        assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("box", ["0 0 40 30", "0 0 30 40"])
def test_a_drawing_that_is_no_square_stands_whole_in_the_middle(box: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><rect width="40" height="40" fill="#B97A0A"/></svg>'
    with Image.open(io.BytesIO(Icon(svg, 96, SAFE, "#FBF7EF")._drawn())) as image:
        ground = Image.new("RGB", image.size, "#FBF7EF")
        left, top, right, bottom = ImageChops.difference(image, ground).getbbox() or (0, 0, 0, 0)
        assert sorted((right - left, bottom - top)) == [pytest.approx(58, abs=1), pytest.approx(77, abs=1)]
        assert abs(left - (96 - right)) <= 1
        assert abs(top - (96 - bottom)) <= 1


def test_the_key_of_an_icon_tells_all_that_it_is_made_of() -> None:
    some = (Icon("a", 1), Icon("b", 1), Icon("a", 2), Icon("a", 1, 0.5), Icon("a", 1, 1.0, "#000000"))
    assert len({one.key for one in some}) == len(some)


# --- worker and script ------------------------------------------------------------------------------------


def test_what_the_worker_lays_in_is_there_and_no_page_but_one(output: Path) -> None:
    told = shell(output)
    assert told[0] == "offline/"
    assert (output / "offline" / "index.html").is_file()
    assert all((output / one).is_file() for one in told[1:])
    assert {one.rpartition(".")[2] for one in told[1:]} == {"css", "svg", "js", "woff2"}


def test_the_worker_changes_with_the_words_of_what_it_lays_in(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    built(project)
    before = (project.output / "sw.js").read_text("utf-8")
    words = read_yaml(DATA["strings.yml"]) | {"unseen_title": {"vi": "Mất mạng", "en": "No signal"}}
    lay(project.content, {"strings.yml": write_yaml(words)})
    built(project)
    after = (project.output / "sw.js").read_text("utf-8")
    assert before.splitlines()[0] != after.splitlines()[0]
    assert before.splitlines()[1:] == after.splitlines()[1:]
    assert "Mất mạng" in (project.output / "offline" / "index.html").read_text("utf-8")


def test_a_page_has_the_line_of_a_kept_copy_hidden_once_before_all_that_others_wrote(output: Path) -> None:
    mark = '<p class="kept" hidden>'
    assert f"'{mark}'" in (output / "sw.js").read_text("utf-8")
    pages = [one for one in output.rglob("*.html") if len(one.relative_to(output).parts) > 2]
    assert len(pages) > 20
    for one in pages:
        page = one.read_text("utf-8")
        if one.relative_to(output).parts[0] in ("vi", "en"):
            assert page.count(mark) == 1, one
            assert page.index(mark) < page.index("<main"), one
    product = (output / "vi" / "san-pham" / "gao" / "index.html").read_text("utf-8")
    assert f"{mark}Không có mạng hoặc mạng yếu: đây là bản lưu trong máy. Hạng sao xét theo ngày 23/11/2026;" in product


def test_worker_and_script_are_light_and_old_phones_read_them(output: Path) -> None:
    (script,) = (one for one in shell(output) if one.endswith(".js"))
    raw = (output / script).read_bytes()
    assert len(gzip.compress(raw, 9)) <= 3000
    assert len(gzip.compress((output / "sw.js").read_bytes(), 9)) <= 5000
    for text in (raw.decode(), (output / "sw.js").read_text("utf-8")):
        code = re.sub(r"//.*", "", text)
        newer = re.findall(r"\?\.\w|\?\?|\(\?<[=!]|replaceAll|Object\.hasOwn|\.at\(|structuredClone|Promise\.any", code)
        assert newer == [], "not in Chrome 80 and Safari 13"
        assert "eval" not in code
        assert "innerHTML" not in code


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    built(project)
    before = times(project.output)
    built(project)
    assert times(project.output) == before


# --- the switch -------------------------------------------------------------------------------------------


def test_where_it_is_off_nothing_is_left_but_the_worker_that_goes(tmp_path: Path) -> None:
    project = a_project(tmp_path, installable=False)
    built(project)
    files = tree(project.output)
    assert files["sw.js"] == (TEMPLATES / "retired.js").read_bytes()
    assert not [name for name in files if name.endswith((".png", ".webmanifest")) or name.startswith("offline")]
    assert not [name for name in files if name.endswith(".js") and re.search("offline|worker", name)]
    for name, raw in files.items():
        if name.endswith(".html") and raw is not None:
            page = raw.decode()
            assert set(re.findall(r"/(\w+)-\w+\.js", page)) <= {"find", "search"}, name
            assert "worker-src" not in page, name
            assert not re.search(r'rel="manifest"|apple-touch|class="kept?"', page), name
