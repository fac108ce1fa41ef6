"""The ways to copy a Redis that are measured."""

import shutil
from pathlib import Path

from common import peers
from common.commands import Tool

HERE = Path(__file__).resolve().parent
SLIPWAY = Tool("slipway copy", 'exec "$CHECKOUT/slipway" copy "$1" "$2"')
SLIPWAY_COMPARE = Tool("slipway compare", 'exec "$CHECKOUT/slipway" compare "$1" "$2"')
GUIDE = "guide's script"

# It logs into its folder. It ends by itself where it need not follow.
SHAKE = """
cd "$3" && cat >shake.toml <<END
[{reader}]
address = "${{1#redis://}}"
{options}
[redis_writer]
address = "${{2#redis://}}"
END
"{program}" shake.toml
"""


def guide():
    """It where it can be used, and why not."""
    programs, reason = peers.from_packages("redis")
    return ([], reason) if reason else ([Tool(GUIDE, f'"{programs}/python" "{HERE}/guide.py" "$1" "$2"')], None)


def redis_shake(named):
    program = named or shutil.which("redis-shake")
    if program is None:
        return []
    return [
        Tool("RedisShake, sync", SHAKE.format(program=program, reader="sync_reader", options="sync_aof = false")),
        # A key at a time is its default; it is quicker with many.
        Tool("RedisShake, scan", SHAKE.format(program=program, reader="scan_reader", options="count = 1000")),
    ]


def riot(named):
    """Its ways to copy and its way to compare."""
    program = named or shutil.which("riot")
    if program is None:
        return [], []
    # By itself it compares afterwards, which is measured on its own.
    copy = f'"{program}" replicate --mode scan --compare none --progress none'
    return (
        [
            Tool("RIOT", f'{copy} "$1" "$2"'),
            # Its batches are of 50 keys, one after the other.
            Tool("RIOT, tuned", f'{copy} --batch 500 --read-batch 500 --read-threads 4 --threads 4 "$1" "$2"'),
        ],
        [Tool("RIOT compare", f'"{program}" compare --progress none "$1" "$2"')],
    )
