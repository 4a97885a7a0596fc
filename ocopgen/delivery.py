"""Files laid into a folder of ours outside the site: what is there already is not written, what is gone is removed."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ocopgen.ledger import FOLDER, Refused, write
from ocopgen.output import Output
from ocopgen.project import Project


@dataclass(frozen=True, slots=True)
class Ours:
    """What makes a folder one of ours: the command that writes into it, and the endings of its files."""

    command: str
    endings: tuple[str, ...]

    @property
    def list(self) -> str:
        """The file with the paths of all that was written there, a line each."""
        return f".ocopgen-{self.command}"


class Misplaced(Refused):
    """Files would lie in the site, or among its sources; the folder and the one around it are the arguments."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' nằm trong thư mục '{self.args[1]}'; tệp này không được đăng, chọn chỗ khác bằng --to\n"
            f"'{self.args[0]}' lies in '{self.args[1]}'; these files are not published; choose another place with --to"
        )


class NotOurs(Refused):
    """The folder holds a file that the command did not write; its path and the command are the arguments."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' không do lệnh {self.args[1]} ghi ra; chọn thư mục khác bằng --to\n"
            f"'{self.args[0]}' was not written by {self.args[1]}; choose another folder with --to"
        )


def apart(project: Project, to: Path) -> None:
    """Refuse a folder that is published, or that others read: also by another name, or one of another project."""
    whole = to.resolve()
    for folder in (whole, *whole.parents):
        known = (project.output, project.content, project.templates, project.cache)
        taken = next((one for one in known if one.exists() and folder.exists() and folder.samefile(one)), None)
        taken = taken or next((one for one in known if one.resolve() == folder), None)
        if taken is not None or (folder / FOLDER).is_dir():
            raise Misplaced(to, taken or folder)


def deliver(folder: Path, made: Mapping[str, bytes], ours: Ours, whole: bool = True) -> tuple[int, int]:
    """Bring a folder of ours to hold these files and no older ones; the numbers of files written and removed.

    A file that stands as it should is not written. Raises `NotOurs` where the folder or the place of a file is foreign.
    """
    listed, output = _listed(folder, ours), Output(folder)
    if listed is None and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotOurs(folder, ours.command)
    before = listed or set()
    taken = (folder / path for path in made if path not in before and os.path.lexists(folder / path))
    stranger = output.obstacle(made, before) or next(taken, None)
    if stranger is not None:
        raise NotOurs(stranger, ours.command)
    _enlist(folder, before | made.keys(), ours)
    written = 0
    for path, content in made.items():
        if _content(folder / path) != content:
            write(folder / path, content)
            written += 1
    if not whole:
        return written, 0
    gone = [path for path in sorted(before - made.keys()) if os.path.lexists(folder / path)]
    output.remove(gone)
    _enlist(folder, set(made), ours)
    return written, len(gone)


def _listed(folder: Path, ours: Ours) -> set[str] | None:
    """What we wrote into a folder, as far as its list can be trusted; `None` where it has no list."""
    raw = _content(folder / ours.list)
    if raw is None:
        return None
    inside, path_form = folder.resolve(), re.compile(rf"(?:[A-Za-z0-9-]+/)*[A-Za-z0-9-]+\.(?:{'|'.join(ours.endings)})")
    paths = {path for path in raw.decode("utf-8", "replace").split("\n") if path_form.fullmatch(path)}
    return {path for path in paths if (folder / path).parent.resolve().is_relative_to(inside)}


def _enlist(folder: Path, paths: set[str], ours: Ours) -> None:
    content = "".join(f"{path}\n" for path in sorted(paths)).encode()
    if _content(folder / ours.list) != content:
        write(folder / ours.list, content)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
