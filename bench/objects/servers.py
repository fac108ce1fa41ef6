"""Two S3 servers on loopback, each with a folder of its own: versitygw, which keeps objects as files and their attributes beside them."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

from common import processes
from common.frame import CACHE, BenchError
from s3 import ACCESS, REGION, SECRET, Connection, S3Error

MODULE = "github.com/versity/versitygw/cmd/versitygw@latest"
BUCKET = "bench"


def find(named=None):
    """The named program, the system's, or one that Go makes of the module."""
    found = named or shutil.which("versitygw") or CACHE / "bin/versitygw"
    if not Path(found).exists():
        install()
    return found


def install():
    if not shutil.which("go"):
        raise BenchError("Tried to find versitygw but it is not installed and there is no Go to install it: install one of them, or name it with --versitygw")
    print("Installing versitygw", flush=True)
    environment = dict(os.environ) | {"GOBIN": str(CACHE / "bin")}
    done = subprocess.run(["go", "install", MODULE], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"Tried to install versitygw but {done.stderr.strip().splitlines()[-1]}: install it, or name it with --versitygw")


def version(program):
    """One that Go made itself says its version only to Go."""
    commands = ([program, "--version"], ["go", "version", "-m", program]) if shutil.which("go") else ([program, "--version"],)
    printed = "".join(subprocess.run(command, capture_output=True, text=True).stdout for command in commands)
    found = re.search(r"v?\d+\.\d+\.\d+\S*", printed.partition("versitygw\t")[2] or printed)
    return found[0] if found else "unknown"


class Server:
    def __init__(self, program, folder, name):
        self.program = program
        self.folder = folder / name
        self.objects = self.folder / "objects"
        self.port = processes.free_port()
        self.process = None

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def bucket(self):
        return self.objects / BUCKET

    def start(self):
        self.objects.mkdir(parents=True)
        # Connections stay open, as those to S3 do.
        command = [self.program, "--quiet", "--keep-alive", "--port", f"127.0.0.1:{self.port}", "--region", REGION, "posix", self.objects]
        environment = dict(os.environ) | {"ROOT_ACCESS_KEY": ACCESS, "ROOT_SECRET_KEY": SECRET}
        self.process = processes.start(command, self.folder / "log", environment=environment)
        limit = time.monotonic() + 30
        while time.monotonic() < limit and self.process.poll() is None:
            try:
                self.make()
                return
            except (OSError, S3Error):
                time.sleep(0.1)
        raise BenchError(f"Tried to start versitygw but it is not ready: read {self.folder / 'log'}")

    def stop(self):
        processes.stop(self.process)

    def make(self):
        Connection(self.port).put(f"/{BUCKET}")

    def empty(self):
        """Its files are removed without asking it, which is quicker; what unfinished uploads it has are among them."""
        shutil.rmtree(self.bucket)
        self.make()

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process)
