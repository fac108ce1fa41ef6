"""What was measured, as a document and as a table."""

import servers
import tools
from common import tables

GOAL_GUIDE = 50.0
GOAL_PEER = 1.0
GOAL_MB = 400


def document(bench, options, results):
    kept = {name: results[name] for name in ("keys", "sample", "bytes", "load")}
    return tables.head(bench, options) | kept | {
        "redis": bench.version,
        "settings": servers.SETTINGS,
        "moved_ms": bench.moved,
        "copy": tables.of_tools(results["copy"]),
        "compare": tables.of_tools(results["compare"]),
        "goals": list(goals(bench, results)),
    }


def goals(bench, results):
    """What is promised, and whether it was reached here."""
    ours, others = tables.ours_and_others(results["copy"], tools.SLIPWAY.name)
    if ours is None:
        return
    guide = others.pop(tools.GUIDE, None)
    if guide:
        scaled = guide["median"] * results["keys"] / results["sample"]
        yield tables.goal("the copy beside the guide's script, scaled", scaled / ours["median"], GOAL_GUIDE)
    for name, figures in others.items():
        lost = ", which lost some" if name in bench.incomplete else ""
        yield tables.goal(f"the copy beside {name}{lost}", figures["median"] / ours["median"], GOAL_PEER)
    yield tables.below("memory of the copy", ours["peak_mb"], GOAL_MB)


def show(found):
    tables.show_head(found, f"Redis {found['redis']}")
    tables.show_tools(f"copy of {found['keys']:,} keys, {found['bytes'] / 1e6:.0f} MB in memory, load {found['load']:.1f}", found["copy"])
    print(f"  {tools.GUIDE} copied {found['sample']:,} keys, all of them strings")
    for name, moved in found["moved_ms"].items():
        print(f"  {name} moved the ends of keys by {moved['mean']:.1f} ms, at most {moved['most']:,} ms")
    tables.show_parts("CPU seconds of the servers", found["copy"], "servers")
    if found["compare"]:
        tables.show_tools("compare", found["compare"])
    tables.show_end(found)
