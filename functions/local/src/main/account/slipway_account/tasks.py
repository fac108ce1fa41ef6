"""An ECS task whose containers are processes of this machine."""

import json
import random
import signal
import subprocess
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from localstack.aws.connect import connect_to
from slipway_account import processes
from slipway_account.faults import fault_of
from slipway_account.settings import SETTINGS
from slipway_account.task_environment import CannotStart, credentials, inherited, pairs, secrets_of

# AWS waits 30 seconds by default; a run on one machine has less patience.
LONGEST_STOP_SECONDS = 5
OBSERVED = ("RUNNING", "STOPPED")


class Container:
    """One container of a task: its definition, its process and what became of it."""

    def __init__(self, definition: dict, override: dict):
        self.definition, self.override = definition, override
        self.process: subprocess.Popen | None = None
        self.exit_code: int | None = None
        self.reason: str | None = None
        self.id = uuid.uuid4().hex

    @property
    def essential(self) -> bool:
        return self.definition.get("essential", True)

    def command(self) -> tuple[list[str], dict[str, str]]:
        image = self.definition["image"]
        known = json.loads(SETTINGS.images.read_text()) if SETTINGS.images else {}
        if image not in known:
            raise CannotStart(
                f"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {image}: {image}: not found"
            )
        arguments = self.override.get("command") or self.definition.get("command") or known[image].get("command", [])
        return [*known[image]["argv"], *arguments], known[image].get("environment", {})

    def variables(self, secrets: dict[str, str]) -> dict[str, str]:
        return pairs(self.definition.get("environment")) | secrets | pairs(self.override.get("environment"))

    def stop(self) -> None:
        """SIGTERM, then SIGKILL for a process that is still there after the grace."""
        if self.process and self.process.poll() is None:
            processes.kill(self.process, signal.SIGTERM)
            processes.reap(self.process, min(self.definition.get("stopTimeout") or 30, LONGEST_STOP_SECONDS))

    def bury(self) -> None:
        if self.process:
            code = self.process.wait()
            # A shell's way of telling a signal, which is also Docker's: 137 for SIGKILL.
            self.exit_code = code if code >= 0 else 128 - code
            processes.forget(self.process.pid)


class Task:
    """A task from RunTask to STOPPED; `observer` hears of RUNNING and STOPPED on the task's own thread."""

    def __init__(
        self, account: str, region: str, cluster_arn: str, definition, request: dict, observer: Callable[["Task"], None] | None = None
    ):
        self.account, self.region, self.cluster_arn, self.definition, self.request = account, region, cluster_arn, definition, request
        self.observer = observer or (lambda task: None)
        self.id = uuid.uuid4().hex
        self.arn = f"arn:aws:ecs:{region}:{account}:task/{cluster_arn.rpartition('/')[2]}/{self.id}"
        # Every task has a loopback address of its own, as it has a network interface on Fargate, so that ports never collide.
        self.address = f"127.{random.randint(64, 127)}.{random.randint(0, 255)}.{random.randint(2, 254)}"
        overrides = {o["name"]: o for o in (request.get("overrides") or {}).get("containerOverrides") or []}
        self.containers = [Container(c, overrides.get(c["name"], {})) for c in definition.container_definitions]
        self.status, self.desired = "PROVISIONING", "RUNNING"
        self.times = {"createdAt": datetime.now(UTC)}
        self.stop_code: str | None = None
        self.reason: str | None = None
        self.version = 1
        self._over = threading.Event()
        self._lock = threading.Lock()

    @property
    def family(self) -> str:
        return self.definition.family

    @property
    def group(self) -> str:
        return self.request.get("group") or f"family:{self.family}"

    def start(self) -> "Task":
        self._publish()
        threading.Thread(target=self._run, name=f"task-{self.family}-{self.id[:8]}", daemon=True).start()
        return self

    def stop(self, code: str, reason: str) -> None:
        """Asks the task to end, for the first reason given; safe to repeat."""
        with self._lock:
            if not self.stop_code:
                self.stop_code, self.reason = code, reason
                self.times.setdefault("stoppingAt", datetime.now(UTC))
        self.desired = "STOPPED"
        self._over.set()

    def _run(self) -> None:
        self._move("PENDING")
        self._over.wait(fault_of("ecs", "StartTask").get("seconds", 0))
        try:
            if not self._over.is_set():
                self._start_containers()
                self._move("RUNNING", "startedAt")
        except CannotStart as e:
            self.containers[0].reason = str(e)
            self.stop("TaskFailedToStart", str(e))
        self._over.wait()
        self._move("DEPROVISIONING")
        for container in self.containers:
            container.stop()
        for container in self.containers:
            container.bury()
        self._move("STOPPED", "stoppedAt")

    def _start_containers(self) -> None:
        commands = [
            (container, *container.command(), secrets_of(container.definition, self.account, self.region)) for container in self.containers
        ]
        log = SETTINGS.run / "logs" / f"task-{self.family}-{self.id[:8]}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            for container, argv, image_environment, secrets in commands:
                environment = inherited() | image_environment | container.variables(secrets) | self._surroundings()
                try:
                    container.process = processes.launch(argv, env=environment, cwd=SETTINGS.run, output=output.fileno())
                except OSError as e:
                    raise CannotStart(f"CannotStartContainerError: {e}") from e
        for container in self.containers:
            threading.Thread(target=self._watch, args=(container,), daemon=True).start()

    def _watch(self, container: Container) -> None:
        container.process.wait()
        if container.essential:
            self.stop("EssentialContainerExited", "Essential container in task exited")

    def _surroundings(self) -> dict[str, str]:
        """What every task on Fargate finds in its environment, and the address that is its own."""
        return credentials(self.account, self.region) | {"HOST": self.address}

    def _move(self, status: str, stamp: str | None = None) -> None:
        self.status, self.version = status, self.version + 1
        if stamp:
            self.times[stamp] = datetime.now(UTC)
        self._publish()
        if status in OBSERVED:
            self.observer(self)

    def _publish(self) -> None:
        detail = json.dumps(self.describe(), default=lambda time: time.isoformat())
        entry = {"Source": "aws.ecs", "DetailType": "ECS Task State Change", "Detail": detail, "Resources": [self.arn]}
        connect_to(aws_access_key_id=self.account, region_name=self.region).events.put_events(Entries=[entry])

    def describe(self) -> dict:
        interface = [{"name": "subnetId", "value": "".join(self._subnets()[:1])}, {"name": "privateIPv4Address", "value": self.address}]
        known = {"stopCode": self.stop_code, "stoppedReason": self.reason, "startedBy": self.request.get("startedBy")}
        return {
            "taskArn": self.arn,
            "clusterArn": self.cluster_arn,
            "taskDefinitionArn": self.definition.arn,
            "group": self.group,
            "lastStatus": self.status,
            "desiredStatus": self.desired,
            "version": self.version,
            "launchType": self.request.get("launchType") or "FARGATE",
            "platformVersion": "1.4.0",
            "availabilityZone": f"{self.region}a",
            "connectivity": "CONNECTED",
            "cpu": str(self.definition.cpu or "256"),
            "memory": str(self.definition.memory or "512"),
            "overrides": self.request.get("overrides") or {},
            "tags": self.request.get("tags") or [],
            "attachments": [{"id": self.id, "type": "ElasticNetworkInterface", "status": "ATTACHED", "details": interface}],
            "containers": [self._describe_container(c) for c in self.containers],
            **self.times,
            **{key: value for key, value in known.items() if value},
        }

    def _subnets(self) -> list[str]:
        return ((self.request.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}).get("subnets") or []

    def _describe_container(self, container: Container) -> dict:
        known = {"exitCode": container.exit_code, "reason": container.reason}
        return {
            "containerArn": f"{self.arn.replace(':task/', ':container/')}/{container.id}",
            "taskArn": self.arn,
            "name": container.definition["name"],
            "image": container.definition["image"],
            "lastStatus": self.status,
            "networkInterfaces": [{"attachmentId": self.id, "privateIpv4Address": self.address}],
            **{key: value for key, value in known.items() if value is not None},
        }
