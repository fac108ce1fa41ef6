"""What was measured, as a document and as a table."""

import tools
from common import tables

GOAL_PEER = 1.0
GOAL_AWS = 5.0
GOAL_MB = 400


def document(bench, options, results):
    kept = {name: results[name] for name in ("objects", "bytes", "load")}
    return tables.head(bench, options) | kept | {
        "versitygw": bench.version,
        "attributes_lost": bench.attributes_lost,
        "metadata_added": bench.metadata_added,
        "copy": tables.of_tools(results["copy"]),
        "compare": tables.of_tools(results["compare"]),
        "goals": list(goals(results)),
    }


def goals(results):
    """What is promised, and whether it was reached here."""
    ours, others = tables.ours_and_others(results["copy"], tools.SLIPWAY.name)
    if ours is None:
        return
    if others:
        fastest, peer = tables.fastest(others)
        yield tables.goal(f"the copy beside {fastest}", peer["median"] / ours["median"], GOAL_PEER)
    if tools.AWS in others:
        yield tables.goal(f"the copy beside {tools.AWS}", others[tools.AWS]["median"] / ours["median"], GOAL_AWS)
    yield tables.below("memory of the copy", ours["peak_mb"], GOAL_MB)


def show(found):
    tables.show_head(found, f"versitygw {found['versitygw']}")
    tables.show_tools(f"copy of {found['objects']:,} objects, {found['bytes'] / 1e6:.0f} MB, load {found['load']:.1f}", found["copy"])
    tables.show_parts("CPU seconds of the servers", found["copy"], "servers")
    print()
    for name, lost in found["attributes_lost"].items():
        print(f"  {name} lost {counted(lost)}; it added {counted(found['metadata_added'][name])}")
    if found["compare"]:
        tables.show_tools("compare", found["compare"])
    tables.show_end(found)


def counted(names):
    return ", ".join(f"{name} of {count:,}" for name, count in names.items()) or "nothing"
