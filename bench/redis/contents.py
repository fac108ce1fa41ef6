"""What a server holds, as the server itself tells it and none of the tools."""

from dataclasses import dataclass

# A page of the keys that end, and when each does.
EXPIRIES = """
local page = redis.call("SCAN", ARGV[1], "COUNT", 10000)
local found = {}
for _, key in ipairs(page[2]) do
  local ttl = redis.call("PTTL", key)
  if ttl >= 0 then
    local time = redis.call("TIME")
    found[#found + 1] = key
    found[#found + 1] = ttl + time[1] * 1000 + math.floor(time[2] / 1000)
  end
end
return {page[1], found}
"""


@dataclass(frozen=True)
class Contents:
    """Redis' own digest has each key's name, type, content and whether it ends, and knows no order where the type has none."""

    keys: int
    digest: str
    expiries: dict


def of(server):
    with server.connection() as connection:
        return Contents(connection.ask("DBSIZE"), connection.ask("DEBUG", "DIGEST"), expiries(connection))


def expiries(connection):
    ends, cursor = {}, b"0"
    while True:
        cursor, page = connection.ask("EVAL", EXPIRIES, 0, cursor)
        ends |= zip(page[::2], page[1::2])
        if cursor == b"0":
            return ends


def lost(expected, found):
    """In words, what a copy lacks."""
    if found.keys != expected.keys:
        yield f"has {found.keys:,} of {expected.keys:,} keys"
    elif found.digest != expected.digest:
        yield "has every key, but not with the same content"
    if missing := len(expected.expiries.keys() ^ found.expiries.keys()):
        yield f"does not end {missing:,} keys, or others"


def moved_ms(expected, found):
    """By how much a key of the copy ends earlier or later, on the average and at most."""
    moved = [abs(end - expected.expiries[key]) for key, end in found.expiries.items() if key in expected.expiries]
    return {"mean": sum(moved) / len(moved), "most": max(moved)} if moved else {"mean": 0, "most": 0}
