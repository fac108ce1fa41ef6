"""Metrics that a function wrote into its log (embedded metric format), put to CloudWatch as AWS does."""
import json
import logging
import queue
import threading
from typing import Any

from localstack.aws.connect import connect_to

LOG = logging.getLogger(__name__)
_PENDING: queue.Queue = queue.Queue()
# The two most that PutMetricData takes: values of a datum, data of a call.
MAX_VALUES = 150
MAX_DATA = 1000


def publish(logs: str, function) -> None:
    """Queues the metrics of a function's log lines; a line that only looks like one is left alone, as AWS does."""
    for line in logs.splitlines():
        if '"_aws"' in line and '"CloudWatchMetrics"' in line:
            _PENDING.put((line, function.account, function.region))


def data_of(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The (namespace, metric datum) pairs of one embedded-metric document."""
    data = []
    for directive in document["_aws"]["CloudWatchMetrics"]:
        for names in directive.get("Dimensions") or [[]]:
            dimensions = [{"Name": name, "Value": str(document[name])} for name in names if name in document]
            for metric in directive["Metrics"]:
                if metric["Name"] in document:
                    data.append((directive["Namespace"], _datum(document, metric, dimensions)))
    return data


def _datum(document: dict[str, Any], metric: dict[str, Any], dimensions: list[dict[str, str]]) -> dict[str, Any]:
    value = document[metric["Name"]]
    values = value if isinstance(value, list) else [value]
    return {
        "MetricName": metric["Name"],
        "Unit": metric.get("Unit", "None"),
        "Timestamp": document["_aws"]["Timestamp"] / 1000,
        "Dimensions": dimensions,
        "Values": [float(each) for each in values[:MAX_VALUES]],
        "Counts": [1.0] * len(values[:MAX_VALUES]),
    }


def _put_pending() -> None:
    while True:
        line, account, region = _PENDING.get()
        try:
            _put(json.loads(line[line.index("{"):]), account, region)
        except Exception:
            LOG.warning("Tried to put the metrics of this line to CloudWatch but failed: %s", line, exc_info=True)


def _put(document: dict[str, Any], account: str, region: str) -> None:
    cloudwatch = connect_to(aws_access_key_id=account, region_name=region).cloudwatch
    by_namespace: dict[str, list[dict[str, Any]]] = {}
    for namespace, datum in data_of(document):
        by_namespace.setdefault(namespace, []).append(datum)
    for namespace, data in by_namespace.items():
        for start in range(0, len(data), MAX_DATA):
            cloudwatch.put_metric_data(Namespace=namespace, MetricData=data[start:start + MAX_DATA])


threading.Thread(target=_put_pending, name="slipway-metrics", daemon=True).start()
