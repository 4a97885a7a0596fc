"""Processes side by side: results of every piece, whatever a piece does to its process; none outlives its starter."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sites import ROOT, TESTS

from ocopgen.pool import Died, Pool
from ocopgen.stopwatch import Stopwatch

PATIENCE = 30.0
FOR_EVER = 600.0


def square(number: int) -> int:
    return number * number


def busy(seconds: float) -> float:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return seconds


def whose(_: object) -> int:
    return os.getpid()


def pid(path: Path) -> int:
    """Tell the process, and work for ever."""
    path.with_suffix(".new").write_text(str(os.getpid()))
    path.with_suffix(".new").rename(path)
    time.sleep(FOR_EVER)
    return 0


def dangerous(number: int) -> int:
    """What some numbers do to their process."""
    if number % 10 == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number % 10 == 7:
        os._exit(0)
    return number * number


def wrong(number: int) -> int:
    if number == 5:
        raise LookupError(f"no {number}")
    return number


_told: list[str] = []


def learn(*words: str) -> None:
    _told.extend(words)


def repeat(_: object) -> list[str]:
    return _told


def is_alive(process: int) -> bool:
    """Whether a process is there and no zombie."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def ends(process: int) -> bool:
    """Whether a process ends before patience does."""
    until = time.monotonic() + PATIENCE
    while is_alive(process):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def written(path: Path) -> int:
    """The process that wrote itself into a file, as soon as it did."""
    until = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < until, f"{path} was never written"
        time.sleep(0.01)
    return int(path.read_text())


# --- results ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_every_piece_has_its_result(jobs: int, count: int) -> None:
    with Pool(jobs) as pool:
        assert dict(pool.each(square, range(count))) == {number: number * number for number in range(count)}


def test_pieces_are_made_by_other_processes_which_stay() -> None:
    with Pool(1) as pool:
        found = {process for _, process in (*pool.each(whose, range(3)), *pool.each(whose, range(3)))}
    assert len(found) == 1
    assert os.getpid() not in found


def test_without_work_no_process_is_started() -> None:
    with Pool(2) as pool:
        assert list(pool.each(square, ())) == []
        assert pool._executor is None


def test_each_process_begins_with_what_it_is_told() -> None:
    with Pool(2, (), learn, "tỏi", "đen") as pool:
        assert [told for _, told in pool.each(repeat, range(4))] == [["tỏi", "đen"]] * 4


def test_an_exception_in_a_piece_is_raised_here() -> None:
    with pytest.raises(LookupError, match="no 5"), Pool(2) as pool:
        list(pool.each(wrong, range(30)))


def test_after_an_exception_the_pool_goes_on() -> None:
    with Pool(1) as pool:
        with pytest.raises(LookupError):
            list(pool.each(wrong, [5]))
        assert list(pool.each(wrong, [6])) == [(6, 6)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_is_taken_up_only_as_it_is_done(jobs: int) -> None:
    taken = 0

    def work() -> Iterator[int]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number

    with Pool(jobs) as pool:
        for done, _ in enumerate(pool.each(square, work()), 1):
            assert taken - done < 4 * jobs
    assert taken == 50


# --- pieces that kill -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("jobs", "numbers"), [(1, [7]), (1, [1, 3, 5]), (2, [3, 7, 13]), (2, [*range(12)])])
def test_a_piece_that_kills_its_process_is_told_and_all_others_are_done(jobs: int, numbers: list[int]) -> None:
    deadly = {number for number in numbers if number % 10 in (3, 7)}
    with Pool(jobs) as pool:
        found = list(pool.each(dangerous, numbers))
        assert sorted(number for number, _ in found) == numbers
        assert dict(found) == {one: Died() if one in deadly else one * one for one in numbers}
        assert dict(pool.each(dangerous, [1, 2])) == {1: 1, 2: 4}


def test_after_a_death_each_process_begins_as_before() -> None:
    with Pool(1, (), learn, "x") as pool:
        list(pool.each(dangerous, [3]))
        assert list(pool.each(repeat, [0])) == [(0, ["x"])]


# --- ends -------------------------------------------------------------------------------------------------


def test_closing_ends_the_processes_at_work(tmp_path: Path) -> None:
    pool = Pool(1)
    pool._started().submit(pid, tmp_path / "a")
    worker = written(tmp_path / "a")
    assert is_alive(worker)
    pool.close()
    assert ends(worker)


def test_an_exception_here_ends_the_processes_at_work(tmp_path: Path) -> None:
    def work() -> Iterator[Path]:
        yield tmp_path / "a"
        written(tmp_path / "a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Pool(2) as pool:
        list(pool.each(pid, work()))
    assert ends(written(tmp_path / "a"))


def test_a_pool_is_closed_twice_without_harm_and_starts_anew() -> None:
    pool = Pool(1)
    pool.close()
    assert list(pool.each(square, [2])) == [(2, 4)]
    pool.close()
    pool.close()
    assert list(pool.each(square, [3])) == [(3, 9)]
    pool.close()


SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from ocopgen.pool import Pool
from test_pool import pid

if __name__ == "__main__":
    with Pool(2) as pool:
        list(pool.each(pid, [Path(one) for one in sys.argv[1:]]))
"""


def starter(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """A process of a group of its own, which starts two that work for ever."""
    script = folder / "starter.py"
    script.write_text(SCRIPT.format(root=str(ROOT), tests=str(TESTS)))
    words = [sys.executable, str(script), *(str(folder / name) for name in ("a", "b", *more))]
    return subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look at processes")
@pytest.mark.parametrize("more", [(), ("c", "d")])
def test_processes_end_when_the_one_that_started_them_is_killed(tmp_path: Path, more: tuple[str, ...]) -> None:
    with starter(tmp_path, *more) as running:
        workers = [written(tmp_path / name) for name in ("a", "b")]
        running.kill()
    assert all(map(ends, workers))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to look at processes")
def test_ctrl_c_ends_all_of_them(tmp_path: Path) -> None:
    with starter(tmp_path) as running:
        workers = [written(tmp_path / name) for name in ("a", "b")]
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(PATIENCE) != 0
    assert all(map(ends, workers))


def too_much(piece: int) -> int:
    if piece == 3:
        raise MemoryError
    return piece


def test_a_piece_that_takes_all_memory_is_told_and_the_rest_is_done() -> None:
    with Pool(2) as pool:
        done = dict(pool.each(too_much, range(6)))
    assert isinstance(done.pop(3), Died)
    assert done == {piece: piece for piece in (0, 1, 2, 4, 5)}


def test_the_work_of_other_processes_is_in_the_seconds_of_a_stage() -> None:
    watch = Stopwatch()
    with Pool(2) as pool:
        assert [made for _, made in pool.each(busy, [0.2, 0.2, 0.2])] == [0.2, 0.2, 0.2]
    watch.lap("busy")
    assert watch.laps[0].cpu >= 0.6
