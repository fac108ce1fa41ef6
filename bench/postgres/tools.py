"""The ways to copy a database that are measured."""

import os
import re
import shutil
import subprocess

from common.commands import Tool

SLIPWAY = Tool("slipway copy", 'exec "$CHECKOUT/slipway" copy "$1" "$2"')
SLIPWAY_COMPARE = Tool("slipway compare", 'exec "$CHECKOUT/slipway" compare "$1" "$2"')
PGCOPYDB = 'pgcopydb clone --source "$1" --target "$2" --dir "$3/pgcopydb" --table-jobs 2 --index-jobs 2'
COPIES = (
    Tool("pg_dump | psql", 'pg_dump "$1" | psql -Xq -v ON_ERROR_STOP=1 -o /dev/null "$2"'),
    Tool("pg_dump -Fd | pg_restore", 'pg_dump -Fd -j2 -f "$3/dump" "$1" && pg_restore -e -j2 -d "$2" "$3/dump"'),
    Tool("pgcopydb clone", PGCOPYDB),
    # Not its default, but quicker where one table is most of the database.
    Tool("pgcopydb clone, split", f"{PGCOPYDB} --split-tables-larger-than 200MB"),
    SLIPWAY,
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
