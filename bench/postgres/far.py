"""Puts both servers far away: behind a proxy that delays what passes, and limits nothing."""

import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

from common.frame import BenchError

ROUND_TRIP_MS = 40
PROBE_MB = 500
PROBE = f"""
\\timing on
SELECT 1;
COPY (SELECT repeat('x', 1000000) FROM generate_series(1, {PROBE_MB})) TO STDOUT;
"""


@contextmanager
def both(source, target, checkout):
    """The ports at which the two are reached."""
    find = '. "$1/.mvn/find-jdk"; echo "$JAVA_HOME"'
    java = subprocess.run(["bash", "-c", find, "bench", checkout], capture_output=True, text=True).stdout.strip()
    proxy = Path(__file__).with_name("Proxy.java")
    command = [f"{java}/bin/java", proxy, str(ROUND_TRIP_MS), str(source.port), str(target.port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        ports = process.stdout.readline().split()
        if len(ports) != 2:
            raise BenchError(f"Tried to start {proxy.name} but it does not say where it listens: run it by hand")
        yield ports
    finally:
        process.terminate()
        process.wait()


def probe(server, port):
    """What the line is like: milliseconds of a round trip, megabytes a second."""
    printed = server.psql("postgres", PROBE, "-o", "/dev/null", port=port).stdout
    trip, transfer = (float(took) for took in re.findall(r"^Time: ([\d.]+) ms", printed, re.M))
    return {"round_trip_ms": trip, "mb_per_second": PROBE_MB / (transfer / 1000)}
