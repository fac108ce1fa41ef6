"""CloudFormation where LocalStack stops short of it: rollbacks, retained resources, dynamic references, secret attachments."""

import json

from localstack.aws.api.cloudformation import ChangeAction, ChangeSetType, ResourceStatus, StackStatus
from localstack.runtime import hooks
from localstack.services.cloudformation.resource_provider import OperationStatus
from localstack.utils.patch import patch

AFTERTHOUGHTS = (StackStatus.CREATE_COMPLETE, StackStatus.CREATE_FAILED, StackStatus.UPDATE_COMPLETE, StackStatus.UPDATE_FAILED)


@hooks.on_infra_start()
def mend_stacks() -> None:
    # Imported only now: LocalStack's engine must not be loaded while its plugins are being found.
    from localstack.services.cloudformation.engine.v2.change_set_model_executor import ChangeSetModelExecutor
    from localstack.services.cloudformation.engine.v2.change_set_model_preproc import ChangeSetModelPreproc
    from localstack.services.cloudformation.v2.entities import Stack

    _roll_back_failures(ChangeSetModelExecutor, Stack)
    _keep_what_is_retained(ChangeSetModelExecutor)
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
        stack = executor._change_set.stack
        stack.set_stack_status = lambda *status: None
        try:
            original(executor, **event)
        finally:
            del stack.set_stack_status

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
        if wanted["TargetType"] == "AWS::RDS::DBInstance":
            [database] = clients.rds.describe_db_instances(DBInstanceIdentifier=wanted["TargetId"])["DBInstances"]
            secret = json.loads(clients.secretsmanager.get_secret_value(SecretId=wanted["SecretId"])["SecretString"])
            secret |= {
                "engine": database["Engine"],
                "host": database["Endpoint"]["Address"],
                "port": database["Endpoint"]["Port"],
                "dbInstanceIdentifier": wanted["TargetId"],
            } | ({"dbname": database["DBName"]} if database.get("DBName") else {})
            clients.secretsmanager.put_secret_value(SecretId=wanted["SecretId"], SecretString=json.dumps(secret))
        wanted["Id"] = wanted["SecretId"]
        return original(provider, request)
