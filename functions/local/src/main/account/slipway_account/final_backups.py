"""DeletionPolicy: Snapshot, which LocalStack takes for Delete: the service is asked for a last snapshot first."""

import secrets
from collections.abc import Callable

# By type: the service, its call, and the arguments from a resource's name and the snapshot's.
CALLS: dict[str, tuple[str, str, Callable[[str, str], dict]]] = {
    "AWS::RDS::DBInstance": (
        "rds",
        "create_db_snapshot",
        lambda name, snapshot: {"DBInstanceIdentifier": name, "DBSnapshotIdentifier": snapshot},
    ),
    "AWS::RDS::DBCluster": (
        "rds",
        "create_db_cluster_snapshot",
        lambda name, snapshot: {"DBClusterIdentifier": name, "DBClusterSnapshotIdentifier": snapshot},
    ),
    "AWS::ElastiCache::ReplicationGroup": (
        "elasticache",
        "create_snapshot",
        lambda name, snapshot: {"ReplicationGroupId": name, "SnapshotName": snapshot},
    ),
}


def take(stack, logical_name: str, resource_type: str, physical_name: str) -> None:
    """Takes a snapshot, named as CloudFormation names it, of what is about to be deleted."""
    from localstack.aws.connect import connect_to

    service, call, arguments = CALLS[resource_type]
    client = getattr(connect_to(aws_access_key_id=stack.account_id, region_name=stack.region_name), service)
    snapshot = f"{stack.stack_name}-snapshot-{logical_name}-{secrets.token_hex(6)}".lower()
    getattr(client, call)(**arguments(physical_name, snapshot))
