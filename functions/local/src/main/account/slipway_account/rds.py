"""RDS: records by moto, and a real Postgres behind each instance's endpoint."""

import json
from collections.abc import Callable

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.rds.models import rds_backends
from slipway_account import machine_room
from slipway_account.forward import forwarded


def create(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    name = request["DBInstanceIdentifier"]
    instance = rds_backends[context.account_id][context.region].databases[name]
    if not request.get("Engine", "").startswith("postgres"):
        return answer
    try:
        machine_room.start_server(
            {
                "kind": "postgres",
                "name": name,
                "host": instance.address,
                "port": int(instance.port or 5432),
                "version": request.get("EngineVersion") or instance.engine_version,
                "user": request.get("MasterUsername", "postgres"),
                "password": _password(request, instance),
                "database": request.get("DBName") or "postgres",
            }
        )
    except Exception:
        rds_backends[context.account_id][context.region].databases.pop(name)
        raise
    return answer


def _password(request: dict, instance) -> str:
    if request.get("ManageMasterUserPassword"):
        return json.loads(instance.master_user_secret.secret.secret_string)["password"]
    return request.get("MasterUserPassword", "")


def delete(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    machine_room.stop_server(request["DBInstanceIdentifier"])
    return answer


def delete_subnet_group(context: RequestContext, request: dict) -> dict:
    name = request["DBSubnetGroupName"]
    _refuse_if_used(
        context, "InvalidDBSubnetGroupStateFault", name, lambda instance: instance.db_subnet_group and instance.db_subnet_group.name
    )
    return call_moto(context)


def delete_parameter_group(context: RequestContext, request: dict) -> dict:
    name = request["DBParameterGroupName"]
    _refuse_if_used(context, "InvalidDBParameterGroupState", name, lambda instance: instance.db_parameter_group_name)
    return call_moto(context)


def _refuse_if_used(context: RequestContext, code: str, group: str, group_of: Callable) -> None:
    for instance in rds_backends[context.account_id][context.region].databases.values():
        if group_of(instance) == group:
            raise CommonServiceException(
                code, f"Cannot delete {group} because DB instance {instance.db_instance_identifier} is still using it.", sender_fault=True
            )


@aws_provider(api="rds")
def rds() -> Service:
    return forwarded(
        "rds",
        {
            "CreateDBInstance": create,
            "DeleteDBInstance": delete,
            "DeleteDBSubnetGroup": delete_subnet_group,
            "DeleteDBParameterGroup": delete_parameter_group,
        },
    )
