"""ECS: clusters and definitions are records by moto, tasks are processes, services keep tasks running."""

import threading

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.ecs.models import ecs_backends
from slipway_account.ecs_services import RunningService
from slipway_account.faults import fault_of
from slipway_account.forward import forwarded
from slipway_account.tasks import Task


class Tasks:
    """Every task that this account has ever run; a stopped one stays to be described, as it does for an hour on AWS."""

    def __init__(self):
        self._tasks: dict[str, Task] = {}

    def start(self, task: Task) -> Task:
        self._tasks[task.id] = task
        return task.start()

    def named(self, name: str) -> Task | None:
        return self._tasks.get(name.rpartition("/")[2])

    def matching(self, **wanted: str | None) -> list[Task]:
        return [task for task in list(self._tasks.values()) if all(_trait(task, key) == value for key, value in wanted.items() if value)]


def _trait(task: Task, key: str) -> str | None:
    return {
        "cluster": task.cluster_arn.rpartition("/")[2],
        "family": task.family,
        "group": task.group,
        "startedBy": task.request.get("startedBy"),
        "desired": task.desired,
    }[key]


TASKS = Tasks()
SERVICES: dict[str, RunningService] = {}
_services_lock = threading.Lock()


def _cluster(request: dict) -> str:
    return (request.get("cluster") or "default").rpartition("/")[2]


def run_task(context: RequestContext, request: dict) -> dict:
    backend = ecs_backends[context.account_id][context.region]
    cluster, definition = backend._get_cluster(_cluster(request)), backend.describe_task_definition(request["taskDefinition"])
    if failures := fault_of("ecs", "RunTask").get("failures"):
        return {"tasks": [], "failures": failures}
    tasks = [Task(context.account_id, context.region, cluster.arn, definition, request) for _ in range(request.get("count") or 1)]
    return {"tasks": [TASKS.start(task).describe() for task in tasks], "failures": []}


def stop_task(context: RequestContext, request: dict) -> dict:
    task = TASKS.named(request["task"])
    if not task:
        raise CommonServiceException("InvalidParameterException", "The referenced task was not found.", sender_fault=True)
    task.stop("UserInitiated", request.get("reason") or "Task stopped by user")
    return {"task": task.describe()}


def describe_tasks(context: RequestContext, request: dict) -> dict:
    found = {name: TASKS.named(name) for name in request["tasks"]}
    return {
        "tasks": [task.describe() for task in found.values() if task],
        "failures": [{"arn": name, "reason": "MISSING"} for name, task in found.items() if not task],
    }


def list_tasks(context: RequestContext, request: dict) -> dict:
    group = f"service:{request['serviceName'].rpartition('/')[2]}" if request.get("serviceName") else None
    tasks = TASKS.matching(
        cluster=_cluster(request),
        family=request.get("family"),
        startedBy=request.get("startedBy"),
        group=group,
        desired=request.get("desiredStatus") or "RUNNING",
    )
    return {"taskArns": [task.arn for task in tasks]}


def create_service(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    record = ecs_backends[context.account_id][context.region].services[f"{_cluster(request)}:{request['serviceName']}"]
    with _services_lock:
        service = SERVICES[record.arn] = RunningService(context.account_id, context.region, record, request, TASKS)
    service.reconcile()
    return {"service": service.overlay(answer["service"])}


def update_service(context: RequestContext, request: dict) -> dict:
    before = call_moto(context)["service"]
    service = SERVICES[before["serviceArn"]]
    service.update(request)
    return {"service": service.overlay(before)}


def delete_service(context: RequestContext, request: dict) -> dict:
    service = call_moto(context)["service"]
    SERVICES[service["serviceArn"]].remove()
    return {"service": service}


def describe_services(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    return answer | {"services": [SERVICES[s["serviceArn"]].overlay(s) for s in answer.get("services") or []]}


@aws_provider(api="ecs")
def ecs() -> Service:
    return forwarded(
        "ecs",
        {
            "RunTask": run_task,
            "StopTask": stop_task,
            "DescribeTasks": describe_tasks,
            "ListTasks": list_tasks,
            "CreateService": create_service,
            "UpdateService": update_service,
            "DeleteService": delete_service,
            "DescribeServices": describe_services,
        },
    )
