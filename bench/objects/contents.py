"""What a bucket holds, read from its server's own folder and asked of none of the tools."""

import hashlib
import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

# Where versitygw keeps an object's attributes. It makes the others itself.
ATTRIBUTES = ("content-type", "cache-control", "metadata", "X-Amz-Tagging")
ITS_OWN = ".sgwtmp"


@dataclass(frozen=True)
class Object:
    digest: str
    attributes: dict


def of(server):
    with ThreadPoolExecutor(4) as threads:
        names = [str(path.relative_to(server.bucket)) for path in files(server)]
        return dict(zip(names, threads.map(lambda name: read(server.bucket / name), names)))


def files(server):
    return [path for path in server.bucket.rglob("*") if path.is_file() and path.relative_to(server.bucket).parts[0] != ITS_OWN]


def read(path):
    with open(path, "rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    kept = os.listxattr(path)
    return Object(digest, {name: parsed(os.getxattr(path, f"user.{name}")) for name in ATTRIBUTES if f"user.{name}" in kept})


def parsed(value):
    text = value.decode()
    return json.loads(text) if text.startswith("{") else text


def forget(server):
    """Its objects are read from the disk again, not from memory."""
    for path in files(server):
        descriptor = os.open(path, os.O_RDONLY)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def lost(expected, found):
    """In words, which objects and contents a copy lacks."""
    if missing := expected.keys() - found.keys():
        yield f"has {len(expected) - len(missing):,} of {len(expected):,} objects"
    if extra := found.keys() - expected.keys():
        yield f"has {len(extra):,} objects that the source has not"
    if changed := sum(expected[name].digest != found[name].digest for name in expected.keys() & found.keys()):
        yield f"has {changed:,} objects with other content"


def attributes_lost(expected, found):
    """How many objects lack an attribute of theirs, or have another there."""
    return Counter(
        name
        for key in expected.keys() & found.keys()
        for name, value in expected[key].attributes.items()
        if not holds(found[key].attributes.get(name), value)
    )


def holds(found, value):
    return found is not None and value.items() <= found.items() if isinstance(value, dict) else found == value


def metadata_added(expected, found):
    """Metadata of a tool's own, such as a checksum."""
    return Counter(
        name
        for key in expected.keys() & found.keys()
        for name in found[key].attributes.get("metadata", {}).keys() - expected[key].attributes.get("metadata", {}).keys()
    )
