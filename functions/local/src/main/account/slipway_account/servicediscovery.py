"""Cloud Map: records only."""

from localstack.services.plugins import Service, aws_provider
from slipway_account.forward import forwarded


@aws_provider(api="servicediscovery")
def servicediscovery() -> Service:
    return forwarded("servicediscovery")
