"""A target that follows, while something writes to its source."""

import json
import subprocess
import time

from common import frame, processes
from stores import Load

PATIENCE_SECONDS = 300
KEPT_UP_SECONDS = 2


class Following:
    def __init__(self, store, folder):
        self.store = store
        self.log = folder / f"{store.name}-follow.log"
        self.process = None

    def __enter__(self):
        command = [frame.CHECKOUT / "slipway", "copy", *self.store.urls(), "--follow"]
        self.process = processes.start(command, self.log)
        limit = time.monotonic() + PATIENCE_SECONDS
        while "ends it" not in self.log.read_text(errors="replace"):
            if time.monotonic() > limit or self.process.poll() is not None:
                raise frame.BenchError(f"Tried to follow but {self.log.read_text(errors='replace').strip().splitlines()[-1:]}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        processes.stop(self.process)

    def under(self, rate, seconds):
        """The lag while so many writes a second are done, and how long it takes to come back to none."""
        self.until_none()
        load = Load(self.store, rate, seconds)
        lags = []
        while not load.is_over():
            lags.append(self.store.lag())
            time.sleep(0.5)
        ended = time.monotonic()
        at_end = self.store.lag()
        self.until_none()
        caught_up = time.monotonic() - ended
        return {
            "rate": rate,
            "done": load.done,
            "most_bytes": max(lags, default=0),
            "end_bytes": at_end,
            "caught_up_seconds": caught_up,
            "kept_up": caught_up < KEPT_UP_SECONDS,
            # Then nothing is told of a target by a higher rate.
            "source_is_the_limit": load.done < 0.95 * rate,
        }

    def until_none(self):
        limit = time.monotonic() + PATIENCE_SECONDS
        while self.store.lag() > self.store.none:
            if time.monotonic() > limit:
                raise frame.BenchError(f"Tried to see {self.store.name} caught up but it is {self.store.lag():,} bytes behind after {PATIENCE_SECONDS} s")
            time.sleep(0.05)

    def cutover_under(self, rate):
        load = Load(self.store, rate, 60)
        time.sleep(2)
        done = subprocess.run([frame.CHECKOUT / "slipway", "cutover", *self.store.urls(), "--json"], capture_output=True, text=True)
        answer = json.loads(done.stdout) if done.stdout.strip() else {}
        load.thread.join(90)
        return {
            "rate": rate,
            "done": answer.get("outcome") == "done",
            "pause_ms": answer.get("pause_ms"),
            "said": answer.get("reason") or done.stderr.strip()[-300:],
        }
