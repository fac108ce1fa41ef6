"""Services that the open edition refuses, answered by the moto that comes with it."""
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.aws.skeleton import Skeleton
from localstack.aws.spec import load_service
from localstack.services.moto import call_moto
from localstack.services.plugins import Service
from moto.core.exceptions import RESTError

from slipway_account.faults import refuse_if_asked

Request = Mapping[str, Any]
Handler = Callable[[RequestContext, Request], Any]


def forwarded(name: str, overrides: Mapping[str, Handler] | None = None, guard: AbstractContextManager = nullcontext()) -> Service:
    """A service whose operations moto answers, except those in `overrides` (operation name to handler), each of them inside `guard`."""
    model = load_service(name)
    handlers = dict(overrides or {})
    unknown = handlers.keys() - set(model.operation_names)
    if unknown:
        raise ValueError(f"{name} has no operation {sorted(unknown)}")
    table = {operation: _faulty(name, operation, handlers.get(operation, _moto), guard) for operation in model.operation_names}
    return Service(name=name, skeleton=Skeleton(model, table))


def _faulty(name: str, operation: str, handler: Handler, guard: AbstractContextManager) -> Handler:
    def answer(context: RequestContext, request: Request | None = None) -> Any:
        refuse_if_asked(name, operation)
        try:
            with guard:
                return handler(context, request or {})
        except RESTError as e:
            # A handler of ours that asks moto's backend directly gets moto's own exceptions.
            raise CommonServiceException(e.error_type, e.message, status_code=e.code, sender_fault=True) from e

    return answer


def _moto(context: RequestContext, _request: Request) -> Any:
    return call_moto(context)
