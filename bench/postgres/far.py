"""Puts both servers far away: behind a proxy that delays what passes, and limits nothing."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

from servers import BenchError

ROUND_TRIP_MS = 40


@contextmanager
def servers_far(bench, checkout):
    """The ports at which the source and the target are reached."""
    java = subprocess.run(["bash", "-c", '. "$1/.mvn/find-jdk"; echo "$JAVA_HOME"', "bench", checkout], capture_output=True, text=True)
    proxy = Path(__file__).with_name("Proxy.java")
    command = [f"{java.stdout.strip()}/bin/java", proxy, str(ROUND_TRIP_MS), str(bench.source.port), str(bench.target.port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        ports = process.stdout.readline().split()
        if len(ports) != 2:
            raise BenchError(f"Tried to start {proxy.name} but it said nothing: run java {proxy}")
        yield ports
    finally:
        process.terminate()
        process.wait()
