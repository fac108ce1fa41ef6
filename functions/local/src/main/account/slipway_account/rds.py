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
        _start_server(request, instance, name, instance.address, request.get("DBName"))
    except Exception:
        rds_backends[context.account_id][context.region].databases.pop(name)
        raise
    return answer


def create_cluster(context: RequestContext, request: dict) -> dict:
    """The writer's name leads to the cluster's data, whichever instances it has; so the server is the cluster's."""
    clusters, name = rds_backends[context.account_id][context.region].clusters, request["DBClusterIdentifier"]
    if name in clusters:
        raise CommonServiceException("DBClusterAlreadyExistsFault", f"DB Cluster already exists: {name}", sender_fault=True)
    answer = call_moto(context)
    if request.get("Engine") == "aurora-postgresql":
        try:
            _start_server(request, clusters[name], name, clusters[name].endpoint, request.get("DatabaseName"))
        except Exception:
            clusters.pop(name)
            raise
    return answer


def delete_cluster(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    machine_room.stop_server(request["DBClusterIdentifier"])
    return answer


def _start_server(request: dict, record, name: str, host: str, database: str | None) -> None:
    machine_room.start_server(
        {
            "kind": "postgres",
            "name": name,
            "host": host,
            "port": int(record.port or 5432),
            "version": request.get("EngineVersion") or record.engine_version,
            "user": request.get("MasterUsername", "postgres"),
            "password": _password(request, record),
            "database": database or "postgres",
        }
    )


def _password(request: dict, record) -> str:
    if request.get("ManageMasterUserPassword"):
        return json.loads(record.master_user_secret.secret.secret_string)["password"]
    return request.get("MasterUserPassword", "")


def delete(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    machine_room.stop_server(request["DBInstanceIdentifier"])
    return answer


def delete_subnet_group(context: RequestContext, request: dict) -> dict:
    name = request["DBSubnetGroupName"]
    # An instance of a cluster has the cluster's subnets, and none of its own.
    _refuse_if_used(
        context, "InvalidDBSubnetGroupStateFault", name, lambda instance: getattr(getattr(instance, "db_subnet_group", None), "name", None)
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
            "CreateDBCluster": create_cluster,
            "DeleteDBCluster": delete_cluster,
            "DeleteDBInstance": delete,
            "DeleteDBSubnetGroup": delete_subnet_group,
            "DeleteDBParameterGroup": delete_parameter_group,
        },
    )
