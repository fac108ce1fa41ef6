"""ElastiCache: records by moto, a real Redis behind each replication group, and the user groups that moto lacks."""

from threading import Timer

from localstack.aws.api import CommonServiceException, RequestContext
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.elasticache.models import ElastiCacheBackend, ReplicationGroup, elasticache_backends
from slipway_account import machine_room
from slipway_account.forward import forwarded

SETTLING_SECONDS = 1


class UserGroups(dict):
    """The user groups of one region by id, kept on moto's backend so that they live and end with it."""

    @classmethod
    def of(cls, backend: ElastiCacheBackend) -> "UserGroups":
        return backend.__dict__.setdefault("slipway_user_groups", cls())

    def named(self, name: str) -> dict:
        if name not in self:
            raise CommonServiceException("UserGroupNotFound", f"User group {name} not found.", 404, sender_fault=True)
        return self[name]


def _backend(context: RequestContext) -> ElastiCacheBackend:
    return elasticache_backends[context.account_id][context.region]


def _user(backend: ElastiCacheBackend, user_id: str) -> dict:
    user = backend.users[user_id]
    return {"user": user.name, "password": (user.passwords or [""])[0], "accessString": user.access_string}


def _users(backend: ElastiCacheBackend, group_ids: list[str]) -> list[dict]:
    return [_user(backend, user_id) for group_id in group_ids for user_id in UserGroups.of(backend).named(group_id)["UserIds"]]


def create_replication_group(context: RequestContext, request: dict) -> dict:
    backend, name = _backend(context), request["ReplicationGroupId"]
    users = _users(backend, request.get("UserGroupIds") or [])
    answer = call_moto(context)
    host, port = _entrance(backend.replication_groups[name])
    try:
        machine_room.start_server(
            {
                "kind": "redis",
                "name": name,
                "host": host,
                "port": port,
                "version": request.get("EngineVersion", ""),
                "user": "default",
                "password": request.get("AuthToken", ""),
                "users": users,
            }
        )
    except Exception:
        backend.replication_groups.pop(name)
        raise
    for group_id in request.get("UserGroupIds") or []:
        UserGroups.of(backend)[group_id]["ReplicationGroups"].append(name)
    return answer


def _entrance(group: ReplicationGroup) -> tuple[str, int]:
    """Where clients connect: to the configuration endpoint of a cluster of shards, otherwise to the primary."""
    if group.cluster_enabled:
        return group.configuration_endpoint["address"], group.port
    return group.node_groups[0]["primary_endpoint"]["address"], group.port


def modify_replication_group(context: RequestContext, request: dict) -> dict:
    groups, name = _backend(context).replication_groups, request["ReplicationGroupId"]
    if name not in groups:
        raise CommonServiceException("ReplicationGroupNotFoundFault", f"Replication group {name} not found.", 404, sender_fault=True)
    for key, field in CHANGEABLE.items():
        if key in request:
            value = request[key]
            setattr(groups[name], field, ("enabled" if value else "disabled") if key in SWITCHES else value)
    return {"ReplicationGroup": {"ReplicationGroupId": name, "Status": "available", "Description": groups[name].description}}


CHANGEABLE = {
    "AutomaticFailoverEnabled": "automatic_failover",
    "CacheNodeType": "cache_node_type",
    "CacheParameterGroupName": "cache_parameter_group_name",
    "EngineVersion": "engine_version",
    "MultiAZEnabled": "multi_az",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "ReplicationGroupDescription": "description",
    "SecurityGroupIds": "security_group_ids",
    "SnapshotRetentionLimit": "snapshot_retention_limit",
    "SnapshotWindow": "snapshot_window",
}
SWITCHES = ("AutomaticFailoverEnabled", "MultiAZEnabled")


def delete_subnet_group(context: RequestContext, request: dict) -> dict:
    backend, name = _backend(context), request["CacheSubnetGroupName"]
    users = [group.replication_group_id for group in backend.replication_groups.values() if group.cache_subnet_group_name == name]
    if users:
        raise CommonServiceException("CacheSubnetGroupInUse", f"Cache subnet group {name} is still used by {users[0]}.", sender_fault=True)
    if not backend.cache_subnet_groups.pop(name, None):
        raise CommonServiceException("CacheSubnetGroupNotFoundFault", f"Cache subnet group {name} not found.", 404, sender_fault=True)
    return {}


def delete_replication_group(context: RequestContext, request: dict) -> dict:
    answer, backend, name = call_moto(context), _backend(context), request["ReplicationGroupId"]
    backend.replication_groups.pop(name)
    for group in UserGroups.of(backend).values():
        group["ReplicationGroups"] = [other for other in group["ReplicationGroups"] if other != name]
    machine_room.stop_server(name)
    return answer


def modify_user(context: RequestContext, request: dict) -> dict:
    backend = _backend(context)
    [user] = backend.describe_users(request["UserId"])
    if access := request.get("AccessString"):
        user.access_string = access
    if access := request.get("AppendAccessString"):
        user.access_string += f" {access}"
    mode = request.get("AuthenticationMode") or {}
    user.passwords = request.get("Passwords") or mode.get("Passwords") or user.passwords
    user.unsettled = getattr(user, "unsettled", 0) + 1
    Timer(SETTLING_SECONDS, _settle, (backend, user)).start()
    return _described(backend, user)


def _settle(backend: ElastiCacheBackend, user) -> None:
    """As with the service, what a user may do changes on the servers some time after the answer."""
    try:
        for group in UserGroups.of(backend).values():
            if user.id in group["UserIds"] and user.id in backend.users:
                _tell_servers(group, _user(backend, user.id))
    finally:
        user.unsettled -= 1


def _tell_servers(group: dict, user: dict) -> None:
    for server in group["ReplicationGroups"]:
        machine_room.set_user(server, user)


def describe_users(context: RequestContext, request: dict) -> dict:
    backend = _backend(context)
    return {"Users": [_described(backend, user) for user in backend.describe_users(request.get("UserId"))]}


def delete_user(context: RequestContext, request: dict) -> dict:
    backend = _backend(context)
    [user] = backend.describe_users(request["UserId"])
    described = _described(backend, backend.users.pop(user.id)) | {"Status": "deleting"}
    for group in UserGroups.of(backend).values():
        group["UserIds"] = [other for other in group["UserIds"] if other != user.id]
    return described


def _described(backend: ElastiCacheBackend, user) -> dict:
    groups = [group["UserGroupId"] for group in UserGroups.of(backend).values() if user.id in group["UserIds"]]
    return {
        "UserId": user.id,
        "UserName": user.name,
        "Status": "modifying" if getattr(user, "unsettled", 0) else "active",
        "Engine": user.engine,
        "ARN": user.arn,
        "AccessString": user.access_string,
        "UserGroupIds": groups,
        "Authentication": user.authentication,
    }


def create_user_group(context: RequestContext, request: dict) -> dict:
    groups, name = UserGroups.of(_backend(context)), request["UserGroupId"]
    if name in groups:
        raise CommonServiceException("UserGroupAlreadyExists", f"User group {name} already exists.", sender_fault=True)
    users = request.get("UserIds") or []
    for user_id in users:
        _backend(context).describe_users(user_id)
    arn = f"arn:aws:elasticache:{context.region}:{context.account_id}:usergroup:{name}"
    groups[name] = {
        "UserGroupId": name,
        "Status": "active",
        "Engine": request["Engine"],
        "UserIds": list(users),
        "ReplicationGroups": [],
        "ARN": arn,
    }
    return groups[name]


def modify_user_group(context: RequestContext, request: dict) -> dict:
    backend = _backend(context)
    group, removed = UserGroups.of(backend).named(request["UserGroupId"]), request.get("UserIdsToRemove") or []
    added = [user_id for user_id in request.get("UserIdsToAdd") or [] if user_id not in group["UserIds"]]
    group["UserIds"] = [user_id for user_id in group["UserIds"] if user_id not in removed] + added
    for user_id in added:
        _tell_servers(group, _user(backend, user_id))
    for user_id in removed:
        _tell_servers(group, _user(backend, user_id) | {"accessString": "off -@all"})
    return group


def delete_user_group(context: RequestContext, request: dict) -> dict:
    groups = UserGroups.of(_backend(context))
    return groups.pop(groups.named(request["UserGroupId"])["UserGroupId"]) | {"Status": "deleting"}


def describe_user_groups(context: RequestContext, request: dict) -> dict:
    groups, name = UserGroups.of(_backend(context)), request.get("UserGroupId")
    return {"UserGroups": [groups.named(name)] if name else list(groups.values())}


@aws_provider(api="elasticache")
def elasticache() -> Service:
    return forwarded(
        "elasticache",
        {
            "CreateReplicationGroup": create_replication_group,
            "DeleteReplicationGroup": delete_replication_group,
            "ModifyReplicationGroup": modify_replication_group,
            "DeleteCacheSubnetGroup": delete_subnet_group,
            "ModifyUser": modify_user,
            "DescribeUsers": describe_users,
            "DeleteUser": delete_user,
            "CreateUserGroup": create_user_group,
            "ModifyUserGroup": modify_user_group,
            "DeleteUserGroup": delete_user_group,
            "DescribeUserGroups": describe_user_groups,
        },
    )
