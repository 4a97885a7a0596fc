"""How long each stage of a build took."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lap:
    """One stage: seconds by the clock, and seconds of processors, those of the processes that helped too."""

    name: str
    wall: float
    cpu: float


_helped = 0.0


def helped(seconds: float) -> None:
    """Take note that another process worked for this one."""
    global _helped
    _helped += seconds


def _cpu() -> float:
    return time.process_time() + _helped


@dataclass
class Stopwatch:
    """Told at the end of each stage; the first began with the watch."""

    laps: list[Lap] = field(default_factory=list)
    _wall: float = field(default_factory=time.perf_counter)
    _cpu: float = field(default_factory=_cpu)

    def lap(self, name: str) -> None:
        """End a stage."""
        wall, cpu = time.perf_counter(), _cpu()
        self.laps.append(Lap(name, wall - self._wall, cpu - self._cpu))
        self._wall, self._cpu = wall, cpu
