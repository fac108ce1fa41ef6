"""Waits for its parent's end on a pipe, and kills what the folder notes unless the parent said goodbye."""
import os
import signal
import sys
import time

CLOCKS = 1.0
PASSES = 3


def started(pid):
    """When the process started, in seconds since the epoch; None where /proc does not say."""
    try:
        with open("/proc/stat") as stat:
            boot = next(float(line.split()[1]) for line in stat if line.startswith("btime"))
        with open(f"/proc/{pid}/stat") as stat:
            ticks = int(stat.read().rpartition(")")[2].split()[19])
    except OSError:
        return None
    return boot + ticks / os.sysconf("SC_CLK_TCK")


def is_noted(folder, pid):
    """A process that started after its note was written is another that got the same pid."""
    start = started(pid)
    return start is None or start <= os.path.getmtime(os.path.join(folder, str(pid))) + CLOCKS


def kill(folder, pid):
    try:
        if pid > 1 and is_noted(folder, pid):
            leads = os.getpgid(pid) == pid
            (os.killpg if leads else os.kill)(pid, signal.SIGKILL)
        os.remove(os.path.join(folder, str(pid)))
    except OSError:
        return


def sweep(folder):
    if os.path.isdir(folder):
        for name in os.listdir(folder):
            if name.isdigit():
                kill(folder, int(name))


def main(folder):
    # Ctrl-C reaches the terminal's whole process group, and the guard must outlive it.
    os.setsid()
    if os.read(0, 1):
        return
    # What was being started while its parent died is noted a moment later.
    for _ in range(PASSES):
        sweep(folder)
        time.sleep(0.3)


main(sys.argv[1])
