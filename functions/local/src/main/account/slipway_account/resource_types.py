"""Which resource types the account makes, and how: rows of ours first, then LocalStack's own, then the list of what nothing makes."""

from importlib import import_module
from types import ModuleType

from localstack.runtime import hooks
from localstack.services.cloudformation.resource_provider import (
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceProviderExecutor,
    ResourceRequest,
)
from localstack.utils.patch import patch
from slipway_account import not_emulated
from slipway_account.resources import Model, Resource

SUBJECTS = ("buckets", "compute", "delivery", "edge", "kubernetes", "network", "stores", "watch")

# LocalStack's own, whose creation is a call that also changes what is there.
PUT = (
    "AWS::CloudWatch::Alarm",
    "AWS::Events::Rule",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SecretsManager::ResourcePolicy",
)
# LocalStack's own, which hold nothing and are deleted and made again.
AGAIN = ("AWS::EC2::Route", "AWS::Scheduler::Schedule", "AWS::SecretsManager::SecretTargetAttachment")


def rows() -> dict[str, Resource]:
    modules = [import_module(f"slipway_account.resources_{subject}") for subject in SUBJECTS]
    return {row.type: row for module in modules for row in _rows(module)}


def _rows(module: ModuleType) -> list[Resource]:
    return [value for value in vars(module).values() if isinstance(value, Resource)]


@hooks.on_infra_start()
def make_every_type_or_fail() -> None:
    from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
    from localstack.services.cloudformation.engine.v2.change_set_resource_support_checker import ChangeSetResourceSupportChecker

    table, load = rows(), ResourceProviderExecutor.try_load_resource_provider

    def try_load_resource_provider(resource_type: str) -> ResourceProvider:
        if resource_type in table:
            return table[resource_type].provider()
        if absent := not_emulated.TYPES.get(resource_type):
            return absent.provider()
        return load(resource_type) or Unknown(resource_type)

    ResourceProviderExecutor.try_load_resource_provider = staticmethod(try_load_resource_provider)
    # A type that nothing makes fails where it is made, with its name, as a resource does on AWS.
    ChangeSetResourceSupportChecker.visit_node_resource = lambda checker, node: None
    _change_or_fail()
    _know_every_attribute(ChangeSetModelExecutor)


class Unknown(ResourceProvider[Model]):
    """What an account does that has never heard of a type."""

    SCHEMA = {"primaryIdentifier": ["/properties/Id"]}

    def __init__(self, resource_type: str):
        self.type = resource_type

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        why = f"{self.type} is made by nothing in the emulated account: add a row to resources_*.py, or a line with its reason to not_emulated.psv"
        return ProgressEvent(OperationStatus.FAILED, request.desired_state, message=why, error_code="GeneralServiceException")

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        return ProgressEvent(OperationStatus.SUCCESS, {})


def _change_or_fail() -> None:
    """LocalStack leaves a resource as it was, and says that it has changed it, where its provider has no update."""

    @patch(ResourceProviderExecutor.execute_action)
    def execute_action(original, executor, provider, payload):
        if payload["action"] not in ("Modify", "Dynamic") or not _lacks_update(provider):
            return original(executor, provider, payload)
        resource_type, data = payload["resourceType"], payload["requestData"]
        after = {**data["previousResourceProperties"], **data["resourceProperties"]}
        if resource_type in AGAIN and not payload["callbackContext"]:
            original(executor, provider, payload | {"action": "Remove", "requestData": data | {"resourceProperties": data["previousResourceProperties"]}})
        if resource_type in PUT + AGAIN:
            return original(executor, provider, payload | {"action": "Add", "requestData": data | {"resourceProperties": after}})
        why = f"the emulated account cannot change {resource_type} in its place"
        return ProgressEvent(OperationStatus.FAILED, data["resourceProperties"], message=why, error_code="GeneralServiceException")


def _lacks_update(provider: ResourceProvider) -> bool:
    """By the code of the method, which does nothing but raise NotImplementedError."""
    code = type(provider).update.__code__
    return "NotImplementedError" in code.co_names and len(code.co_names) == 1


def _know_every_attribute(executor_class: type) -> None:
    """GetAtt of what a resource does not tell is an error on AWS, and `None` in a property here."""

    @patch(executor_class._resolve_attribute)
    def resolve_attribute(original, executor, arguments, select_before):
        value = original(executor, arguments=arguments, select_before=select_before)
        if value is None and not select_before:
            path = arguments if isinstance(arguments, str) else ".".join(arguments)
            raise ValueError(f"Requested attribute {path} is not told by the emulated account")
        return value
