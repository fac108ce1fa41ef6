"""The ways to copy a database that are measured, and how one run of a command is."""

import os
import re
import shutil
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


SLIPWAY = "slipway copy"
SLIPWAY_COMPARE = Tool("slipway compare", '"$CHECKOUT/slipway" compare "$1" "$2"')
PGCOPYDB = 'pgcopydb clone --source "$1" --target "$2" --dir "$3/pgcopydb" --table-jobs 2 --index-jobs 2'
COPIES = (
    Tool("pg_dump | psql", 'pg_dump "$1" | psql -Xq -v ON_ERROR_STOP=1 -o /dev/null "$2"'),
    Tool("pg_dump -Fd | pg_restore", 'pg_dump -Fd -j2 -f "$3/dump" "$1" && pg_restore -e -j2 -d "$2" "$3/dump"'),
    Tool("pgcopydb clone", PGCOPYDB),
    # Not its default, but quicker where one table is most of the database.
    Tool("pgcopydb clone, split", f"{PGCOPYDB} --split-tables-larger-than 200MB"),
    Tool(SLIPWAY, 'exec "$CHECKOUT/slipway" copy "$1" "$2"'),
)
PGCOPYDB_COMPARE = Tool(
    "pgcopydb compare data", 'pgcopydb compare data --source "$1" --target "$2" --dir "$3/pgcopydb"'
)


def install_pgcopydb():
    """Debian's package, where we may install it. Returns why it cannot be used, or nothing."""
    if not shutil.which("pgcopydb") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing pgcopydb", flush=True)
        subprocess.run(["apt-get", "install", "-y", "pgcopydb"], capture_output=True, stdin=subprocess.DEVNULL)
    if not shutil.which("pgcopydb"):
        return "it is not installed, and only root can install it: apt-get install pgcopydb"
    return None


def pgcopydb_version():
    """Its version, and the servers it knows."""
    printed = subprocess.run(["pgcopydb", "--version"], capture_output=True, text=True)
    text = printed.stdout + printed.stderr
    known = re.search(r"compatible with Postgres (.*)", text)
    return re.search(r"pgcopydb version (\S+)", text)[1], {int(n) for n in re.findall(r"\d+", known[1])} if known else set()


def pgcopydb_compares():
    printed = subprocess.run(["pgcopydb", "help"], capture_output=True, text=True)
    return bool(re.search(r"^\s*\+ compare\b", printed.stdout + printed.stderr, re.M))


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
