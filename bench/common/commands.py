"""The ways that are measured, and how one run of a command is."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

LIMIT_SECONDS = 1800
ONE_RUN = Path(__file__).with_name("one_run.py")


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
            [sys.executable, "-IS", ONE_RUN, *command],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
        )
        try:
            told, _ = process.communicate(timeout=LIMIT_SECONDS)
            return Run(**json.loads(told))
        except subprocess.TimeoutExpired:
            log.write(f"\nerror: it was ended after {LIMIT_SECONDS} s\n".encode())
            return Run(began, time.time(), -signal.SIGKILL, 0, 0)
        finally:
            end_group(process.pid)
            process.wait()


def end_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def last_line(log):
    lines = log.read_text(errors="replace").strip().splitlines()
    complaints = [line for line in lines if "ERROR" in line or "error" in line]
    return (complaints or lines or ["it said nothing"])[-1]
