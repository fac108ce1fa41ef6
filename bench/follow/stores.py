"""The stores that are followed, and how: a source, a target, a load and a lag."""

import importlib.util
import subprocess
import threading
import time
from pathlib import Path

import servers as redis_servers
from common import frame
from resp import RedisError, command

ACCOUNTS = 100_000
KEYS = 200_000
STEP_SECONDS = 0.05


def loaded(name, path):
    """Both folders have a module of that name."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


postgres_servers = loaded("postgres_servers", Path(__file__).resolve().parents[1] / "postgres/servers.py")


class Pair:
    """A source and a target."""

    def start(self):
        self.source.start()
        self.target.start()

    def stop(self):
        self.target.stop()
        self.source.stop()


class Postgres(Pair):
    name = "postgres"

    def __init__(self, folder, options):
        programs = postgres_servers.find_programs(frame.CHECKOUT, options.postgres)
        if not (programs / "pgbench").exists():
            raise frame.BenchError(f"Tried to write by pgbench but {programs} has none: install postgresql-contrib, or name a folder with --postgres")
        postgres_servers.SETTINGS["wal_level"] = "logical"
        postgres_servers.OBSERVED.clear()
        self.pgbench = programs / "pgbench"
        self.source, self.target = (postgres_servers.Server(programs, folder, f"postgres-{side}") for side in ("source", "target"))

    def load(self, size):
        self.scale = max(1, round(10 * size))
        self.source.make("bench")
        self.target.make("bench")
        subprocess.run([self.pgbench, "-iq", "-s", str(self.scale), self.source.url("bench")], check=True, capture_output=True)
        return f"{self.scale * ACCOUNTS:,} accounts"

    def urls(self):
        return self.source.url("bench"), self.target.url("bench")

    def write(self, rate, seconds):
        """TPC-B transactions, each of which writes four rows. Returns how many a second were done."""
        done = subprocess.run(
            [self.pgbench, "-n", "-c", "8", "-j", "2", "-M", "prepared", "-R", str(rate), "-T", str(seconds), self.source.url("bench")],
            capture_output=True, text=True,
        )
        told = [line for line in done.stdout.splitlines() if line.startswith("tps")]
        return float(told[0].split()[2]) if told else 0.0

    def lag(self):
        """Bytes of the source's log that the target does not have."""
        sql = "SELECT coalesce(max(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), confirmed_flush_lsn)), 0)::bigint FROM pg_replication_slots WHERE NOT temporary"
        return int(self.source.psql("bench", sql).stdout or 0)

    # The log moves by a few records on an idle server.
    none = 64 << 10


class Redis(Pair):
    name = "redis"

    def __init__(self, folder, options):
        program = redis_servers.find(frame.CHECKOUT, options.redis)
        self.source, self.target = (redis_servers.Server(program, folder, f"redis-{side}") for side in ("source", "target"))

    def load(self, size):
        self.keys = max(1_000, round(KEYS * size))
        with self.source.connection() as connection:
            connection.send(command("SET", f"key {number}", "x" * 100) for number in range(self.keys))
        return f"{self.keys:,} keys"

    def urls(self):
        return self.source.url, self.target.url

    def write(self, rate, seconds):
        """Counters, lists and strings in turn, by one connection. Returns how many a second were done."""
        written = 0
        began = time.monotonic()
        with self.source.connection() as connection:
            try:
                while (passed := time.monotonic() - began) < seconds:
                    due = min(int(rate * (passed + STEP_SECONDS)) - written, 50_000)
                    connection.send(self.one(written + number) for number in range(due))
                    written += max(0, due)
                    time.sleep(max(0, began + written / rate - time.monotonic()))
            except (RedisError, OSError):
                # Fenced: the load of a cutover ends so.
                pass
        return written / max(0.001, time.monotonic() - began)

    def one(self, number):
        return (
            command("INCR", f"counter {number % 1000}"),
            command("SET", f"key {number % self.keys}", f"{number:0100d}"),
            command("LPUSH", f"list {number % 5000}", number),
            command("HSET", f"hash {number % 5000}", number % 50, number),
        )[number % 4]

    def lag(self):
        """Bytes of the source's stream that the target does not have."""
        told = self.source.ask("INFO", "replication").decode()
        offset = next(int(line.split(":")[1]) for line in told.splitlines() if line.startswith("master_repl_offset"))
        return offset - int(self.target.ask("HGET", "{slipway}stream", "bytes") or offset)

    # A server says now and then that it is there.
    none = 1 << 10


class RedisByPasses(Redis):
    """Of what is changed the server tells the keys; how far its target is, is seen by a key of our own."""

    name = "redis-passes"

    def __init__(self, folder, options):
        super().__init__(folder, options)
        self.marks = 0

    def urls(self):
        return self.source.url + "?read=scan", self.target.url

    def lag(self):
        """Bytes that the last pass found missing; more than none until a key that was written after the last call is there."""
        if int(self.target.ask("GET", "mark") or 0) < self.marks:
            return max(self.none + 1, self.found_missing())
        self.marks += 1
        self.source.ask("SET", "mark", self.marks)
        return max(self.none + 1, self.found_missing()) if self.marks == 1 else self.found_missing()

    def found_missing(self):
        return int(self.target.ask("HGET", "{slipway}stream", "bytes") or 0)


class Load:
    """Writes in the background."""

    def __init__(self, store, rate, seconds):
        self.done = 0.0
        self.thread = threading.Thread(target=self.run, args=(store, rate, seconds), daemon=True)
        self.thread.start()

    def run(self, store, rate, seconds):
        self.done = store.write(rate, seconds)

    def is_over(self):
        return not self.thread.is_alive()
