"""The figures as they are printed, and as they are kept."""

from common import tables

LIMIT_SECONDS = 1


def document(bench, options, measured):
    apps = {app: tables.of_tools(tools) for app, tools in measured.items()}
    return tables.head(bench, options) | {"apps": apps, "goals": [goal(app, tools) for app, tools in apps.items()]}


def goal(app, tools):
    beside_start = tools["slipway template"]["median"] - tools["slipway --help"]["median"]
    return {
        "what": f"{app}: planned and assembled, without the start of the program",
        "reached": f"{beside_start:.2f} s",
        "goal": f"below {LIMIT_SECONDS} s",
        "met": beside_start < LIMIT_SECONDS,
    }


def show(document):
    tables.show_head(document)
    for app, tools in document["apps"].items():
        tables.show_tools(app, tools)
    tables.show_end(document)
