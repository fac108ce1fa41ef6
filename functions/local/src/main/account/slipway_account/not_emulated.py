"""Types that neither LocalStack nor moto has an API for, one line each in not_emulated.psv.

They get a physical id and attributes by rule: `<logical id>-<12 hex digits>`, and the same as an ARN where the name of the attribute, or
of the property that Ref answers, ends in Arn. Any other attribute is `<physical id>.<attribute>`. Nothing can be asked of them afterwards.
"""

import uuid
from dataclasses import dataclass
from pathlib import Path

from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent, ResourceProvider, ResourceRequest
from slipway_account.resources import Model

FILE = Path(__file__).with_name("not_emulated.psv")


@dataclass(frozen=True)
class Absent:
    """A line: the call that would make the resource, what Ref answers, what GetAtt answers, and why nothing makes it."""

    type: str
    call: str
    ref: tuple[str, ...]
    attributes: tuple[str, ...]
    reason: str

    def provider(self) -> "AbsentProvider":
        schema = {"primaryIdentifier": ["/properties/SlipwayPhysicalId"]}
        return type("Provider", (AbsentProvider,), {"absent": self, "SCHEMA": schema})()


class AbsentProvider(ResourceProvider[Model]):
    """Deploys nothing, and says what the resource would be called."""

    absent: Absent

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model, absent = dict(request.desired_state), self.absent
        made = f"{request.logical_resource_id}-{uuid.uuid4().hex[:12]}"
        arn = f"arn:aws:{absent.call.partition(':')[0]}:{request.region_name}:{request.account_id}:{made}"
        named = [str(model.get(name) or (arn if name.lower().endswith("arn") else made)) for name in absent.ref]
        model |= {"SlipwayPhysicalId": "|".join(named)} | dict(zip(absent.ref, named, strict=True))
        for attribute in absent.attributes:
            model.setdefault(attribute, arn if attribute.lower().endswith("arn") else f"{made}.{attribute}")
        return ProgressEvent(OperationStatus.SUCCESS, model)

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        return ProgressEvent(OperationStatus.SUCCESS, {**request.previous_state, **request.desired_state})

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        return ProgressEvent(OperationStatus.SUCCESS, {})


def _line(text: str) -> Absent:
    kind, call, ref, attributes, reason = (part.strip() for part in text.split("|"))
    return Absent(kind, call, tuple(ref.split()), tuple(attributes.split()), reason)


TYPES = {
    absent.type: absent for absent in map(_line, (line for line in FILE.read_text().splitlines() if line.strip() and line[0] != "#"))
}
