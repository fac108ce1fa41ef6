"""RDS and ElastiCache."""

from slipway_account.resources import Model, Resource


def _database(answer: dict) -> Model:
    instance = answer["DBInstance"]
    secret = {"MasterUserSecret": {"SecretArn": instance["MasterUserSecret"]["SecretArn"]}} if instance.get("MasterUserSecret") else {}
    return {
        "Endpoint": instance["Endpoint"],
        "DBInstanceArn": instance["DBInstanceArn"],
        "DbiResourceId": instance["DbiResourceId"],
    } | secret


def _replication_group(answer: dict) -> Model:
    [node_group] = answer["ReplicationGroup"]["NodeGroups"]
    primary = node_group["PrimaryEndpoint"]
    reader = node_group.get("ReaderEndpoint") or primary
    return {
        "PrimaryEndPoint": primary,
        "ReaderEndPoint": reader,
        "ReadEndPoint": {"Addresses": primary["Address"], "Ports": primary["Port"]},
    }


def _change_user(client, before: Model, after: Model) -> Model:
    client.modify_user(**{key: after[key] for key in ("UserId", "AccessString", "Passwords", "AuthenticationMode") if after.get(key)})
    return {}


def _change_user_group(client, before: Model, after: Model) -> Model:
    old, new = set(before["UserIds"]), set(after["UserIds"])
    client.modify_user_group(UserGroupId=after["UserGroupId"], UserIdsToAdd=sorted(new - old), UserIdsToRemove=sorted(old - new))
    return {}


DBInstance = Resource(
    "AWS::RDS::DBInstance",
    "rds",
    "create_db_instance",
    ref="DBInstanceIdentifier",
    name="DBInstanceIdentifier",
    renames={"VPCSecurityGroups": "VpcSecurityGroupIds"},
    attributes=_database,
    delete=(("delete_db_instance", lambda m: {"DBInstanceIdentifier": m["DBInstanceIdentifier"], "SkipFinalSnapshot": True}),),
).plugin()

DBSubnetGroup = Resource(
    "AWS::RDS::DBSubnetGroup",
    "rds",
    "create_db_subnet_group",
    ref="DBSubnetGroupName",
    name="DBSubnetGroupName",
    delete=(("delete_db_subnet_group", lambda m: {"DBSubnetGroupName": m["DBSubnetGroupName"]}),),
).plugin()

DBParameterGroup = Resource(
    "AWS::RDS::DBParameterGroup",
    "rds",
    "create_db_parameter_group",
    ref="DBParameterGroupName",
    name="DBParameterGroupName",
    renames={"Family": "DBParameterGroupFamily"},
    attributes=lambda a: {"DBParameterGroupName": a["DBParameterGroup"]["DBParameterGroupName"]},
    after=(
        (
            "modify_db_parameter_group",
            lambda m: (
                {
                    "DBParameterGroupName": m["DBParameterGroupName"],
                    "Parameters": [
                        {"ParameterName": name, "ParameterValue": str(value), "ApplyMethod": "pending-reboot"}
                        for name, value in m["Parameters"].items()
                    ],
                }
                if m.get("Parameters")
                else None
            ),
        ),
    ),
    delete=(("delete_db_parameter_group", lambda m: {"DBParameterGroupName": m["DBParameterGroupName"]}),),
).plugin()

ReplicationGroup = Resource(
    "AWS::ElastiCache::ReplicationGroup",
    "elasticache",
    "create_replication_group",
    ref="ReplicationGroupId",
    name="ReplicationGroupId",
    name_length=40,
    attributes=_replication_group,
    delete=(("delete_replication_group", lambda m: {"ReplicationGroupId": m["ReplicationGroupId"]}),),
).plugin()

SubnetGroup = Resource(
    "AWS::ElastiCache::SubnetGroup",
    "elasticache",
    "create_cache_subnet_group",
    ref="CacheSubnetGroupName",
    name="CacheSubnetGroupName",
    renames={"Description": "CacheSubnetGroupDescription"},
    delete=(),
).plugin()

User = Resource(
    "AWS::ElastiCache::User",
    "elasticache",
    "create_user",
    ref="UserId",
    attributes=lambda a: {"Arn": a["ARN"], "Status": a["Status"]},
    update=_change_user,
    delete=(("delete_user", lambda m: {"UserId": m["UserId"]}),),
).plugin()

UserGroup = Resource(
    "AWS::ElastiCache::UserGroup",
    "elasticache",
    "create_user_group",
    ref="UserGroupId",
    attributes=lambda a: {"Arn": a["ARN"], "Status": a["Status"]},
    update=_change_user_group,
    delete=(("delete_user_group", lambda m: {"UserGroupId": m["UserGroupId"]}),),
).plugin()
