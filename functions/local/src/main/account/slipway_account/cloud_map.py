"""What ECS tells Cloud Map of a service's tasks, and by what name other tasks then find them."""

from moto.servicediscovery.models import servicediscovery_backends
from slipway_account import machine_room
from slipway_account.tasks import Task


class Discovery:
    """The registries of one ECS service; they are records by moto, and names in the run's own resolver."""

    def __init__(self, account: str, region: str, registries: list[dict]):
        self._backend = servicediscovery_backends[account][region]
        self._ids = [registry["registryArn"].rpartition("/")[2] for registry in registries]

    def register(self, task: Task) -> None:
        for service_id in self._ids:
            self._backend.register_instance(service_id, task.id, task.id, {"AWS_INSTANCE_IPV4": task.address})
            machine_room.add_name(self._name(service_id), task.address)

    def deregister(self, task: Task) -> None:
        for service_id in self._ids:
            known = self._backend.services.get(service_id)
            if known and any(instance.instance_id == task.id for instance in known.instances):
                self._backend.deregister_instance(service_id, task.id)
                machine_room.remove_name(self._name(service_id), task.address)

    def _name(self, service_id: str) -> str:
        service = self._backend.get_service(service_id)
        namespace = service.namespace_id or service.dns_config["NamespaceId"]
        return f"{service.name}.{self._backend.get_namespace(namespace).name}"
