"""RDS and ElastiCache."""

import time

from localstack.constants import DEFAULT_AWS_ACCOUNT_ID
from moto.secretsmanager.models import secretsmanager_backends
from slipway_account.resources import Client, Model, Resource


def _make_database(client: Client, model: Model) -> Model:
    told = model | {"VpcSecurityGroupIds": model.get("VPCSecurityGroups", [])}
    if model.get("SourceDBInstanceIdentifier"):
        return _database(client.create_db_instance_read_replica(**told))
    return _database(client.create_db_instance(**told))


def _change_database(client: Client, before: Model, after: Model) -> Model:
    groups = {"VpcSecurityGroupIds": after["VPCSecurityGroups"]} if after.get("VPCSecurityGroups") else {}
    changed = {key: value for key, value in after.items() if value != before.get(key)} | groups
    return _database(client.modify_db_instance(**changed | {"DBInstanceIdentifier": before["DBInstanceIdentifier"], "ApplyImmediately": True}))


def _cluster(answer: dict) -> Model:
    cluster = answer["DBCluster"]
    secret = {"MasterUserSecret": {"SecretArn": cluster["MasterUserSecret"]["SecretArn"]}} if cluster.get("MasterUserSecret") else {}
    return {
        "Endpoint": {"Address": cluster["Endpoint"], "Port": cluster["Port"]},
        "ReadEndpoint": {"Address": cluster["ReaderEndpoint"]},
        "DBClusterArn": cluster["DBClusterArn"],
        "DBClusterResourceId": cluster["DbClusterResourceId"],
    } | secret


def _change_cluster(client: Client, before: Model, after: Model) -> Model:
    changed = {key: value for key, value in after.items() if value != before.get(key)}
    return _cluster(client.modify_db_cluster(**changed | {"DBClusterIdentifier": before["DBClusterIdentifier"], "ApplyImmediately": True}))


def _parameters(name: str):
    """How parameters are told, of an instance's group and of a cluster's."""

    def told(model: Model) -> Model | None:
        parameters = [
            {"ParameterName": key, "ParameterValue": str(value), "ApplyMethod": "pending-reboot"}
            for key, value in (model.get("Parameters") or {}).items()
        ]
        return {name: model[name], "Parameters": parameters} if parameters else None

    return told


def _change_parameters(name: str, call: str):
    def change(client: Client, before: Model, after: Model) -> Model:
        if arguments := _parameters(name)(after):
            getattr(client, call)(**arguments)
        return {}

    return change


def _proxy(answer: dict) -> Model:
    proxy = answer["DBProxy"]
    return {"DBProxyArn": proxy["DBProxyArn"], "Endpoint": proxy["Endpoint"], "VpcId": proxy["VpcId"]}


def _targets(client: Client, model: Model) -> Model:
    name, group = model["DBProxyName"], model.get("TargetGroupName", "default")
    client.register_db_proxy_targets(**model)
    if pool := model.get("ConnectionPoolConfigurationInfo"):
        client.modify_db_proxy_target_group(DBProxyName=name, TargetGroupName=group, ConnectionPoolConfig=pool)
    [found] = client.describe_db_proxy_target_groups(DBProxyName=name, TargetGroupName=group)["TargetGroups"]
    return {"TargetGroupArn": found["TargetGroupArn"]}


def _change_subnets(client: Client, before: Model, after: Model) -> Model:
    client.modify_db_subnet_group(**after)
    return {}


def _change_group(client: Client, before: Model, after: Model) -> Model:
    changed = {key: value for key, value in after.items() if value != before.get(key)}
    client.modify_replication_group(**changed | {"ReplicationGroupId": before["ReplicationGroupId"], "ApplyImmediately": True})
    return {}


def _database(answer: dict) -> Model:
    instance = answer["DBInstance"]
    secret = {"MasterUserSecret": {"SecretArn": instance["MasterUserSecret"]["SecretArn"]}} if instance.get("MasterUserSecret") else {}
    return {
        "Endpoint": instance["Endpoint"],
        "DBInstanceArn": instance["DBInstanceArn"],
        "DbiResourceId": instance["DbiResourceId"],
    } | secret


def _replication_group(answer: dict) -> Model:
    group = answer["ReplicationGroup"]
    if sharded := group.get("ConfigurationEndpoint"):
        return {"ConfigurationEndPoint": sharded}
    [node_group] = group["NodeGroups"]
    primary = node_group["PrimaryEndpoint"]
    reader = node_group.get("ReaderEndpoint") or primary
    return {
        "PrimaryEndPoint": primary,
        "ReaderEndPoint": reader,
        "ReadEndPoint": {"Addresses": primary["Address"], "Ports": primary["Port"]},
    }


def _change_user(client, before: Model, after: Model) -> Model:
    client.modify_user(**{key: after[key] for key in ("UserId", "AccessString", "Passwords", "AuthenticationMode") if after.get(key)})
    while client.describe_users(UserId=after["UserId"])["Users"][0]["Status"] != "active":
        time.sleep(0.1)
    return {}


def _change_user_group(client, before: Model, after: Model) -> Model:
    old, new = set(before["UserIds"]), set(after["UserIds"])
    client.modify_user_group(UserGroupId=after["UserGroupId"], UserIdsToAdd=sorted(new - old), UserIdsToRemove=sorted(old - new))
    return {}


DBInstance = Resource(
    "AWS::RDS::DBInstance",
    "rds",
    _make_database,
    ref="DBInstanceIdentifier",
    name="DBInstanceIdentifier",
    update=_change_database,
    delete=(("delete_db_instance", lambda m: {"DBInstanceIdentifier": m["DBInstanceIdentifier"], "SkipFinalSnapshot": True}),),
    create_only=("DBInstanceIdentifier", "DBName", "MasterUsername", "DBSubnetGroupName", "StorageEncrypted", "KmsKeyId"),
)

DBCluster = Resource(
    "AWS::RDS::DBCluster",
    "rds",
    "create_db_cluster",
    ref="DBClusterIdentifier",
    name="DBClusterIdentifier",
    attributes=_cluster,
    update=_change_cluster,
    delete=(("delete_db_cluster", lambda m: {"DBClusterIdentifier": m["DBClusterIdentifier"], "SkipFinalSnapshot": True}),),
    create_only=("DBClusterIdentifier", "DatabaseName", "DBSubnetGroupName", "StorageEncrypted", "KmsKeyId", "EngineMode"),
)

DBSubnetGroup = Resource(
    "AWS::RDS::DBSubnetGroup",
    "rds",
    "create_db_subnet_group",
    ref="DBSubnetGroupName",
    name="DBSubnetGroupName",
    update=_change_subnets,
    delete=(("delete_db_subnet_group", lambda m: {"DBSubnetGroupName": m["DBSubnetGroupName"]}),),
    create_only=("DBSubnetGroupName",),
)

DBParameterGroup = Resource(
    "AWS::RDS::DBParameterGroup",
    "rds",
    "create_db_parameter_group",
    ref="DBParameterGroupName",
    name="DBParameterGroupName",
    renames={"Family": "DBParameterGroupFamily"},
    attributes=lambda a: {"DBParameterGroupName": a["DBParameterGroup"]["DBParameterGroupName"]},
    after=(("modify_db_parameter_group", _parameters("DBParameterGroupName")),),
    update=_change_parameters("DBParameterGroupName", "modify_db_parameter_group"),
    delete=(("delete_db_parameter_group", lambda m: {"DBParameterGroupName": m["DBParameterGroupName"]}),),
    create_only=("DBParameterGroupName", "Description", "Family"),
)

DBClusterParameterGroup = Resource(
    "AWS::RDS::DBClusterParameterGroup",
    "rds",
    "create_db_cluster_parameter_group",
    ref="DBClusterParameterGroupName",
    name="DBClusterParameterGroupName",
    renames={"Family": "DBParameterGroupFamily"},
    after=(("modify_db_cluster_parameter_group", _parameters("DBClusterParameterGroupName")),),
    update=_change_parameters("DBClusterParameterGroupName", "modify_db_cluster_parameter_group"),
    delete=(("delete_db_cluster_parameter_group", lambda m: {"DBClusterParameterGroupName": m["DBClusterParameterGroupName"]}),),
    create_only=("DBClusterParameterGroupName", "Description", "Family"),
)

DBProxy = Resource(
    "AWS::RDS::DBProxy",
    "rds",
    "create_db_proxy",
    ref="DBProxyName",
    name="DBProxyName",
    attributes=_proxy,
    again=True,
    delete=(("delete_db_proxy", lambda m: {"DBProxyName": m["DBProxyName"]}),),
    create_only=("DBProxyName", "EngineFamily", "VpcSubnetIds"),
)

DBProxyTargetGroup = Resource(
    "AWS::RDS::DBProxyTargetGroup",
    "rds",
    _targets,
    ref="TargetGroupArn",
    again=True,
    delete=(
        (
            "deregister_db_proxy_targets",
            lambda m: {
                "DBProxyName": m["DBProxyName"],
                "DBInstanceIdentifiers": m.get("DBInstanceIdentifiers", []),
                "DBClusterIdentifiers": m.get("DBClusterIdentifiers", []),
            },
        ),
    ),
    create_only=("DBProxyName", "TargetGroupName"),
)

ReplicationGroup = Resource(
    "AWS::ElastiCache::ReplicationGroup",
    "elasticache",
    "create_replication_group",
    ref="ReplicationGroupId",
    name="ReplicationGroupId",
    name_length=40,
    attributes=_replication_group,
    update=_change_group,
    create_only=("ReplicationGroupId", "AtRestEncryptionEnabled", "CacheSubnetGroupName", "KmsKeyId", "NetworkType", "Port"),
    delete=(("delete_replication_group", lambda m: {"ReplicationGroupId": m["ReplicationGroupId"]}),),
)

SubnetGroup = Resource(
    "AWS::ElastiCache::SubnetGroup",
    "elasticache",
    "create_cache_subnet_group",
    ref="CacheSubnetGroupName",
    name="CacheSubnetGroupName",
    renames={"Description": "CacheSubnetGroupDescription"},
    delete=(("delete_cache_subnet_group", lambda m: {"CacheSubnetGroupName": m["CacheSubnetGroupName"]}),),
    create_only=("CacheSubnetGroupName",),
)

User = Resource(
    "AWS::ElastiCache::User",
    "elasticache",
    "create_user",
    ref="UserId",
    create_only=("UserId", "UserName", "Engine"),
    attributes=lambda a: {"Arn": a["ARN"], "Status": a["Status"]},
    update=_change_user,
    delete=(("delete_user", lambda m: {"UserId": m["UserId"]}),),
)

UserGroup = Resource(
    "AWS::ElastiCache::UserGroup",
    "elasticache",
    "create_user_group",
    ref="UserGroupId",
    create_only=("UserGroupId", "Engine"),
    attributes=lambda a: {"Arn": a["ARN"], "Status": a["Status"]},
    update=_change_user_group,
    delete=(("delete_user_group", lambda m: {"UserGroupId": m["UserGroupId"]}),),
)


HOSTED_ROTATION = f"arn:aws:lambda:us-east-1:{DEFAULT_AWS_ACCOUNT_ID}:function:SecretsManagerHostedRotation"


def _rotate(client: Client, model: Model) -> Model:
    """The function that rotates lives in an account of AWS; what is kept of it is what DescribeSecret tells."""
    secret = secretsmanager_backends[DEFAULT_AWS_ACCOUNT_ID][client.meta.region_name].secrets[model["SecretId"]]
    rules = model.get("RotationRules") or {}
    secret.rotation_requested = secret.rotation_enabled = True
    secret.rotation_lambda_arn = model.get("RotationLambdaARN") or HOSTED_ROTATION
    secret.auto_rotate_after_days = int(rules.get("AutomaticallyAfterDays", 30))
    return {"Id": model["SecretId"]}


RotationSchedule = Resource(
    "AWS::SecretsManager::RotationSchedule",
    "secretsmanager",
    _rotate,
    ref="Id",
    again=True,
    delete=(("cancel_rotate_secret", lambda m: {"SecretId": m["SecretId"]}),),
    create_only=("SecretId",),
)
