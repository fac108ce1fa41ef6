"""The ways that are measured, and how one run of a command is."""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

LIMIT_SECONDS = 1800


@dataclass(frozen=True)
class Tool:
    """A shell's command line; $1 is the source, $2 the target, $3 a folder of the run's own."""

    name: str
    command: str

    @property
    def ours(self):
        return self.name.startswith("slipway")


@dataclass(frozen=True)
class Run:
    began: float
    ended: float
    code: int
    cpu: float
    peak_mb: float

    @property
    def seconds(self):
        return self.ended - self.began

    def figures(self):
        return {"seconds": self.seconds, "cpu": self.cpu, "peak_mb": self.peak_mb}


def run(tool, source, target, folder, environment):
    """Runs it to its end. Its peak memory is the kernel's high-water mark of the largest process that was waited for."""
    folder.mkdir()
    command = ["bash", "-c", f"set -e -o pipefail; {tool.command}", "bench", source, target, str(folder)]
    with open(folder / "log", "wb") as log:
        began = time.time()
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        limit = threading.Timer(LIMIT_SECONDS, end_group, [process.pid])
        limit.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        except BaseException:
            end_group(process.pid)
            process.wait()
            raise
        finally:
            limit.cancel()
        ended = time.time()
    return Run(began, ended, process.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def end_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def last_line(log):
    lines = log.read_text(errors="replace").strip().splitlines()
    complaints = [line for line in lines if "ERROR" in line or "error" in line]
    return (complaints or lines or ["it said nothing"])[-1]
