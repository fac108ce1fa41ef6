"""What every benchmark does round its own measurements."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from common import commands, quiet

CHECKOUT = Path(__file__).resolve().parents[2]
CACHE = CHECKOUT / ".slipway/cache/bench"


class BenchError(Exception):
    """One line: what was tried, what failed, what to do."""


def parser(name, description):
    """The options that every benchmark has."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--size", type=float, default=1, help="1 is full size; 0.02 is a quick look (default %(default)s)")
    options.add_argument("--rounds", type=int, default=3, help="runs of each tool (default %(default)s)")
    options.add_argument("--patience", type=float, default=0, help="seconds to wait before each run for a quiet machine (default %(default)s)")
    options.add_argument("--json", type=Path, default=CHECKOUT / f".slipway/bench-{name}.json", help="default %(default)s")
    return options


class Bench:
    """A folder of its own, the turns of the tools, and what became of them."""

    def __init__(self, folder, options):
        self.folder = folder
        self.options = options
        self.runs = 0
        self.failures = []
        self.findings = []
        self.skipped = []
        self.given_up = set()
        self.environment = dict(os.environ) | {"CHECKOUT": str(CHECKOUT), "TMPDIR": str(folder)}

    def start(self):
        """Starts the servers."""

    def stop(self):
        """Ends the servers, also those that a failure left half started."""

    def timed(self, tool, source, target):
        """One run, once the machine is quiet. Returns it, or nothing where it failed, and what is to be kept of it."""
        busy = quiet.wait(self.options.patience)
        self.runs += 1
        folder = self.folder / f"run-{self.runs}"
        run = commands.run(tool, source, target, folder, self.environment)
        if run.code != 0:
            self.blame(tool, f"{tool.name} ended with {run.code}: {commands.last_line(folder / 'log')}")
            self.given_up.add(tool.name)
        shutil.rmtree(folder)
        return run, {"busy_before": busy, "code": run.code} | run.figures()

    def in_turns(self, tools, once, check=None):
        """
        Every tool in every round, in another order each time, so that none always comes after the same. One that failed has no figure
        and is not asked again. The check is of each tool's first result.
        """
        measured = {tool.name: [] for tool in tools}
        for turn in range(self.options.rounds):
            for tool in rotated(tools, turn):
                if tool.name in self.given_up:
                    continue
                figures = once(tool)
                told(tool, figures)
                if turn == 0 and check:
                    check(tool)
                if figures["code"] == 0:
                    measured[tool.name].append(figures)
        return {name: runs for name, runs in measured.items() if runs}

    def build(self, source, target, *tools):
        """
        The launcher builds where that is due, and the first run of a command leaves an archive of its classes and may install what it
        needs: none of it is to be timed.
        """
        print("Building slipway, if it is not built", flush=True)
        for tool in tools:
            commands.run(tool, source, target, self.folder / "build", self.environment)
            shutil.rmtree(self.folder / "build")
        done = subprocess.run([CHECKOUT / "slipway", "--version"], capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchError(f"Tried to build slipway but {done.stderr.strip()}")

    def blame(self, tool, line):
        """A fault of ours fails the benchmark; one of a peer is a finding."""
        (self.failures if tool.ours else self.findings).append(line)
        print(f"  {'FAILED' if tool.ours else 'PEER'}: {line}", flush=True)


def rotated(items, turn):
    start = turn % len(items)
    return [*items[start:], *items[:start]]


def told(tool, figures):
    print(f"  {tool.name:26} {figures['seconds']:7.2f} s   {figures['peak_mb']:5.0f} MB", flush=True)


def run(options, make, measure, report):
    """Makes the benchmark in a folder of its own, and leaves nothing of it. Returns the exit code."""
    # Also where a shell in the background has them ignored: whatever ends the bench, its servers end with it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    folder = Path(tempfile.mkdtemp(prefix="slipway-bench-"))
    folder.chmod(0o711)
    bench = None
    try:
        bench = make(folder, options)
        bench.start()
        document = report.document(bench, options, measure(bench, options))
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(document, indent=2) + "\n")
        report.show(document)
        print(f"\nAll figures: {options.json}")
        return 1 if bench.failures else 0
    except BenchError as e:
        print(e, file=sys.stderr)
        return 2
    finally:
        if bench:
            bench.stop()
        shutil.rmtree(folder, ignore_errors=True)
