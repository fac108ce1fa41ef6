"""Redis servers of equal settings on loopback."""

import os
import platform
import re
import shutil
import subprocess
import time
from pathlib import Path

from common import processes
from common.frame import BenchError
from resp import Connection

# A server that saves by itself, as Redis does by default, but so seldom that it does not in the middle of a run. Whatever is not named has Redis' default.
SETTINGS = {"bind": "127.0.0.1", "save": "3600 1", "appendonly": "no"}
# From Redis 7 on a check needs it to ask for digests.
DEBUG = {"enable-debug-command": "local"}


def find(checkout, named=None):
    """A server's program: Debian's, which is installed where we may, else the one that the project fetches for its tests."""
    if named is None and not shutil.which("redis-check-rdb"):
        install()
    # Debian has the server under this name in the package of the tools, which starts no service.
    found = named or shutil.which("redis-server") or shutil.which("redis-check-rdb") or fetched(checkout)
    if found is None:
        raise BenchError("Tried to find a Redis server but there is none: install redis-server, or name its program with --redis")
    return Path(found)


def install():
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing redis-tools", flush=True)
        subprocess.run(["apt-get", "install", "-y", "redis-tools"], capture_output=True, stdin=subprocess.DEVNULL)


def fetched(checkout):
    machine = "arm64" if platform.machine() in ("aarch64", "arm64") else "amd64"
    return next((checkout / ".slipway/cache").glob(f"redis-server-*-{platform.system().lower()}-{machine}"), None)


def version(program):
    printed = subprocess.run(["redis-server", "--version"], executable=program, capture_output=True, text=True).stdout
    return re.search(r"v=(\d+\.\d+\.\d+)", printed)[1]


class Server:
    def __init__(self, program, folder, name):
        self.program = program
        self.folder = folder / name
        self.port = processes.free_port()
        self.process = None

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def start(self):
        self.folder.mkdir()
        settings = SETTINGS | {"port": self.port, "dir": self.folder}
        if int(version(self.program).split(".")[0]) >= 7:
            settings |= DEBUG
        command = ["redis-server", *(word for name, value in settings.items() for word in (f"--{name}", str(value)))]
        self.process = processes.start(command, self.folder / "log", executable=self.program)
        limit = time.monotonic() + 30
        while time.monotonic() < limit and self.process.poll() is None:
            try:
                self.ask("PING")
                return
            except OSError:
                time.sleep(0.05)
        raise BenchError(f"Tried to start Redis but it is not ready: read {self.folder / 'log'}")

    def stop(self):
        processes.stop(self.process)

    def ask(self, *words):
        with self.connection() as connection:
            return connection.ask(*words)

    def connection(self):
        return Connection(self.port)

    def empty(self):
        self.ask("FLUSHALL")

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process)
