"""DynamoDB in this process: LocalStack's own provider downloads a Java server at its first call.

One request at a time: moto checks a condition, puts the key and then sets the attributes, and another thread may come in between.
"""
import threading

from localstack.services.plugins import Service, aws_provider

from slipway_account.forward import forwarded


@aws_provider(api="dynamodb", name="slipway")
def dynamodb() -> Service:
    return forwarded("dynamodb", guard=threading.Lock())
