"""What a server holds, as the server itself tells it and none of the tools."""

from dataclasses import dataclass

# The absolute ends of all keys that have one, in one number: as the distance to a point in time.
EXPIRIES = """
local cursor, ttls, sum = "0", 0, 0
repeat
  local page = redis.call("SCAN", cursor, "COUNT", 10000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    local ttl = redis.call("PTTL", key)
    if ttl >= 0 then
      local time = redis.call("TIME")
      ttls = ttls + 1
      sum = sum + ttl + time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
    end
  end
until cursor == "0"
return {ttls, string.format("%.0f", sum)}
"""


@dataclass(frozen=True)
class Contents:
    """Redis' own digest has each key's name, type, content and whether it ends, and knows no order where the type has none."""

    keys: int
    digest: str
    volatile: int
    expiries: int


def of(server, since_ms):
    volatile, expiries = server.ask("EVAL", EXPIRIES, 0, since_ms)
    return Contents(server.ask("DBSIZE"), server.ask("DEBUG", "DIGEST"), volatile, int(expiries))


def lost(expected, found):
    """In words, what a copy lacks."""
    if found.keys != expected.keys:
        yield f"has {found.keys:,} of {expected.keys:,} keys"
    elif found.digest != expected.digest:
        yield "has every key, but not with the same content"
    if found.volatile != expected.volatile:
        yield f"has {found.volatile:,} of {expected.volatile:,} keys that end"


def moved_ms(expected, found):
    """By how much a copy's keys end later, on the average."""
    if not expected.volatile or found.volatile != expected.volatile:
        return 0.0
    return (found.expiries - expected.expiries) / expected.volatile
