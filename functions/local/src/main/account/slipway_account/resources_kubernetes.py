"""EKS: the cluster's record and its node groups."""

from localstack.aws.connect import connect_to
from slipway_account.resources import Client, Model, Resource, tag_map


def _cluster(answer: dict) -> Model:
    cluster = answer["cluster"]
    return {
        "Arn": cluster["arn"],
        "Endpoint": cluster["endpoint"],
        "CertificateAuthorityData": cluster["certificateAuthority"]["data"],
        "OpenIdConnectIssuerUrl": cluster["identity"]["oidc"]["issuer"],
    }


def _network(arn: str) -> Client:
    region, owner = arn.split(":")[3:5]
    return connect_to(aws_access_key_id=owner, region_name=region).ec2


def _create(client: Client, model: Model) -> Model:
    """EKS makes a security group beside the cluster, which everything in it is in; moto makes none."""
    attributes = _cluster(client.create_cluster(**_prepare(model)))
    ec2 = _network(attributes["Arn"])
    subnets = ec2.describe_subnets(SubnetIds=model["ResourcesVpcConfig"]["SubnetIds"])["Subnets"]
    group = ec2.create_security_group(
        GroupName=f"eks-cluster-sg-{model['Name']}", Description="of the cluster", VpcId=subnets[0]["VpcId"]
    )
    return attributes | {"ClusterSecurityGroupId": group["GroupId"]}


def _delete_group(client: Client, model: Model) -> None:
    _network(model["Arn"]).delete_security_group(GroupId=model["ClusterSecurityGroupId"])


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
    _create,
    ref="Name",
    name="Name",
    update=_change_cluster,
    delete=(("delete_cluster", lambda m: {"name": m["Name"]}), _delete_group),
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
