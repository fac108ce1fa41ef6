"""What was measured, as a document and as a table."""

import servers
import tools
from common import tables

GOAL_ROWS = 1.3
GOAL_FAR = 2.0
GOAL_COMPARE = 3.0
GOAL_MB = 512


def document(bench, options, results):
    return tables.head(bench, options) | {
        "postgres": bench.version,
        "settings": servers.SETTINGS,
        "pgcopydb": bench.pgcopydb,
        "sets": {name: summary(result) for name, result in results.items()},
        "goals": [goal for name, result in results.items() for goal in goals(name, result)],
    }


def summary(result):
    kept = {name: value for name, value in result.items() if name not in ("copy", "compare")}
    return kept | {kind: tables.of_tools(result[kind]) for kind in ("copy", "compare") if kind in result}


def goals(name, result):
    """What is promised, and whether it was reached here."""
    ours, others = tables.ours_and_others(result["copy"], tools.SLIPWAY.name)
    if ours and others:
        fastest, peer = tables.fastest(others)
        share = peer["middle"]["phases"]["indexes"] / peer["middle"]["seconds"]
        yield tables.goal(f"{name}: the copy beside {fastest} (indexes {share:.0%} of it)", peer["median"] / ours["median"],
                          GOAL_FAR if name == "latency" else GOAL_ROWS if share < 0.5 else 1.0)
        yield tables.below(f"{name}: memory of the copy", ours["peak_mb"], GOAL_MB)
    ours, others = tables.ours_and_others(result.get("compare", {}), tools.SLIPWAY_COMPARE.name)
    if ours and others:
        fastest, peer = tables.fastest(others)
        yield tables.goal(f"{name}: compare beside {fastest}", peer["median"] / ours["median"], GOAL_COMPARE)
        yield tables.below(f"{name}: memory of compare", ours["peak_mb"], GOAL_MB)


def show(found):
    pgcopydb = [f"pgcopydb {found['pgcopydb']}"] if found["pgcopydb"] else []
    tables.show_head(found, f"Postgres {found['postgres']}", *pgcopydb)
    for name, result in found["sets"].items():
        for kind in ("copy", "compare"):
            if kind in result:
                tables.show_tools(f"{kind} of {name}, {result['bytes'] / 1e6:.0f} MB, load {result['load']:.1f}", result[kind])
        tables.show_parts("seconds of the median run", result["copy"], "phases")
        if "line" in result:
            print("  the line: {round_trip_ms:.1f} ms a round trip, {mb_per_second:.0f} MB/s".format(**result["line"]))
    tables.show_end(found)
