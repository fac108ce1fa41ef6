"""Lambda environments as plain `java` processes under AWS's runtime interface client."""
import logging
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from slipway_account import code, jvm, metrics, processes, training
from slipway_account.runtime_api import Outcome, RuntimeApi
from slipway_account.settings import SETTINGS

LOG = logging.getLogger(__name__)
INHERITED = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "JAVA_HOME")
LOG_GRACE_SECONDS = 1.0


class SubprocessExecutorPlugin(RuntimeExecutorPlugin):
    name = "subprocess"

    def load(self, *args, **kwargs):
        return SubprocessExecutor


class SubprocessExecutor(RuntimeExecutor):
    """One execution environment. Its process is started again after a timeout or an exit, as Lambda does."""

    def __init__(self, id: str, function_version) -> None:
        super().__init__(id, function_version)
        self._api: RuntimeApi | None = None
        self._process: subprocess.Popen | None = None
        self._env: dict[str, str] = {}
        name = function_version.id.function_name
        self._log = SETTINGS.run / "logs" / f"{name}.log"
        self._output = SETTINGS.run / "logs" / "environments" / f"{name}-{id[:12]}.log"
        self._read = 0

    def start(self, env_vars: dict[str, str]) -> None:
        self._output.parent.mkdir(parents=True, exist_ok=True)
        self._env = {key: os.environ[key] for key in INHERITED if key in os.environ}
        self._env |= {key: str(value) for key, value in env_vars.items()}
        self._start_process()

    def stop(self) -> None:
        if self._process is not None:
            processes.kill(self._process)
            processes.reap(self._process)
        if self._api is not None:
            self._api.close()

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        if self._process.poll() is not None:
            self._start_process()
        started = time.monotonic()
        timeout = self.function_version.config.timeout
        request = payload["invoke-id"]
        self._api.offer(payload, deadline_ms=int((time.time() + timeout) * 1000))
        outcome = self._wait(request, timeout)
        self._api.wait_until_idle(LOG_GRACE_SECONDS)
        logs = self._read_log()
        self._write_log(request, logs, time.monotonic() - started)
        metrics.publish(logs, self.function_version.id)
        return InvocationResult(request, outcome.body, is_error=outcome.is_error, logs=logs)

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_unused"

    def get_logs(self) -> str:
        return self._output.read_text(errors="replace") if self._output.exists() else ""

    @classmethod
    def prepare_version(cls, function_version) -> None:
        config = function_version.config
        training.begin(code.jar_of(config.code), config.handler, config.memory_size, dict(config.environment or {}))

    @classmethod
    def cleanup_version(cls, function_version) -> None:
        # The jar is shared by functions and by runs.
        return

    def _start_process(self) -> None:
        if self._api is not None:
            self._api.close()
        self._api = RuntimeApi()
        settings = self.function_version.config
        archive = code.jar_of(settings.code)
        env = jvm.environment(archive, settings.handler, self._api.address, self._env)
        argv = jvm.argv(archive, settings.handler, settings.memory_size, *training.flags(archive))
        with self._output.open("ab") as output:
            self._process = processes.launch(argv, env=env, cwd=archive.parent, output=output.fileno())
        threading.Thread(target=self._watch, args=(self._process, self._api), daemon=True).start()

    def _watch(self, process: subprocess.Popen, api: RuntimeApi) -> None:
        status = process.wait()
        processes.forget(process.pid)
        reason = f"signal: {-status}" if status < 0 else f"exit status {status}"
        api.exited(Outcome.failed("Runtime.ExitError", f"Error: Runtime exited with error: {reason}"))

    def _wait(self, request: str, timeout: int) -> Outcome:
        try:
            return self._api.outcome(timeout).about(request)
        except queue.Empty:
            processes.kill(self._process)
            processes.reap(self._process)
            return Outcome.failed("Sandbox.Timedout", f"Error: Task timed out after {timeout}.00 seconds").about(request)

    def _read_log(self) -> str:
        with self._output.open("rb") as output:
            output.seek(self._read)
            lines = output.read()
        self._read += len(lines)
        return lines.decode(errors="replace")

    def _write_log(self, request: str, logs: str, seconds: float) -> None:
        text = f"START RequestId: {request}\n{logs}END RequestId: {request}\nREPORT RequestId: {request}\tDuration: {seconds * 1000:.2f} ms\n"
        with self._log.open("a") as log:
            log.write(text)
