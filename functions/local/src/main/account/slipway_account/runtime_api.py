"""The Lambda runtime API of one process (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html)."""
import http.server
import json
import queue
import threading
from dataclasses import dataclass, replace

MAX_RESPONSE_BYTES = 6_291_556


@dataclass(frozen=True)
class Outcome:
    """What an invocation came to: the handler's bytes, or an error document as Lambda writes it."""

    body: bytes
    is_error: bool
    unnamed: bool = False

    @staticmethod
    def failed(error_type: str, message: str) -> "Outcome":
        return Outcome(json.dumps({"errorType": error_type, "errorMessage": message}).encode(), True, unnamed=True)

    def about(self, request: str) -> "Outcome":
        """Lambda's own messages name the request, a handler's do not."""
        if not self.unnamed:
            return self
        document = json.loads(self.body)
        document["errorMessage"] = f"RequestId: {request} {document['errorMessage']}"
        return replace(self, body=json.dumps(document).encode(), unnamed=False)


class RuntimeApi:
    """Serves invocations to one runtime process on a loopback port of its own."""

    def __init__(self) -> None:
        self._invocations: queue.Queue = queue.Queue()
        self._outcomes: queue.Queue[Outcome] = queue.Queue()
        self._idle = threading.Event()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def offer(self, payload: dict[str, str], deadline_ms: int) -> None:
        self._idle.clear()
        self._invocations.put((payload, deadline_ms))

    def next(self):
        self._idle.set()
        return self._invocations.get()

    def finish(self, outcome: Outcome) -> None:
        self._outcomes.put(outcome)

    def exited(self, outcome: Outcome) -> None:
        self._idle.set()
        self.finish(outcome)

    def wait_until_idle(self, timeout_seconds: float) -> None:
        """Returns when the runtime asks for more or has exited: it writes a failure's stack trace after reporting it."""
        self._idle.wait(timeout_seconds)

    def outcome(self, timeout_seconds: float) -> Outcome:
        """Raises queue.Empty when none comes in time."""
        return self._outcomes.get(timeout=timeout_seconds)

    def close(self) -> None:
        self._invocations.put(None)
        self._server.shutdown()
        self._server.server_close()


def _handler_for(api: RuntimeApi) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_args) -> None:
            return

        def do_GET(self) -> None:
            invocation = api.next()
            if invocation is None:
                self.close_connection = True
                return
            payload, deadline_ms = invocation
            body = payload["payload"].encode()
            self._answer(200, body, {
                "Lambda-Runtime-Aws-Request-Id": payload["invoke-id"],
                "Lambda-Runtime-Invoked-Function-Arn": payload["invoked-function-arn"],
                "Lambda-Runtime-Trace-Id": payload["trace-id"],
                "Lambda-Runtime-Deadline-Ms": str(deadline_ms),
            })

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path.endswith("/response"):
                self._take_response(body)
            else:
                self._answer(202, b'{"status":"OK"}')
                api.finish(Outcome(body, is_error=True))

        def _take_response(self, body: bytes) -> None:
            if len(body) <= MAX_RESPONSE_BYTES:
                self._answer(202, b'{"status":"OK"}')
                api.finish(Outcome(body, is_error=False))
                return
            message = f"Response payload size ({len(body)} bytes) exceeded maximum allowed payload size ({MAX_RESPONSE_BYTES} bytes)."
            document = json.dumps({"errorMessage": message, "errorType": "Function.ResponseSizeTooLarge"}).encode()
            self._answer(413, document)
            api.finish(Outcome(document, is_error=True))

        def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for key, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler
