"""A cache of loaded and linked classes for each jar of functions, made once in the background (https://openjdk.org/jeps/514).

It takes two thirds of the time off a function's start. A JVM that finds the cache unfit, or none, starts without it.
"""
import hashlib
import logging
import os
import queue
import signal
import subprocess
import threading
import time
from pathlib import Path

from slipway_account import jvm, processes
from slipway_account.runtime_api import RuntimeApi
from slipway_account.settings import SETTINGS

LOG = logging.getLogger(__name__)
QUIET = "-Xlog:disable"
# Nothing listens on discard: whatever the handler makes of an empty event, it reaches no account.
NOWHERE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
INVOCATION = {"invoke-id": "training", "invoked-function-arn": "arn:aws:lambda:us-east-1:000000000000:function:training", "trace-id": "", "payload": "{}"}
INVOCATION_SECONDS = 120
EXIT_SECONDS = 300
_BEGUN: set[Path] = set()
_LOCK = threading.Lock()


def flags(jar: Path) -> list[str]:
    cache = _cache_of(jar)
    return [f"-XX:AOTCache={cache}", QUIET] if cache.exists() else []


def begin(jar: Path, handler: str, memory_mb: int, variables: dict[str, str]) -> None:
    """Trains on the first function of a jar; returns at once."""
    cache = _cache_of(jar)
    with _LOCK:
        if cache.exists() or cache in _BEGUN:
            return
        _BEGUN.add(cache)
    threading.Thread(target=_train, args=(jar, cache, handler, memory_mb, variables), daemon=True, name="slipway-training").start()


def _train(jar: Path, cache: Path, handler: str, memory_mb: int, variables: dict[str, str]) -> None:
    recorded = cache.with_suffix(f".{os.getpid()}.recorded")
    part = cache.with_suffix(f".{os.getpid()}.part")
    try:
        record = jvm.argv(jar, handler, memory_mb, "-XX:AOTMode=record", f"-XX:AOTConfiguration={recorded}", QUIET)
        _record(jar, handler, record, variables)
        create = jvm.argv(jar, handler, memory_mb, "-XX:AOTMode=create", f"-XX:AOTConfiguration={recorded}", f"-XX:AOTCache={part}", QUIET)
        _finish(_run(create, jar, os.environ | NOWHERE))
        part.rename(cache)
    except (OSError, queue.Empty, subprocess.TimeoutExpired) as ex:
        LOG.warning("Functions start without a cache of classes: %s", ex)
    finally:
        recorded.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def _record(jar: Path, handler: str, argv: list[str], variables: dict[str, str]) -> None:
    api = RuntimeApi()
    try:
        process = _run(argv, jar, jvm.environment(jar, handler, api.address, os.environ | variables | NOWHERE))
        api.offer(INVOCATION, deadline_ms=int((time.time() + INVOCATION_SECONDS) * 1000))
        api.outcome(INVOCATION_SECONDS)
        processes.kill(process, signal.SIGTERM)
        _finish(process)
    finally:
        api.close()


def _finish(process: subprocess.Popen) -> None:
    process.wait(EXIT_SECONDS)
    processes.forget(process.pid)


def _run(argv: list[str], jar: Path, env: dict[str, str]) -> subprocess.Popen:
    log = SETTINGS.run / "logs" / "training.log"
    with log.open("ab") as output:
        # What a person waits for goes first.
        return processes.launch(["nice", "-n", "19", *argv], env=env, cwd=jar.parent, output=output.fileno())


def _cache_of(jar: Path) -> Path:
    """A JVM refuses a cache that was made by another JDK, or of jars with another size or time."""
    made_of = [os.path.realpath(SETTINGS.java), str(jar)]
    made_of += [f"{path}:{os.stat(path).st_size}:{os.stat(path).st_mtime_ns}" for path in SETTINGS.ric_classpath.split(os.pathsep)]
    return jar.with_name(f"{hashlib.sha256(repr(made_of).encode()).hexdigest()[:12]}.aot")
