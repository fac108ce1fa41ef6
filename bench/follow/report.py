"""The figures as they are printed, and as they are kept."""

import os
import platform


def verdict(figures):
    if not figures["kept_up"]:
        return ": does not keep up"
    return ": the source does no more" if figures["source_is_the_limit"] else ""


def line(figures):
    return (
        f"{figures['rate']:7,} writes a second: {figures['done']:9,.0f} done, at most {figures['most_bytes'] / 1e6:8.2f} MB behind, "
        f"none {figures['caught_up_seconds']:5.1f} s after the end{verdict(figures)}"
    )


def cutover(figures):
    return (
        f"cutover at {figures['rate']} writes a second: neither side took writes for {figures['pause_ms']} ms"
        if figures["done"]
        else f"cutover at {figures['rate']} writes a second: not done, {figures['said']}"
    )


def document(bench, options, measured):
    return {
        "machine": {"cores": os.cpu_count(), "system": platform.platform()},
        "seconds": options.seconds,
        "size": options.size,
        "findings": bench.findings,
        "failures": bench.failures,
        "stores": measured,
    }


def show(document):
    for fault in [*document["findings"], *document["failures"]]:
        print(fault)
