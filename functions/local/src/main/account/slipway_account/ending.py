"""The account ends when it is told to."""

from localstack.runtime import hooks
from localstack.utils.patch import patch


@hooks.on_infra_start()
def end_when_told() -> None:
    from localstack.runtime.server.hypercorn import HypercornRuntimeServer

    @patch(HypercornRuntimeServer.shutdown)
    def shutdown(original, server):
        original(server)
        # LocalStack stops the loop from another thread, which does not wake a loop that waits already.
        server.loop.call_soon_threadsafe(server.loop.stop)
