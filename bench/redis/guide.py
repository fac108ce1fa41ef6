"""The script of a guide that was written by hand, with both servers' ports as its only change."""

import sys

import redis

source = redis.Redis(host="localhost", port=int(sys.argv[1].rsplit(":", 1)[1]))
target = redis.Redis(host="localhost", port=int(sys.argv[2].rsplit(":", 1)[1]))

for key in source.scan_iter("*"):
    ttl = source.ttl(key)
    value = source.get(key)
    if ttl > 0:
        target.setex(key, ttl, value)
    else:
        target.set(key, value)

print(f"Migrated {source.dbsize()} keys")
