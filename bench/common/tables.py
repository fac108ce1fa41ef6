"""What was measured, as the parts of a document and as tables."""

import os
import platform
import statistics
import subprocess
import time

from common.frame import CHECKOUT


def head(bench, options):
    """What a document says of every benchmark."""
    return {
        "when": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": commit(),
        "cores": os.cpu_count(),
        "machine": platform.platform(),
        "size": options.size,
        "rounds": options.rounds,
        "skipped": bench.skipped,
        "findings": bench.findings,
        "failures": bench.failures,
    }


def commit():
    words = ["git", "-C", CHECKOUT, "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*"]
    done = subprocess.run(words, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def of_tools(measured):
    return {tool: of_runs(runs) for tool, runs in measured.items()}


def of_runs(runs):
    seconds = [run["seconds"] for run in runs]
    return {
        "median": statistics.median(seconds),
        "min": min(seconds),
        "max": max(seconds),
        "cpu": statistics.median(run["cpu"] for run in runs),
        "peak_mb": max(run["peak_mb"] for run in runs),
        "middle": middle(runs),
        "runs": runs,
    }


def middle(runs):
    """The run of the median, or the quicker of the two beside it."""
    return sorted(runs, key=lambda run: run["seconds"])[(len(runs) - 1) // 2]


def ours_and_others(measured, name):
    """What slipway took, or nothing where it has no figure, and what the others took."""
    figures = of_tools(measured)
    return figures.pop(name, None), figures


def fastest(others):
    return min(others.items(), key=lambda item: item[1]["median"])


def goal(what, ratio, least):
    return {"what": what, "reached": f"{ratio:.2f} times as fast", "goal": f"at least {least}", "met": ratio >= least}


def below(what, peak, limit):
    return {"what": what, "reached": f"{peak:.0f} MB", "goal": f"below {limit} MB", "met": peak < limit}


def show_head(found, *servers):
    parts = [f"commit {found['commit']}", f"{found['cores']} cores", *servers, f"{found['rounds']} rounds", f"size {found['size']:g}"]
    print("\n" + ", ".join(parts))
    for line in found["skipped"]:
        print(f"skipped: {line}")


def show_tools(title, measured):
    ours = next((figures["median"] for tool, figures in measured.items() if tool.startswith("slipway")), float("nan"))
    print(f"\n{title}\n  {'':26}{'median':>9}{'min':>9}{'max':>9}{'ratio':>8}{'cpu':>9}{'peak':>10}")
    for tool, figures in sorted(measured.items(), key=lambda item: item[1]["median"]):
        times = "".join(f"{figures[key]:8.2f}s" for key in ("median", "min", "max"))
        print(f"  {tool:26}{times}{figures['median'] / ours:8.2f}{figures['cpu']:8.2f}s{figures['peak_mb']:7.0f} MB")


def show_parts(title, measured, key):
    """What the run of the median says under that key, part by part."""
    names = [name for figures in measured.values() for name in figures["middle"][key]]
    names = list(dict.fromkeys(names))
    print(f"\n  {title:26}" + "".join(f"{name:>13}" for name in names))
    for tool, figures in measured.items():
        print(f"  {tool:26}" + "".join(f"{figures['middle'][key][name]:13.2f}" for name in names))


def show_end(found):
    print()
    for goal in found["goals"]:
        print(f"{'met    ' if goal['met'] else 'NOT MET'}  {goal['what']}: {goal['reached']}, goal {goal['goal']}")
    for line in found["findings"]:
        print(f"PEER     {line}")
    for line in found["failures"]:
        print(f"FAILED   {line}")
