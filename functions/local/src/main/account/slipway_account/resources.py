"""CloudFormation resources as rows of a table: which call makes one, which deletes it, and what Ref and GetAtt answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from botocore.exceptions import ClientError
from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceProvider, ResourceRequest

Client = object
Model = dict


class ResourceFailed(Exception):
    """Why a resource that was made did not become what it should be."""


@dataclass(frozen=True)
class Resource:
    """One resource type. Property names are CloudFormation's; the client turns their case and types into the API's."""

    type: str
    service: str
    # A call, whose arguments are the properties; or what makes the resource and answers what Ref and GetAtt need.
    create: str | Callable[[Client, Model], Model]
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
    # Without an update of its own it is deleted and made again, since it holds nothing.
    again: bool = False
    # Calls with their arguments from the model, or what calls by itself.
    delete: tuple[tuple[str, Callable[[Model], dict]] | Callable[[Client, Model], None], ...] = ()
    create_only: tuple[str, ...] = ()

    def provider(self) -> "TableProvider":
        schema = {
            "primaryIdentifier": [f"/properties/{self.ref}"],
            "createOnlyProperties": [f"/properties/{name}" for name in self.create_only],
        }
        return type("Provider", (TableProvider,), {"resource": self, "SCHEMA": schema})()


class TableProvider(ResourceProvider[Model]):
    """Deploys what its row says."""

    resource: Resource

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        return self._settle(request, self._make)

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        return self._settle(request, self._change)

    def _settle(self, request: ResourceRequest[Model], act: Callable[[Client, ResourceRequest[Model]], Model]) -> ProgressEvent[Model]:
        client = _client(request, self.resource)
        try:
            if not request.custom_context.get("made"):
                return ProgressEvent(OperationStatus.IN_PROGRESS, act(client, request), custom_context={"made": True})
            settled = self.resource.settled(client, request.desired_state)
        except (ClientError, ResourceFailed) as e:
            return _failed(request, e)
        return ProgressEvent(OperationStatus.SUCCESS if settled else OperationStatus.IN_PROGRESS, request.desired_state)

    def _make(self, client: Client, request: ResourceRequest[Model]) -> Model:
        row, model = self.resource, dict(request.desired_state)
        if row.name and not model.get(row.name):
            model[row.name] = generate_default_name(request.stack_name, request.logical_resource_id)[-row.name_length :].strip("-").lower()
        return _made(row, client, model)

    def _change(self, client: Client, request: ResourceRequest[Model]) -> Model:
        row, before = self.resource, request.previous_state
        # What the account made up, the template still does not say.
        after = {name: before[name] for name in (row.name, row.ref) if name and name in before} | request.desired_state
        if row.update:
            return before | after | _strings(row.update(client, before, after))
        if not row.again:
            raise ResourceFailed(f"the emulated account cannot change {row.type} in its place")
        _delete(row, client, before)
        return _made(row, client, after)

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        try:
            _delete(self.resource, _client(request, self.resource), request.desired_state)
        except (ClientError, ResourceFailed) as e:
            return _failed(request, e)
        return ProgressEvent(OperationStatus.SUCCESS, {})


def _made(row: Resource, client: Client, model: Model) -> Model:
    if callable(row.create):
        model |= _strings(row.create(client, model))
    else:
        arguments = row.prepare({row.renames.get(key, key): value for key, value in model.items()})
        model |= _strings(row.attributes(getattr(client, row.create)(**arguments)))
    for operation, arguments_of in row.after:
        if (arguments := arguments_of(model)) is not None:
            getattr(client, operation)(**arguments)
    return model


def _delete(row: Resource, client: Client, model: Model) -> None:
    for step in row.delete:
        try:
            if callable(step):
                step(client, model)
            else:
                operation, arguments_of = step
                getattr(client, operation)(**arguments_of(model))
        except ClientError as e:
            # Whoever deleted it before did what was wanted.
            if not any(word in e.response["Error"]["Code"] for word in ("NotFound", "NoSuch")):
                raise


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


def tag_map(model: Model) -> Model:
    """Tags as the services tell them that have no list of keys and values."""
    tags = model.get("Tags") or []
    return tags if isinstance(tags, dict) else {tag["Key"]: tag["Value"] for tag in tags}


def _strings(attributes: Model) -> Model:
    """GetAtt answers strings; numbers are numbers only inside the services."""
    return {
        key: _strings(value) if isinstance(value, dict) else str(value) if isinstance(value, int) else value
        for key, value in attributes.items()
    }
