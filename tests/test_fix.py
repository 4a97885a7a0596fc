"""`fix`: photos lose what they tell of people and nothing else; a second run finds nothing."""

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
    assert [one.path for one in fixed.mended] == [f"{project.content.as_posix()}/{HOP}"]
    assert {path for path in before if before[path] != after[path]} == {HOP}
    raw, clean = before[HOP], after[HOP]
    assert raw is not None
    assert clean is not None
    assert same_pixels(raw, clean)
    assert tells_place(raw, "jpeg")
    assert not tells_place(clean, "jpeg")
    assert (fixed.mended[0].before, fixed.mended[0].after) == (len(raw), len(clean))
    assert "photo-located" not in codes(project)


def test_the_second_time_there_is_nothing_to_do(project: Project) -> None:
    fix(project, Quiet())
    before = tree(project.content)
    assert fix(project, Quiet()).mended == ()
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
    assert fixed.mended == ()
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
    assert fixed.mended == ()
    assert [one.code for one in fixed.problems] == ["photo-place-stays"]
    assert tree(project.content) == before
    assert {"photo-cut-off", "photo-located"} <= set(codes(project))


def test_a_photo_of_two_pictures_keeps_the_one_that_is_seen(project: Project) -> None:
    file, first = io.BytesIO(), Image.open(io.BytesIO(jpeg(gps=True)))
    first.save(file, "MPO", save_all=True, append_images=[gradient(900, 700)], exif=first.getexif(), quality=90)
    lay(project.content, {HOP: file.getvalue()})
    assert tells_place(file.getvalue(), "jpeg")
    assert len(fix(project, Quiet()).mended) == 1
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
