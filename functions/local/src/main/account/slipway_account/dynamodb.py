"""DynamoDB in this process: LocalStack's own provider downloads a Java server at its first call."""
from localstack.services.plugins import Service, aws_provider

from slipway_account.forward import forwarded


@aws_provider(api="dynamodb", name="slipway")
def dynamodb() -> Service:
    return forwarded("dynamodb")
