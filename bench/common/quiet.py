"""Waits until others leave the machine alone: a figure that was taken beside somebody's build says nothing."""

import time
from pathlib import Path

STAT = Path("/proc/stat")
BUSY = 0.15
LOOK_SECONDS = 0.5


def wait(limit):
    """Returns which part of the processors was busy at last, or nothing where the kernel does not tell."""
    if not STAT.exists():
        return None
    until = time.monotonic() + limit
    busy = look()
    while busy > BUSY and time.monotonic() < until:
        busy = look()
    return busy


def look():
    before = times()
    time.sleep(LOOK_SECONDS)
    idle, everything = (after - was for after, was in zip(times(), before))
    return 1 - idle / everything


def times():
    numbers = [int(word) for word in STAT.read_text().split("\n", 1)[0].split()[1:]]
    # The fifth is idle, too: it waits for a disk.
    return numbers[3] + numbers[4], sum(numbers[:8])
