"""What was measured, as a document and as a table."""

import os
import platform
import statistics
import subprocess
import time

import servers
import tools

GOAL_ROWS = 1.3
GOAL_FAR = 2.0
GOAL_COMPARE = 3.0
GOAL_MB = 512


def document(bench, options, results, checkout):
    return {
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": git(checkout, "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*"),
        "cores": os.cpu_count(),
        "machine": platform.platform(),
        "postgres": bench.version,
        "settings": servers.SETTINGS,
        "pgcopydb": bench.pgcopydb,
        "size": options.size,
        "rounds": options.rounds,
        "skipped": bench.skipped,
        "failures": bench.failures,
        "sets": {name: summary(result) for name, result in results.items()},
        "goals": [goal for name, result in results.items() for goal in goals(name, result)],
    }


def git(checkout, *words):
    done = subprocess.run(["git", "-C", checkout, *words], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def summary(result):
    kept = {name: value for name, value in result.items() if name not in ("copy", "compare")}
    for kind in ("copy", "compare"):
        if kind in result:
            kept[kind] = {tool: of_runs(runs) for tool, runs in result[kind].items()}
    return kept


def of_runs(runs):
    seconds = [run["seconds"] for run in runs]
    return {
        "median": statistics.median(seconds),
        "min": min(seconds),
        "max": max(seconds),
        "cpu": statistics.median(run["cpu"] for run in runs),
        "peak_mb": max(run["peak_mb"] for run in runs),
        "phases": middle(runs)["phases"],
        "runs": runs,
    }


def middle(runs):
    """The run of the median, or the quicker of the two beside it."""
    return sorted(runs, key=lambda run: run["seconds"])[(len(runs) - 1) // 2]


def goals(name, result):
    """What is promised, and whether it was reached here."""
    copies = {tool: of_runs(runs) for tool, runs in result["copy"].items()}
    ours = copies.pop(tools.SLIPWAY)
    fastest, peer = min(copies.items(), key=lambda item: item[1]["median"])
    share = peer["phases"]["indexes"] / middle(peer["runs"])["seconds"]
    yield goal(f"{name}: the copy beside {fastest} (indexes {share:.0%} of it)", peer["median"] / ours["median"],
               GOAL_FAR if name == "latency" else GOAL_ROWS if share < 0.5 else 1.0)
    yield below(f"{name}: memory of the copy", ours["peak_mb"])
    if "compare" in result:
        compares = {tool: of_runs(runs) for tool, runs in result["compare"].items()}
        own = compares.pop(tools.SLIPWAY_COMPARE.name)
        other, found = min(compares.items(), key=lambda item: item[1]["median"])
        yield goal(f"{name}: compare beside {other}", found["median"] / own["median"], GOAL_COMPARE)
        yield below(f"{name}: memory of compare", own["peak_mb"])


def goal(what, ratio, least):
    return {"what": what, "reached": f"{ratio:.2f} times as fast", "goal": f"at least {least}", "met": ratio >= least}


def below(what, peak):
    return {"what": what, "reached": f"{peak:.0f} MB", "goal": f"below {GOAL_MB} MB", "met": peak < GOAL_MB}


def show(found):
    pgcopydb = f", pgcopydb {found['pgcopydb']}" if found["pgcopydb"] else ""
    print(f"\ncommit {found['commit']}, {found['cores']} cores, Postgres {found['postgres']}{pgcopydb}, "
          f"{found['rounds']} rounds, size {found['size']:g}")
    for line in found["skipped"]:
        print(f"skipped: {line}")
    for name, result in found["sets"].items():
        for kind in ("copy", "compare"):
            if kind in result:
                show_tools(f"{kind} of {name}, {result['bytes'] / 1e6:.0f} MB, load {result['load']:.1f}", result[kind])
        show_phases(result["copy"])
        if "line" in result:
            print("  the line: {round_trip_ms:.1f} ms a round trip, {mb_per_second:.0f} MB/s".format(**result["line"]))
    print()
    for goal in found["goals"]:
        print(f"{'met    ' if goal['met'] else 'NOT MET'}  {goal['what']}: {goal['reached']}, goal {goal['goal']}")
    for line in found["failures"]:
        print(f"FAILED   {line}")


def show_tools(title, measured):
    ours = next(figures for tool, figures in measured.items() if tool.startswith("slipway"))
    print(f"\n{title}\n  {'':26}{'median':>9}{'min':>9}{'max':>9}{'ratio':>8}{'cpu':>9}{'peak':>10}")
    for tool, figures in sorted(measured.items(), key=lambda item: item[1]["median"]):
        times = "".join(f"{figures[key]:8.2f}s" for key in ("median", "min", "max"))
        print(f"  {tool:26}{times}{figures['median'] / ours['median']:8.2f}{figures['cpu']:8.2f}s{figures['peak_mb']:7.0f} MB")


def show_phases(measured):
    names = list(next(iter(measured.values()))["phases"])
    print(f"\n  {'seconds of the median run':26}" + "".join(f"{name:>11}" for name in names))
    for tool, figures in measured.items():
        print(f"  {tool:26}" + "".join(f"{figures['phases'][name]:11.2f}" for name in names))
