"""EKS: the cluster's record and its node groups."""

from slipway_account.resources import Client, Model, Resource, tag_map


def _cluster(answer: dict) -> Model:
    cluster = answer["cluster"]
    return {
        "Arn": cluster["arn"],
        "Endpoint": cluster["endpoint"],
        "CertificateAuthorityData": cluster["certificateAuthority"]["data"],
        "OpenIdConnectIssuerUrl": cluster["identity"]["oidc"]["issuer"],
        "ClusterSecurityGroupId": cluster["resourcesVpcConfig"].get("clusterSecurityGroupId") or "sg-of-the-cluster",
    }


def _prepare(model: Model) -> Model:
    """A template lists the kinds of logs one by one, the service's own API in one entry."""
    wanted = model.get("Logging", {}).get("ClusterLogging", {}).get("EnabledTypes", [])
    logging = {"ClusterLogging": [{"Types": [each["Type"] for each in wanted], "Enabled": True}]}
    return model | {"Tags": tag_map(model)} | ({"Logging": logging} if wanted else {})


def _nodes(answer: dict) -> Model:
    group = answer["nodegroup"]
    return {"Id": f"{group['clusterName']}/{group['nodegroupName']}", "Arn": group["nodegroupArn"]}


def _change_cluster(client: Client, before: Model, after: Model) -> Model:
    client.update_cluster_config(name=before["Name"], resourcesVpcConfig=after["ResourcesVpcConfig"])
    return {}


Cluster = Resource(
    "AWS::EKS::Cluster",
    "eks",
    "create_cluster",
    ref="Name",
    name="Name",
    prepare=_prepare,
    attributes=_cluster,
    update=_change_cluster,
    delete=(("delete_cluster", lambda m: {"name": m["Name"]}),),
    create_only=("Name", "RoleArn"),
)

Nodegroup = Resource(
    "AWS::EKS::Nodegroup",
    "eks",
    "create_nodegroup",
    ref="Id",
    name="NodegroupName",
    prepare=lambda m: m | {"Tags": tag_map(m)},
    attributes=_nodes,
    again=True,
    delete=(("delete_nodegroup", lambda m: {"clusterName": m["ClusterName"], "nodegroupName": m["NodegroupName"]}),),
    create_only=("NodegroupName", "ClusterName", "InstanceTypes", "Subnets", "NodeRole", "CapacityType", "AmiType", "DiskSize"),
)
