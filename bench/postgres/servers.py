"""Two Postgres servers of equal settings in one folder; Postgres refuses root, so they run as somebody else."""

import glob
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from common import processes
from common.frame import BenchError

# As on a small server of one's own. Whatever is not named has Postgres' default, fsync and autovacuum among it.
SETTINGS = {
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "60",
}
# Not for speed: where a run's phases are read from. The same on both servers and for every tool.
OBSERVED = {
    "log_min_duration_statement": "0",
    "log_connections": "on",
    "log_line_prefix": "@%n|%p|%a|",
}
NOBODY = 65534
PROGRAMS = ("initdb", "postgres", "pg_dump", "pg_restore", "psql")


def find_programs(checkout, named=None):
    """The newest Postgres of the system, else the one of the registry package that the launcher unpacks."""
    candidates = [named.resolve()] if named else [*of_system(), *of_package(checkout)]
    for folder in candidates:
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS) and version(folder) >= 14:
            return folder
    raise BenchError(
        f"Tried to find a Postgres server with its clients but {named or 'the usual folders'} hold none from 14 on: "
        "install postgresql, or name its folder with --postgres"
    )


def of_system():
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda folder: int(folder.split("/")[4]), reverse=True)
    if shutil.which("pg_config"):
        debian.append(subprocess.check_output(["pg_config", "--bindir"], text=True).strip())
    return [Path(folder) for folder in debian]


def of_package(checkout):
    return sorted((tool.parent for tool in (checkout / ".slipway/python").glob("postgres-*/**/bin/pg_dump")), reverse=True)


def version(folder):
    printed = subprocess.check_output([folder / "postgres", "--version"], text=True)
    return int(re.search(r"\) (\d+)", printed).group(1))


def somebody_else():
    """The words before a command that keep it from being root."""
    if os.geteuid() != 0:
        return []
    namespace = ["unshare", "--user"]
    if shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True).returncode == 0:
        return namespace
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


class Server:
    def __init__(self, programs, folder, name):
        self.programs = programs
        self.folder = folder / name
        self.log = self.folder / "log"
        self.prefix = somebody_else()
        self.process = None
        self.port = processes.free_port()

    def start(self):
        self.folder.mkdir(mode=0o700)
        if "setpriv" in self.prefix:
            os.chown(self.folder, NOBODY, NOBODY)
        data = self.folder / "data"
        initdb = [*self.prefix, self.programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        done = subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise BenchError(f"Tried to make a database cluster in {data} but {done.stderr.strip().splitlines()[-1]}")
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        settings |= SETTINGS | OBSERVED
        command = [*self.prefix, self.programs / "postgres", "-D", data]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(self.log, "wb") as log:
            # A session of its own: Ctrl-C is for the bench, which ends its servers last.
            self.process = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        self.await_ready()

    def await_ready(self):
        limit = time.monotonic() + 60
        while time.monotonic() < limit and self.process.poll() is None:
            if self.psql("postgres", "SELECT 1", check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise BenchError(f"Tried to start Postgres but it is not ready: read {self.log}")

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def url(self, database, port=None):
        return f"postgres://postgres@127.0.0.1:{port or self.port}/{database}"

    def psql(self, database, sql, *options, check=True, port=None):
        command = [self.programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", *options, self.url(database, port)]
        done = subprocess.run(command, input=sql, capture_output=True, text=True, start_new_session=True)
        if check and done.returncode != 0:
            raise BenchError(f"Tried to prepare {database} but {done.stderr.strip()}")
        return done

    def make(self, database):
        self.psql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self.psql("postgres", f"CREATE DATABASE {database} TEMPLATE template0")

    def drop(self, database):
        self.psql("postgres", f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def checkpoint(self):
        self.psql("postgres", "CHECKPOINT")
