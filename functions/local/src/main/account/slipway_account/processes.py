"""Child processes that die with the account: functions and tasks are started by this module only."""
import concurrent.futures
import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from slipway_account.settings import ON_LINUX, SETTINGS

# No preexec_fn: it would run Python between fork and exec in a process of many threads, which can hang for ever.
_BOUND = [sys.executable, "-I", "-S", str(Path(__file__).with_name("bound.py")), str(os.getpid())] if ON_LINUX else []
# The kernel sends the signal when the *thread* that forked ends, so one thread that lives as long as we do forks all.
_FORKING_THREAD = concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="slipway-fork")


def launch(argv: list[str], *, env: dict[str, str], cwd: Path | str, output: int) -> subprocess.Popen:
    """Starts a process in a process group of its own, its output on a file descriptor, and records its pid for the guard."""
    if not shutil.which(argv[0], path=env.get("PATH", os.defpath)):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), argv[0])
    process = _FORKING_THREAD.submit(_launch, argv, env, str(cwd), output).result()
    _record(process.pid)
    return process


def forget(pid: int) -> None:
    """Removes the record of a process that ended."""
    _record_of(pid).unlink(missing_ok=True)


def kill(process: subprocess.Popen, sig: int = signal.SIGKILL) -> None:
    """Signals the process group; silent when it is gone already."""
    try:
        os.killpg(process.pid, sig)
    except ProcessLookupError:
        return


def reap(process: subprocess.Popen, timeout_seconds: float = 5) -> None:
    """Waits for a process that was signalled."""
    try:
        process.wait(timeout_seconds)
    except subprocess.TimeoutExpired:
        kill(process)


def _launch(argv: list[str], env: dict[str, str], cwd: str, output: int) -> subprocess.Popen:
    return subprocess.Popen(
        [*_BOUND, *argv],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        process_group=0,
    )


def _record(pid: int) -> None:
    record = _record_of(pid)
    record.parent.mkdir(parents=True, exist_ok=True)
    # At one moment: a record that a killed account leaves half written tells nobody whose it is.
    written = SETTINGS.run / "tmp" / f"{pid}.pid"
    written.write_text(_started(pid))
    written.replace(record)


def _record_of(pid: int) -> Path:
    return SETTINGS.run / "pids" / str(pid)


def _started(pid: int) -> str:
    """What tells this process from a later one with the same pid: its start time in clock ticks (proc(5), field 22)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
