"""The environment of a task's processes: what is inherited, what the account adds, and secrets by their references."""

import json
import os

from botocore.exceptions import ClientError
from localstack import config
from localstack.aws.connect import connect_to

INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "JAVA_HOME", "TMPDIR")


class CannotStart(Exception):
    """The reason, in the words of ECS, why a task never ran."""


def inherited() -> dict[str, str]:
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def credentials(account: str, region: str) -> dict[str, str]:
    """A task role's, which the SDK finds by itself; the access key names the account, as everywhere in the emulator."""
    gateway = config.GATEWAY_LISTEN[0]
    return {
        "AWS_ENDPOINT_URL": f"http://{gateway.host}:{gateway.port}",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "local",
    }


def pairs(entries: list[dict] | None) -> dict[str, str]:
    return {entry["name"]: entry["value"] for entry in entries or []}


def secrets_of(container: dict, account: str, region: str) -> dict[str, str]:
    """The values of a container definition's `secrets`; a reference that leads nowhere keeps the task from starting."""
    clients = connect_to(aws_access_key_id=account, region_name=region)
    return {secret["name"]: _secret(clients, secret["valueFrom"]) for secret in container.get("secrets") or []}


def _secret(clients, reference: str) -> str:
    try:
        if reference.startswith("arn:aws:secretsmanager:"):
            return _from_secrets_manager(clients.secretsmanager, reference)
        name = reference.partition(":parameter")[2] or reference
        return clients.ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    except ClientError as e:
        raise _unable(reference, e.response["Error"]["Message"]) from e
    except (KeyError, ValueError):
        # Not chained: an error of the JSON parser quotes what it could not read.
        raise _unable(reference, "the secret has no such JSON key") from None


def _from_secrets_manager(client, reference: str) -> str:
    # arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME[:json-key:version-stage:version-id]
    parts = reference.split(":") + [""] * 3
    version = {key: value for key, value in (("VersionStage", parts[8]), ("VersionId", parts[9])) if value}
    value = client.get_secret_value(SecretId=":".join(parts[:7]), **version)["SecretString"]
    return str(json.loads(value)[parts[7]]) if parts[7] else value


def _unable(reference: str, why: str) -> CannotStart:
    step = "ResourceInitializationError: unable to pull secrets or registry auth"
    return CannotStart(f"{step}: unable to retrieve secret from {reference}: {why}")
