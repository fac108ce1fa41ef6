"""CloudFormation resources as rows of a table: which call makes one, which deletes it, and what Ref and GetAtt answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from botocore.exceptions import ClientError
from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    ResourceRequest,
)
from plux import PluginSpec

Client = object
Model = dict


class ResourceFailed(Exception):
    """Why a resource that was made did not become what it should be."""


@dataclass(frozen=True)
class Resource:
    """One resource type. Property names are CloudFormation's; the client turns their case and types into the API's."""

    type: str
    service: str
    create: str
    # The property that Ref answers.
    ref: str
    # From the answer of `create` to what Ref and GetAtt need; absent where the properties themselves say it.
    attributes: Callable[[dict], Model] = lambda answer: {}
    # A property of this name is made up when the template has none, no longer than this.
    name: str | None = None
    name_length: int = 63
    renames: dict[str, str] = field(default_factory=dict)
    prepare: Callable[[Model], Model] = lambda model: model
    # Calls that follow a creation: (operation, arguments from the model, or None to leave it out).
    after: tuple[tuple[str, Callable[[Model], dict | None]], ...] = ()
    settled: Callable[[Client, Model], bool] = lambda client, model: True
    update: Callable[[Client, Model, Model], Model] | None = None
    delete: tuple[tuple[str, Callable[[Model], dict]], ...] = ()
    create_only: tuple[str, ...] = ()

    def plugin(self) -> PluginSpec:
        provider = type(
            "Provider",
            (TableProvider,),
            {
                "resource": self,
                "SCHEMA": {
                    "primaryIdentifier": [f"/properties/{self.ref}"],
                    "createOnlyProperties": [f"/properties/{p}" for p in self.create_only],
                },
            },
        )
        plugin = type("ProviderPlugin", (CloudFormationResourceProviderPlugin,), {"name": self.type, "factory": provider})
        return PluginSpec(plugin.namespace, self.type, plugin)


class TableProvider(ResourceProvider[Model]):
    """Deploys what its row says."""

    resource: Resource

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        client, row = _client(request, self.resource), self.resource
        try:
            if not request.custom_context.get("made"):
                return ProgressEvent(OperationStatus.IN_PROGRESS, self._make(client, request), custom_context={"made": True})
            settled = row.settled(client, request.desired_state)
        except (ClientError, ResourceFailed) as e:
            return _failed(request, e)
        return ProgressEvent(OperationStatus.SUCCESS if settled else OperationStatus.IN_PROGRESS, request.desired_state)

    def _make(self, client: Client, request: ResourceRequest[Model]) -> Model:
        row, model = self.resource, dict(request.desired_state)
        if row.name and not model.get(row.name):
            model[row.name] = generate_default_name(request.stack_name, request.logical_resource_id)[-row.name_length :].strip("-").lower()
        arguments = row.prepare({row.renames.get(key, key): value for key, value in model.items()})
        answer = getattr(client, row.create)(**arguments)
        model |= _strings(row.attributes(answer))
        for operation, arguments_of in row.after:
            if (arguments := arguments_of(model)) is not None:
                getattr(client, operation)(**arguments)
        return model

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        if not self.resource.update:
            return ProgressEvent(OperationStatus.SUCCESS, {**request.previous_state, **request.desired_state})
        try:
            changed = self.resource.update(_client(request, self.resource), request.previous_state, request.desired_state)
            return ProgressEvent(OperationStatus.SUCCESS, {**request.previous_state, **request.desired_state, **_strings(changed)})
        except ClientError as e:
            return _failed(request, e)

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        for operation, arguments_of in self.resource.delete:
            try:
                getattr(_client(request, self.resource), operation)(**arguments_of(request.desired_state))
            except ClientError as e:
                # Whoever deleted it before did what was wanted.
                if "NotFound" not in e.response["Error"]["Code"]:
                    return _failed(request, e)
        return ProgressEvent(OperationStatus.SUCCESS, {})


def _client(request: ResourceRequest[Model], resource: Resource) -> Client:
    return getattr(request.aws_client_factory, resource.service)


def _failed(request: ResourceRequest[Model], error: Exception) -> ProgressEvent[Model]:
    """The reason in the form of the stack events of AWS."""
    reason = str(error)
    if isinstance(error, ClientError):
        told = error.response["Error"]
        reason = f"{told['Message']} (Service: {request.resource_type.split('::')[1]}, Status Code: {error.response['ResponseMetadata']['HTTPStatusCode']}, Error Code: {told['Code']})"
    return ProgressEvent(
        OperationStatus.FAILED,
        request.desired_state,
        message=f'Resource handler returned message: "{reason}"',
        error_code="GeneralServiceException",
    )


def _strings(attributes: Model) -> Model:
    """GetAtt answers strings; numbers are numbers only inside the services."""
    return {
        key: _strings(value) if isinstance(value, dict) else str(value) if isinstance(value, int) else value
        for key, value in attributes.items()
    }
