"""Asks an account's services: a line of JSON in (service, operation, arguments), a line of JSON out (answer, or error)."""

import json
import sys
from functools import cache

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


@cache
def client(service: str, region: str):
    # Arguments go out as they are: a call that the account lacks is asked for without any.
    return boto3.client(service, region_name=region, config=Config(parameter_validation=False, retries={"total_max_attempts": 1}))


def answer(service: str, operation: str, arguments: dict, region: str) -> dict:
    asked = client(service, region)
    shape = asked.meta.service_model.operation_model(operation).input_shape
    # Without these there is no address to ask at.
    places = {name: "none" for name, member in shape.members.items() if member.serialization.get("location") == "uri"} if shape else {}
    try:
        found = asked._make_api_call(operation, places | arguments)
    except ClientError as e:
        return {"error": e.response["Error"]["Code"], "message": e.response["Error"].get("Message", "")}
    found.pop("ResponseMetadata", None)
    return {key: value.read().decode() if hasattr(value, "read") else value for key, value in found.items()}


for line in sys.stdin:
    print(json.dumps(answer(**json.loads(line)), default=str), flush=True)
