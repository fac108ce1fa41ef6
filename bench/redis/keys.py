"""The keys that are copied, the same ones each time."""

import base64
import random

from resp import command

KEYS = 1_000_000
DAY_MS = 86_400_000
VALUE_BYTES = 100
FIELDS = 10


def commands(count, now_ms, strings_only=False):
    """Of ten keys seven are strings, two hashes and one a sorted set; every fifth ends some day in the next month."""
    chosen = random.Random(5)
    # Text that compression cannot make smaller, from which every value takes a piece.
    text = base64.b64encode(chosen.randbytes(3 << 20))
    last = len(text) - VALUE_BYTES

    def piece(length):
        at = int(chosen.random() * last)
        return text[at : at + length]

    for number in range(count):
        kind = 0 if strings_only else number % 10
        if kind < 7:
            key = b"session:%d" % number
            yield command(b"SET", key, piece(VALUE_BYTES))
        elif kind < 9:
            key = b"user:%d" % number
            yield command(b"HSET", key, *(word for field in range(FIELDS) for word in (b"field%d" % field, piece(20))))
        else:
            key = b"board:%d" % number
            members = range(5 + number // 10 % 16)
            yield command(b"ZADD", key, *(word for member in members for word in (b"%d" % (number * 7 % 1000 + member), piece(12))))
        if number % 5 == 0 or strings_only and number % 5 == 2:
            yield command(b"PEXPIREAT", key, now_ms + DAY_MS + int(chosen.random() * 29 * DAY_MS))
