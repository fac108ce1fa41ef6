"""Where the time of a run went, as the logs of both servers tell it."""

import re

ENTRY = re.compile(r"^@(\d+\.\d+)\|(\d+)\|([^|]*)\|(.*?)(?=^@\d+\.\d+\||\Z)", re.M | re.S)
STATEMENT = re.compile(r"LOG:\s+duration: ([\d.]+) ms\s+(?:statement|execute [^:]*): (.*)", re.S)
INDEX = re.compile(r"\bCREATE (UNIQUE )?INDEX\b|\bADD CONSTRAINT \S+\s+(PRIMARY KEY|UNIQUE|EXCLUDE)\b", re.I)
ROWS_IN = re.compile(r"\bCOPY\b.*\bFROM STDIN\b", re.I | re.S)
ROWS_OUT = re.compile(r"\bCOPY\b.*\bTO STDOUT\b", re.I | re.S)
STATISTICS = re.compile(r"^\s*(VACUUM|ANALYZE)\b", re.I)


def position(server):
    return server.log.stat().st_size


def entries(server, since):
    with open(server.log, "rb") as log:
        log.seek(since)
        text = log.read().decode(errors="replace")
    return [(float(entry[1]), entry[4]) for entry in ENTRY.finditer(text)]


def of(source, target, since, began, ended):
    """
    Seconds by phase. "read" (on the source), "rows" and "indexes" (on the target) are the time in which at least one session was
    at it; "both" is what of rows and indexes overlapped, and "index work" adds up the indexes that were built at once.
    """
    logs = {"source": entries(source, since[0]), "target": entries(target, since[1])}
    connected = [at for log in logs.values() for at, text in log if "connection received" in text]
    there = list(statements(logs["target"]))
    rows = matching(there, ROWS_IN)
    indexes = matching(there, INDEX)
    statistics = matching(there, STATISTICS)
    first = min(connected, default=began)
    begun = min((start for start, _ in rows), default=ended)
    last = max((end for _, end, _ in there), default=ended)
    known = [(began, begun), (last, ended), *rows, *indexes, *statistics]
    return {
        "start": first - began,
        "schema": begun - first,
        "read": covered(matching(statements(logs["source"]), ROWS_OUT)),
        "rows": covered(rows),
        "indexes": covered(indexes),
        "both": covered(rows) + covered(indexes) - covered(rows + indexes),
        "index work": sum(end - start for start, end in indexes),
        "statistics": covered(statistics),
        "end": ended - last,
        "other": ended - began - covered(known),
    }


def statements(log):
    for at, text in log:
        match = STATEMENT.match(text)
        if match:
            yield at - float(match[1]) / 1000, at, match[2]


def matching(found, pattern):
    return [(start, end) for start, end, text in found if pattern.search(text)]


def covered(intervals):
    """How long at least one of the intervals lasted."""
    total, until = 0.0, float("-inf")
    for start, end in sorted(intervals):
        total += max(0.0, end - max(start, until))
        until = max(until, end)
    return total
