"""The output folder: claimed by one build at a time, its files staged beside it and moved into place together."""

# ruff: noqa: PTH105, PTH116, PTH123

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from ocopgen.ledger import FOLDER, ForeignFolder, Refused, above
from ocopgen.recipe import digest


class ForeignFile(Refused):
    """A file that we did not make stands where the site needs a folder, or below the place of a file."""

    def __str__(self) -> str:
        return (
            f"'{self.args[0]}' không do ocopgen làm ra và chiếm chỗ của trang; hãy chuyển nó đi nơi khác\n"
            f"'{self.args[0]}' was not made by ocopgen and stands in the way of the site; move it elsewhere"
        )


class Busy(Refused):
    """Another build prints into the folder; its process is the argument, if it is known."""

    def __str__(self) -> str:
        number = self.args[0] or "?"
        return (
            f"một lần dựng khác đang chạy (tiến trình {number}); đợi nó xong rồi chạy lại\n"
            f"another build is running (process {number}); wait for it and run again"
        )


if sys.platform == "win32":  # pragma: no cover -- there is no such system here
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        # A locked byte cannot be read by others; one far behind the end leaves the number of the process readable.
        file.seek(1 << 30)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _wait_for(file: BinaryIO, patience: float, waiting: Callable[[int | None], None] | None) -> None:
    """Lock the file. The lock ends with its process, however that ends; the file itself stays."""
    until = time.monotonic() + patience
    told = False
    while not _locked(file):
        file.seek(0)
        number = file.read(20)
        holder = int(number) if number.isdigit() else None
        if time.monotonic() >= until:
            raise Busy(holder)
        if waiting is not None and not told:
            waiting(holder)
            told = True
        time.sleep(0.1)


@dataclass(frozen=True)
class Output:
    """The folder of the site. New files are staged beside it and moved into place when all are ready."""

    root: Path

    @cached_property
    def staging(self) -> Path:
        return self.root / FOLDER / "staging"

    @property
    def is_ours(self) -> bool:
        """Whether a build has printed here before."""
        return (self.root / FOLDER).is_dir()

    @contextmanager
    def claimed(self, patience: float = 0, waiting: Callable[[int | None], None] | None = None) -> Iterator[None]:
        """Hold the folder for one print, if it is empty or already ours. Raises `ForeignFolder`, `Busy`.

        Where another build holds it, `waiting` is told its process, and it is waited for so many seconds.
        """
        if self.root.exists() and not self.root.is_dir():
            raise ForeignFolder(self.root)
        if self.root.is_dir() and not self.is_ours and any(self.root.iterdir()):
            raise ForeignFolder(self.root)
        (self.root / FOLDER).mkdir(parents=True, exist_ok=True)
        with (self.root / FOLDER / "lock").open("a+b") as file:
            _wait_for(file, patience, waiting)
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            # What lies here was staged by a build that was cut off.
            self._clear()
            try:
                yield
            finally:
                self._clear()
                file.truncate(0)

    def _clear(self) -> None:
        if self.staging.exists():
            shutil.rmtree(self.staging, ignore_errors=True)

    def obstacle(self, paths: Iterable[str], ours: Iterable[str]) -> Path | None:
        """A file not ours that stands where one of the paths needs a folder, or in a folder where it needs a file."""
        own, wanted = set(ours), sorted(paths)
        for folder in sorted({folder for path in wanted for folder in above(path)} - own):
            there = self.root / folder
            if os.path.lexists(there) and not there.is_dir():
                return there
        taken = (self.root / path for path in wanted if os.path.lexists(f"{self.root}/{path}"))
        below = (one for place in taken for one in _files_below(place))
        return next((one for one in below if one.relative_to(self.root).as_posix() not in own), None)

    def standing(self, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Size and time of change (ns) of those files that are there."""
        found = {}
        root = os.fspath(self.root)
        for path in paths:
            try:
                stat = os.stat(f"{root}/{path}")
            except (FileNotFoundError, NotADirectoryError):
                continue
            found[path] = stat.st_size, stat.st_mtime_ns
        return found

    def stage(self, path: str, content: bytes) -> tuple[int, int]:
        """Write a file where it waits for the others; its size and time of change."""
        staged = self._staged(path)
        with open(staged, "wb") as file:
            file.write(content)
        # Some systems settle the time when the file is closed.
        return len(content), os.stat(staged).st_mtime_ns

    def _staged(self, path: str) -> str:
        """Where a file waits: in one folder with all others, under the fingerprint of its path."""
        return f"{self._waiting}/{digest(path)}"

    @cached_property
    def _waiting(self) -> str:
        self.staging.mkdir(parents=True, exist_ok=True)
        return os.fspath(self.staging)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file as it waits, else as it stands; `None` where it does neither."""
        for place in (self._staged(path), f"{self.root}/{path}"):
            with suppress(FileNotFoundError, NotADirectoryError), open(place, "rb") as file:
                return file.read()
        return None

    def publish(self, paths: Iterable[str]) -> None:
        """Move staged files into place, each at once."""
        root = os.fspath(self.root)
        for path in paths:
            try:
                os.replace(self._staged(path), f"{root}/{path}")
            except OSError:
                _make_room(self.root / path)
                os.replace(self._staged(path), f"{root}/{path}")

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files that are made no longer, and the folders that they leave empty."""
        for path in paths:
            target = self.root / path
            if _is_real_folder(target):
                # Somebody put it in the place of a file of ours.
                continue
            with suppress(FileNotFoundError, NotADirectoryError):
                target.unlink()
            for folder in target.parents:
                if folder == self.root or not folder.is_dir() or any(folder.iterdir()):
                    break
                folder.rmdir()


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _files_below(folder: Path) -> Iterator[Path]:
    """Everything below a real folder that is none itself."""
    if _is_real_folder(folder):
        yield from (one for one in folder.rglob("*") if not _is_real_folder(one))


def _make_room(target: Path) -> None:
    """The folders above a file; in the file's own place, folders with nothing in them go."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if _is_real_folder(target):
        for folder in sorted(target.rglob("*"), reverse=True):
            folder.rmdir()
        target.rmdir()
