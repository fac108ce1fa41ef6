"""An ECS service: keeps as many tasks as it wants, behind its target groups, and replaces them on a new deployment."""

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from moto.ecs.models import ecs_backends
from moto.elbv2.models import elbv2_backends
from slipway_account.cloud_map import Discovery
from slipway_account.elbv2 import health_of
from slipway_account.tasks import Task

SETTLE_SECONDS = 60
POLL_SECONDS = 0.25
# What the circuit breaker of ECS allows at the least.
FAILURES_ALLOWED = 3


class Deployment:
    """One version of a service: which tasks are its own, and how they fare."""

    def __init__(self, definition: str):
        self.id = f"ecs-svc/{random.randint(10**18, 10**19 - 1)}"
        self.definition, self.created = definition, datetime.now(UTC)
        self.failures = 0
        self.settled: set[str] = set()
        self.broken: str | None = None


class RunningService:
    """The tasks of one service; `record` is what moto keeps of it, and is the wish."""

    def __init__(self, account: str, region: str, record, request: dict, tasks):
        self.account, self.region, self.record, self.request, self.tasks = account, region, record, request, tasks
        self.deployment = Deployment(record.task_definition)
        self.discovery = Discovery(account, region, request.get("serviceRegistries") or [])
        self.events: list[dict] = []
        self._lock = threading.RLock()

    def update(self, request: dict) -> None:
        with self._lock:
            if request.get("forceNewDeployment") or self.record.task_definition != self.deployment.definition:
                self.deployment = Deployment(self.record.task_definition)
            self.request = self.request | {k: v for k, v in request.items() if v is not None}
        self.reconcile()

    def remove(self) -> None:
        self.record.desired_count = 0
        self.reconcile()

    def reconcile(self) -> None:
        """Starts what is missing and stops what is too much; old tasks go when as many new ones are in service."""
        with self._lock:
            current, older = self._own(True), self._own(False)
            wanted = self.record.desired_count
            if not self.deployment.broken:
                for _ in range(wanted - len(current)):
                    self._start_one()
            self._retire(current[wanted:])
            if len(self.deployment.settled) >= wanted:
                self._retire(older)

    def _own(self, current: bool) -> list[Task]:
        own = self.tasks.matching(cluster=self.record.cluster_name, group=f"service:{self.record.name}", desired="RUNNING")
        return [task for task in own if (task.request["startedBy"] == self.deployment.id) == current]

    def _start_one(self) -> None:
        definition = ecs_backends[self.account][self.region].describe_task_definition(self.deployment.definition)
        request = {
            "group": f"service:{self.record.name}",
            "startedBy": self.deployment.id,
            "launchType": self.record.launch_type,
            "networkConfiguration": self.request.get("networkConfiguration"),
        }
        self.tasks.start(Task(self.account, self.region, self.record.cluster_arn, definition, request, self._observe))

    def _retire(self, tasks: list[Task]) -> None:
        for task in tasks:
            # Out of the target groups first: no request meets a task that is going.
            self._leave(task)
            task.stop("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {self.deployment.id})")

    def _observe(self, task: Task) -> None:
        if task.status == "RUNNING":
            threading.Thread(target=self._settle, args=(task,), name=f"settle-{task.id[:8]}", daemon=True).start()
        else:
            self._bury(task)

    def _settle(self, task: Task) -> None:
        self.discovery.register(task)
        for balancer, group in self._groups():
            group.register([{"Id": task.address, "Port": balancer["containerPort"]}])
        deadline = time.monotonic() + (self.request.get("healthCheckGracePeriodSeconds") or SETTLE_SECONDS)
        while task.desired == "RUNNING" and (ills := self._ills(task)):
            if time.monotonic() > deadline:
                return task.stop("ServiceSchedulerInitiated", f"Task failed ELB health checks in ({ills[0]})")
            time.sleep(POLL_SECONDS)
        with self._lock:
            if task.desired == "RUNNING" and task.request["startedBy"] == self.deployment.id:
                self.deployment.settled.add(task.id)
                self.deployment.failures = 0
        self.reconcile()
        if self._steady():
            self._tell("has reached a steady state.")

    def _bury(self, task: Task) -> None:
        self._leave(task)
        deployment = self.deployment
        deployment.settled.discard(task.id)
        failed = task.stop_code != "ServiceSchedulerInitiated" or (task.reason or "").startswith("Task failed")
        if not failed or task.request["startedBy"] != deployment.id:
            return self.reconcile()
        deployment.failures += 1
        self._tell(f"(task {task.id}) stopped: {task.reason}")
        if self._breaker() and deployment.failures >= FAILURES_ALLOWED:
            deployment.broken = "ECS deployment circuit breaker: tasks failed to start."
        _later(min(0.25 * 2**deployment.failures, 30), self.reconcile)

    def _breaker(self) -> bool:
        return bool(((self.request.get("deploymentConfiguration") or {}).get("deploymentCircuitBreaker") or {}).get("enable"))

    def _groups(self) -> list:
        known = elbv2_backends[self.account][self.region].target_groups
        return [(b, known[b["targetGroupArn"]]) for b in self.record.load_balancers or [] if b.get("targetGroupArn") in known]

    def _ills(self, task: Task) -> list[str]:
        health = [(group.arn, health_of(group, task.address, b["containerPort"])) for b, group in self._groups()]
        return [f"{arn}: {h['Description']}" for arn, h in health if h["State"] != "healthy"]

    def _leave(self, task: Task) -> None:
        self.discovery.deregister(task)
        for _, group in self._groups():
            if task.address in group.targets:
                group.deregister([{"Id": task.address}])

    def _tell(self, message: str) -> None:
        event = {
            "id": f"{random.getrandbits(128):032x}",
            "createdAt": datetime.now(UTC),
            "message": f"(service {self.record.name}) {message}",
        }
        self.events = [event, *self.events][:100]

    def _steady(self) -> bool:
        return len(self.deployment.settled) == self.record.desired_count and not self._own(False)

    def overlay(self, described: dict) -> dict:
        """What moto tells of the service, with the counts and deployments that are true."""
        with self._lock:
            current, older = self._own(True), self._own(False)
            deployments = [self._describe(self.deployment.id, "PRIMARY", self.record.desired_count, current)]
            deployments += [self._describe("ecs-svc/0", "ACTIVE", 0, older)] if older else []
            running = sum(d["runningCount"] for d in deployments)
            return described | {
                "desiredCount": self.record.desired_count,
                "taskDefinition": self.record.task_definition,
                "runningCount": running,
                "pendingCount": len(current + older) - running,
                "deployments": deployments,
                "events": self.events,
            }

    def _describe(self, identity: str, status: str, desired: int, tasks: list[Task]) -> dict:
        running = sum(task.status == "RUNNING" for task in tasks)
        primary, deployment = status == "PRIMARY", self.deployment
        state = ("FAILED" if deployment.broken else "COMPLETED" if self._steady() else "IN_PROGRESS") if primary else "COMPLETED"
        return {
            "id": identity,
            "status": status,
            "desiredCount": desired,
            "runningCount": running,
            "pendingCount": len(tasks) - running,
            "failedTasks": deployment.failures if primary else 0,
            "createdAt": deployment.created,
            "updatedAt": deployment.created,
            "taskDefinition": deployment.definition if primary else tasks[0].definition.arn,
            "launchType": "FARGATE",
            "rolloutState": state,
            "rolloutStateReason": deployment.broken
            if primary and deployment.broken
            else f"ECS deployment {identity} {state.lower().replace('_', ' ')}.",
        }


def _later(seconds: float, action: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, action)
    # The account must be able to end while a service is about to try again.
    timer.daemon = True
    timer.start()
