"""CloudFormation where LocalStack stops short of it: rollbacks, retained resources, dynamic references, secret attachments."""

import json

from localstack.aws.api.cloudformation import ChangeAction, ChangeSetType, ResourceStatus, StackStatus
from localstack.runtime import hooks
from localstack.services.cloudformation.resource_provider import OperationStatus
from localstack.utils.patch import patch
from slipway_account import final_backups

AFTERTHOUGHTS = (StackStatus.CREATE_COMPLETE, StackStatus.CREATE_FAILED, StackStatus.UPDATE_COMPLETE, StackStatus.UPDATE_FAILED)


@hooks.on_infra_start()
def mend_stacks() -> None:
    # Imported only now: LocalStack's engine must not be loaded while its plugins are being found.
    from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import ChangeSetModelPreproc
    from localstack.services.cloudformation.v2.entities import Stack

    _roll_back_failures(ChangeSetModelExecutor, Stack)
    _keep_what_is_retained(ChangeSetModelExecutor)
    _back_up_what_is_to_be(ChangeSetModelExecutor)
    _replace_only_what_changed(ChangeSetModelExecutor)
    _resolve_references_only_when_deploying(ChangeSetModelPreproc, ChangeSetModelExecutor)
    _fill_attached_secrets()


def _roll_back_failures(executor_class: type, stack_class: type) -> None:
    """A failed stack is told to be rolled back, but what it had made is left behind: delete it, newest first."""

    @patch(executor_class.process)
    def process(original, executor):
        try:
            return original(executor)
        except Exception as e:
            if executor._change_set.stack.status != StackStatus.DELETE_IN_PROGRESS:
                _roll_back(executor, getattr(e, "logical_resource_id", None))
            raise

    @patch(executor_class._process_event)
    def process_event(original, executor, **event):
        # Those that wait for the one that failed did not fail themselves, and come without a reason.
        if event["event_status"] == OperationStatus.FAILED and not event.get("reason"):
            return
        # A stack goes from its first failure to its rollback; waiters take CREATE_FAILED for the end.
        stack, name = executor._change_set.stack, event["logical_resource_id"]
        stack.set_stack_status = lambda *status: None
        successor = stack.resource_states.get(name)
        try:
            original(executor, **event)
        finally:
            del stack.set_stack_status
        # What a resource was replaced by is still there when the old one is gone.
        kept = (executor._change_set.processed_template or {}).get("Resources", {})
        if event["action"] == ChangeAction.Remove and name in kept and name in executor._before_resolved_resources:
            stack.resource_states[name] = successor

    @patch(stack_class.set_stack_status)
    def set_stack_status(original, stack, status, reason=None):
        # After the rollback LocalStack judges once more, from resources that are no longer there.
        if str(stack.status).endswith("ROLLBACK_COMPLETE") and status in AFTERTHOUGHTS:
            return
        undeletable = [name for name, state in stack.resource_states.items() if state["ResourceStatus"] == ResourceStatus.DELETE_FAILED]
        if status == StackStatus.DELETE_COMPLETE and undeletable:
            status, reason = StackStatus.DELETE_FAILED, f"The following resource(s) failed to delete: [{', '.join(undeletable)}]."
        original(stack, status, reason)


def _roll_back(executor, failed: str | None) -> None:
    change_set, before = executor._change_set, dict(executor._before_resolved_resources or {})
    stack, creation = change_set.stack, change_set.change_set_type == ChangeSetType.CREATE
    reason = f"The following resource(s) failed to {'create' if creation else 'update'}: [{failed}]. " if failed else ""
    stack.set_stack_status(
        StackStatus.ROLLBACK_IN_PROGRESS if creation else StackStatus.UPDATE_ROLLBACK_IN_PROGRESS, f"{reason}Rollback requested by user."
    )
    for name, resource in reversed(list(executor.resources.items())):
        if name not in before and resource.get("PhysicalResourceId"):
            _remove(executor, name, resource)
    # The stack is again what it was; a change in place of a resource that existed is not taken back.
    executor.resources.clear()
    executor.resources.update(before)
    if creation:
        change_set.processed_template = {**change_set.processed_template, "Resources": {}, "Outputs": {}}
    else:
        for kept in ("template", "template_body", "processed_template", "resolved_parameters"):
            setattr(change_set, kept, getattr(stack, kept))


def _remove(executor, name: str, resource: dict) -> None:
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import PreprocProperties

    def tell(status: OperationStatus, **details) -> None:
        executor._process_event(
            action=ChangeAction.Remove, logical_resource_id=name, resource_type=resource["Type"], event_status=status, **details
        )

    if executor._change_set.template["Resources"][name].get("DeletionPolicy") == "Retain":
        return tell(OperationStatus.SUCCESS, custom_status=ResourceStatus.DELETE_SKIPPED)
    tell(OperationStatus.IN_PROGRESS)
    event = executor._execute_resource_action(
        action=ChangeAction.Remove,
        logical_resource_id=name,
        resource_type=resource["Type"],
        before_properties=PreprocProperties(properties=resource["Properties"]),
        after_properties=None,
    )
    tell(event.status, reason=event.message)


def _keep_what_is_retained(executor_class: type) -> None:
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import DeletionPolicy

    @patch(executor_class._execute_resource_change)
    def execute_resource_change(original, executor, name, before, after):
        # Both mean "keep" once the stack's creation is over; LocalStack knows only the first.
        if getattr(before, "deletion_policy", None) == DeletionPolicy.RetainExceptOnCreate:
            before.deletion_policy = DeletionPolicy.Retain
        return original(executor, name, before, after)


def _back_up_what_is_to_be(executor_class: type) -> None:
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import DeletionPolicy

    @patch(executor_class._execute_resource_action)
    def execute_resource_action(original, executor, **asked):
        stack, name = executor._change_set.stack, asked["logical_resource_id"]
        told = (stack.processed_template or {}).get("Resources", {}).get(name, {})
        if stack.status == StackStatus.DELETE_IN_PROGRESS and told.get("DeletionPolicy") == DeletionPolicy.Snapshot:
            final_backups.take(stack, name, asked["resource_type"], stack.resolved_resources[name]["PhysicalResourceId"])
        return original(executor, **asked)


def _replace_only_what_changed(executor_class: type) -> None:
    """LocalStack takes a reference to what changes in its place for another value, and so replaces a database for its subnets' tags."""
    from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

    @patch(executor_class._execute_resource_change)
    def execute_resource_change(original, executor, name, before, after):
        if getattr(after, "requires_replacement", False) and hasattr(before, "properties"):
            schema = ResourceProviderExecutor.try_load_resource_provider(after.resource_type).SCHEMA
            fixed = {path.split("/")[2] for path in schema.get("createOnlyProperties", [])}
            old, new = before.properties.properties, after.properties.properties
            after.requires_replacement = any(old.get(key) != new.get(key) for key in fixed)
        return original(executor, name, before, after)


def _resolve_references_only_when_deploying(preproc_class: type, executor_class: type) -> None:
    """`{{resolve:…}}` of a secret that the same stack makes has no value while the template is only being read."""

    @patch(preproc_class._perform_dynamic_replacements)
    def perform_dynamic_replacements(original, preproc, value):
        return original(preproc, value) if isinstance(preproc, executor_class) else value


def _fill_attached_secrets() -> None:
    """A SecretTargetAttachment writes where the database is into the secret; LocalStack's writes nothing."""
    from localstack.services.secretsmanager.resource_providers.aws_secretsmanager_secrettargetattachment import (
        SecretsManagerSecretTargetAttachmentProvider,
    )

    @patch(SecretsManagerSecretTargetAttachmentProvider.create)
    def create(original, provider, request):
        wanted, clients = request.desired_state, request.aws_client_factory
        if found := _attached(clients.rds, wanted["TargetType"], wanted["TargetId"]):
            secret = json.loads(clients.secretsmanager.get_secret_value(SecretId=wanted["SecretId"])["SecretString"])
            clients.secretsmanager.put_secret_value(SecretId=wanted["SecretId"], SecretString=json.dumps(secret | found))
        wanted["Id"] = wanted["SecretId"]
        return original(provider, request)


def _attached(rds, kind: str, name: str) -> dict:
    """What the secret of a database is told of it, by the names that AWS has for it."""
    if kind == "AWS::RDS::DBInstance":
        [database] = rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"]
        told = {"host": database["Endpoint"]["Address"], "port": database["Endpoint"]["Port"], "dbInstanceIdentifier": name}
        place = database.get("DBName")
    elif kind == "AWS::RDS::DBCluster":
        [database] = rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"]
        told = {"host": database["Endpoint"], "port": database["Port"], "dbClusterIdentifier": name}
        place = database.get("DatabaseName")
    else:
        return {}
    return told | {"engine": database["Engine"]} | ({"dbname": place} if place else {})
