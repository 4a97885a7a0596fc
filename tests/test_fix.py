"""`fix`: slips are mended, photos lose what they tell of people, and nothing else; a second run finds nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from sites import ONE, Quiet, cut_short, gradient, jpeg, lay, site, tree

from ocopgen import fix as module
from ocopgen.container import Uncleanable
from ocopgen.fix import fix
from ocopgen.pixels import same_pixels
from ocopgen.place import tells_place
from ocopgen.project import Project, check

HOP = "products/gao/hop.jpg"
PLAIN = "products/gao/thuong.jpg"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return site(tmp_path, {**ONE, HOP: jpeg(gps=True), PLAIN: jpeg()})


def codes(project: Project) -> list[str]:
    return [one.code for one in check(project, Quiet()).problems]


def test_a_photo_that_tells_its_place_is_cleaned_in_every_pixel_the_same(project: Project) -> None:
    before = tree(project.content)
    assert "photo-located" in codes(project)
    fixed = fix(project, Quiet())
    after = tree(project.content)
    assert [one.path for one in fixed.photos] == [f"{project.content.as_posix()}/{HOP}"]
    assert {path for path in before if before[path] != after[path]} == {HOP}
    raw, clean = before[HOP], after[HOP]
    assert raw is not None
    assert clean is not None
    assert same_pixels(raw, clean)
    assert tells_place(raw, "jpeg")
    assert not tells_place(clean, "jpeg")
    assert (fixed.photos[0].before, fixed.photos[0].after) == (len(raw), len(clean))
    assert "photo-located" not in codes(project)


def test_the_second_time_there_is_nothing_to_do(project: Project) -> None:
    fix(project, Quiet())
    before = tree(project.content)
    assert fix(project, Quiet()).photos == ()
    assert tree(project.content) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(project: Project) -> None:
    before = tree(project.content)
    planned = fix(project, Quiet(), dry_run=True)
    assert tree(project.content) == before
    assert planned == fix(project, Quiet())


def test_a_photo_that_would_lose_pixels_is_told_and_left_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "cleaned", lambda raw, kind: jpeg(901, 700))
    before = tree(project.content)
    fixed = fix(project, Quiet())
    assert fixed.photos == ()
    assert [(one.code, one.place.file) for one in fixed.problems] == [
        ("photo-place-stays", f"{project.content.as_posix()}/{HOP}")
    ]
    assert tree(project.content) == before


def test_a_photo_that_cannot_be_cleaned_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(raw: bytes, kind: str) -> bytes:
        raise Uncleanable("no way")

    monkeypatch.setattr(module, "cleaned", refuse)
    assert [one.code for one in fix(project, Quiet()).problems] == ["photo-place-stays"]


def test_a_damaged_photo_that_tells_its_place_is_told_and_left_as_it_is(project: Project) -> None:
    lay(project.content, {HOP: cut_short(jpeg(gps=True))})
    before = tree(project.content)
    fixed = fix(project, Quiet())
    assert fixed.photos == ()
    assert [one.code for one in fixed.problems] == ["photo-place-stays"]
    assert tree(project.content) == before
    assert {"photo-cut-off", "photo-located"} <= set(codes(project))


def test_a_photo_of_two_pictures_keeps_the_one_that_is_seen(project: Project) -> None:
    file, first = io.BytesIO(), Image.open(io.BytesIO(jpeg(gps=True)))
    first.save(file, "MPO", save_all=True, append_images=[gradient(900, 700)], exif=first.getexif(), quality=90)
    lay(project.content, {HOP: file.getvalue()})
    assert tells_place(file.getvalue(), "jpeg")
    assert len(fix(project, Quiet()).photos) == 1
    clean = (project.content / HOP).read_bytes()
    assert not tells_place(clean, "jpeg")
    assert same_pixels(file.getvalue(), clean)


def test_a_cleaned_photo_may_be_read_by_those_who_could_read_it_before(project: Project) -> None:
    path = project.content / HOP
    path.chmod(0o640)
    fix(project, Quiet())
    assert os.stat(path).st_mode & 0o777 == 0o640  # noqa: PTH116 -- the mode as the system tells it


def test_the_same_pixels_are_the_same_in_size_colour_and_orientation() -> None:
    assert same_pixels(jpeg(), jpeg(gps=True))
    assert not same_pixels(jpeg(), jpeg(900, 701))
    assert not same_pixels(jpeg(), jpeg(orientation=6))


# --- texts ------------------------------------------------------------------------------------------------

GAO_VI, GAO_EN, HTX = "products/gao/index.vi.md", "products/gao/index.en.md", "producers/htx/index.vi.md"


def with_slips(text: str | bytes | None) -> bytes:
    assert text is not None
    raw = text if isinstance(text, bytes) else text.encode()
    return b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n").replace(b"\r\nset:", b"\r\nBo san pham:")


@pytest.fixture
def slipped(tmp_path: Path) -> Project:
    made = site(tmp_path)
    for path in sorted(made.content.rglob("*.md")):
        path.write_bytes(with_slips(path.read_bytes()))
    (made.content / "site.yml").write_bytes(b"\xef\xbb\xbf" + (made.content / "site.yml").read_bytes())
    return made


def test_slips_in_texts_are_mended_in_every_file_once(tmp_path: Path, slipped: Project) -> None:
    right = tree(site(tmp_path / "right").content)
    fixed = fix(slipped, Quiet())
    assert tree(slipped.content) == right
    names = {one.name.removeprefix(f"{slipped.content.as_posix()}/") for one in fixed.texts}
    assert names == {name for name in right if name.endswith(".md")} | {"site.yml"}
    again = fix(slipped, Quiet())
    assert (again.texts, again.photos, again.problems) == ((), (), ())


def test_only_what_is_named_is_mended(slipped: Project) -> None:
    before = tree(slipped.content)
    folder = slipped.content / "products"
    fix(slipped, Quiet(), paths=[folder])
    after = tree(slipped.content)
    changed = {name for name in after if after[name] != before[name]}
    assert changed
    assert all(name.startswith("products/") for name in changed)
    with pytest.raises(FileNotFoundError):
        fix(slipped, Quiet(), paths=[slipped.content / "no-such"])


def test_a_dry_run_leaves_texts_and_keeps_rights_when_it_is_done(slipped: Project) -> None:
    before = tree(slipped.content)
    path = next(slipped.content.rglob("*.md"))
    path.chmod(0o640)
    planned = fix(slipped, Quiet(), dry_run=True)
    assert tree(slipped.content) == before
    assert fix(slipped, Quiet()) == planned
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_no_text_or_too_long_is_left(project: Project) -> None:
    long = b"---\r\n" + b"x" * (1 << 20)
    lay(project.content, {GAO_VI: b"---\nname: T\xf4i\n---\n", "products/to/index.vi.md": long})
    fixed = fix(project, Quiet())
    assert fixed.texts == ()
    assert [(one.code, str(one.place)) for one in fixed.problems] == [
        ("not-utf8", f"{project.content.as_posix()}/{GAO_VI}:2:8")
    ]
    assert (project.content / GAO_VI).read_bytes() == b"---\nname: T\xf4i\n---\n"


def test_what_cannot_be_read_is_mended_in_its_signs_and_told_where_it_is(tmp_path: Path) -> None:
    broken, words = "---\r\nname: [\r\n---\r\n", "\ufeff---\nname: Rice\ncolour: red\n---\n"
    english = GAO_VI.replace(".vi.", ".en.")
    project = site(tmp_path, {**ONE, GAO_VI: broken, english: words, "news/tin/index.en.md": words})
    for dry_run in (True, False):
        fixed = fix(project, Quiet(), dry_run)
        assert {one.after for one in fixed.texts} == {broken.replace("\r", ""), words[1:]}
        assert [(one.code, str(one.place)) for one in fixed.problems] == [
            ("yaml-bracket", f"{project.content.as_posix()}/{GAO_VI}:2:8")
        ]
    assert len(fixed.texts) == 3
    again = fix(project, Quiet())
    assert (again.texts, again.problems) == ((), fixed.problems)
