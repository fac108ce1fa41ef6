"""The objects that are copied, the same ones each time."""

import random
from concurrent.futures import ThreadPoolExecutor

from s3 import Connection
from servers import BUCKET

SMALL = 20_000
LARGE = 20
LARGE_BYTES = 100_000_000
TYPES = ("image/jpeg", "application/pdf", "text/html; charset=utf-8", "application/vnd.bench+json")
THREADS = 8


def load(server, size):
    """Fills its bucket: small and large ones, some with metadata, some with tags, each with a type that its name does not tell."""
    small, large = max(10, round(SMALL * size)), max(1, round(LARGE * size))
    with ThreadPoolExecutor(THREADS) as threads:
        for done in threads.map(lambda share: put(server, share, small, large), range(THREADS)):
            assert done
    return small + large


def put(server, share, small, large):
    connection = Connection(server.port)
    for number in range(share, small + large, THREADS):
        chosen = random.Random(number)
        kind = "files" if number < small else "archives"
        length = chosen.randrange(4_000, 40_001) if number < small else LARGE_BYTES
        connection.put(f"/{BUCKET}/{kind}/{number % 100:02}/{number:06}.bin", chosen.randbytes(length), **attributes(number))
    return True


def attributes(number):
    headers = {"content_type": TYPES[number % len(TYPES)]}
    if number % 4 == 0:
        headers |= {"x_amz_meta_owner": f"user-{number}", "x_amz_meta_origin": "upload"}
    if number % 10 == 0:
        headers |= {"x_amz_tagging": f"class=record&year={2000 + number % 26}", "cache_control": "max-age=3600"}
    return headers
