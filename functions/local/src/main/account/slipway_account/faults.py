"""Faults that a run asks for: an API call that AWS would refuse, or what takes longer than it does here."""
import json

from localstack.aws.api import CommonServiceException

from slipway_account.settings import SETTINGS


def refuse_if_asked(service: str, operation: str) -> None:
    """Raises the error that the faults file names for `service:Operation`; the file is read at each call."""
    fault = fault_of(service, operation)
    if "code" in fault:
        raise CommonServiceException(fault["code"], fault["message"], status_code=fault.get("status", 400), sender_fault=True)


def fault_of(service: str, operation: str) -> dict:
    """What the faults file says of `service:Operation`: a `code` and `message`, for RunTask its `failures`, for StartTask, which stands
    for the start of any task, the `seconds` that it takes."""
    if SETTINGS.faults is None or not SETTINGS.faults.exists():
        return {}
    return json.loads(SETTINGS.faults.read_text()).get(f"{service}:{operation}", {})
