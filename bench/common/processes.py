"""Server processes of a benchmark's own, on loopback."""

import os
import signal
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command, log, executable=None, environment=None):
    """In a session of its own: Ctrl-C is for the bench, which ends its servers last."""
    with open(log, "wb") as out:
        return subprocess.Popen(
            command, executable=executable, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )


def stop(process, number=signal.SIGTERM):
    if process is None or process.poll() is not None:
        return
    process.send_signal(number)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_seconds(process):
    """What it and its children that it waited for took, or nothing where the kernel does not tell."""
    stat = Path(f"/proc/{process.pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


@contextmanager
def cpu_of_servers(**servers):
    """What each of the servers, which tell their cpu_seconds(), took within: who is waited for."""
    before = {name: server.cpu_seconds() for name, server in servers.items()}
    took = {}
    yield took
    took |= {name: server.cpu_seconds() - before[name] for name, server in servers.items()}
