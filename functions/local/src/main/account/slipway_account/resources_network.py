"""What LocalStack's EC2 resources leave out."""

import base64

from slipway_account.resources import Client, Model, Resource


def _association(group: str, permission: Model) -> Model:
    names = ("IpProtocol", "FromPort", "ToPort")
    source = {
        "CidrIp": ("IpRanges", "CidrIp"),
        "SourceSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
        "DestinationSecurityGroupId": ("UserIdGroupPairs", "GroupId"),
    }
    peers = {
        lists: [{key: permission[name]} | ({"Description": permission["Description"]} if permission.get("Description") else {})]
        for name, (lists, key) in source.items()
        if permission.get(name)
    }
    return {"GroupId": permission[group], "IpPermissions": [{n: permission[n] for n in names if n in permission} | peers]}


def _group(client: Client, model: Model) -> Model:
    network = {"VpcId": model["VpcId"]} if model.get("VpcId") else {}
    made = client.create_security_group(
        GroupName=model["GroupName"],
        Description=model["GroupDescription"],
        TagSpecifications=_tagged("security-group", model),
        **network,
    )
    group = {"GroupId": made["GroupId"], "Id": made["GroupId"]}
    if model.get("SecurityGroupEgress"):
        client.revoke_security_group_egress(GroupId=made["GroupId"], IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    for name, (authorize, _) in WAYS.items():
        _each(getattr(client, authorize), model | group, model.get(name))
    return group


def _change_group(client: Client, before: Model, after: Model) -> Model:
    for name, (authorize, revoke) in WAYS.items():
        if before.get(name) != after.get(name):
            _each(getattr(client, revoke), before, before.get(name))
            _each(getattr(client, authorize), before, after.get(name))
    if after.get("Tags"):
        client.create_tags(Resources=[before["GroupId"]], Tags=after["Tags"])
    return {}


def _each(call, group: Model, permissions: list[Model] | None) -> None:
    for permission in permissions or []:
        call(**_association("GroupId", permission | {"GroupId": group["GroupId"]}))


# What stands in the group itself, and by which calls it comes and goes.
WAYS = {
    "SecurityGroupIngress": ("authorize_security_group_ingress", "revoke_security_group_ingress"),
    "SecurityGroupEgress": ("authorize_security_group_egress", "revoke_security_group_egress"),
}


def _rule(answer: dict) -> Model:
    return {"Id": answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]}


def _flow_logs(model: Model) -> Model:
    return model | {"ResourceIds": [model["ResourceId"]], "TagSpecifications": _tagged("vpc-flow-log", model)}


def _tagged(kind: str, model: Model) -> list[Model]:
    return [{"ResourceType": kind, "Tags": model["Tags"]}] if model.get("Tags") else []


def _template(answer: dict) -> Model:
    made = answer["LaunchTemplate"]
    return {
        "LaunchTemplateId": made["LaunchTemplateId"],
        "LaunchTemplateName": made["LaunchTemplateName"],
        "LatestVersionNumber": made["LatestVersionNumber"],
        "DefaultVersionNumber": made["DefaultVersionNumber"],
    }


def _new_version(client: Client, before: Model, after: Model) -> Model:
    made = client.create_launch_template_version(
        LaunchTemplateId=before["LaunchTemplateId"], LaunchTemplateData=after["LaunchTemplateData"]
    )
    return {"LatestVersionNumber": made["LaunchTemplateVersion"]["VersionNumber"]}


def _run(client: Client, model: Model) -> Model:
    # The client encodes what CloudFormation has encoded already.
    data = {"UserData": base64.b64decode(model["UserData"]).decode()} if model.get("UserData") else {}
    profile = {"IamInstanceProfile": {"Name": model["IamInstanceProfile"]}} if model.get("IamInstanceProfile") else {}
    told = {"MinCount": 1, "MaxCount": 1, "TagSpecifications": _tagged("instance", model)}
    [instance] = client.run_instances(**model | data | profile | told)["Instances"]
    return {
        "InstanceId": instance["InstanceId"],
        "PrivateIp": instance["PrivateIpAddress"],
        "PrivateDnsName": instance["PrivateDnsName"],
        "PublicIp": instance.get("PublicIpAddress", ""),
        "PublicDnsName": instance.get("PublicDnsName", ""),
        "AvailabilityZone": instance["Placement"]["AvailabilityZone"],
        "VpcId": instance["VpcId"],
    }


def _running(client: Client, model: Model) -> bool:
    [found] = client.describe_instances(InstanceIds=[model["InstanceId"]])["Reservations"]
    return found["Instances"][0]["State"]["Name"] == "running"


def _endpoint(client: Client, model: Model) -> Model:
    told = {"VpcEndpointType": "Gateway"} | model | {"TagSpecifications": _tagged("vpc-endpoint", model)}
    made = client.create_vpc_endpoint(**told)["VpcEndpoint"]
    return {
        "Id": made["VpcEndpointId"],
        "CreationTimestamp": made["CreationTimestamp"].isoformat(),
        "DnsEntries": [f"{entry.get('HostedZoneId', '')}:{entry['DnsName']}" for entry in made.get("DnsEntries") or []],
        "NetworkInterfaceIds": made.get("NetworkInterfaceIds") or [],
    }


def _change_endpoint(client: Client, before: Model, after: Model) -> Model:
    lists = {"RouteTableIds": "RouteTableIds", "SubnetIds": "SubnetIds", "SecurityGroupIds": "SecurityGroupIds"}
    changes = {}
    for name, told in lists.items():
        old, new = set(before.get(name) or []), set(after.get(name) or [])
        changes |= {f"Add{told}": sorted(new - old)} if new - old else {}
        changes |= {f"Remove{told}": sorted(old - new)} if old - new else {}
    policy = {"PolicyDocument": after["PolicyDocument"]} if after.get("PolicyDocument") else {}
    client.modify_vpc_endpoint(VpcEndpointId=before["Id"], **changes, **policy)
    return {}


FlowLog = Resource(
    "AWS::EC2::FlowLog",
    "ec2",
    "create_flow_logs",
    ref="Id",
    attributes=lambda a: {"Id": a["FlowLogIds"][0]},
    prepare=_flow_logs,
    delete=(("delete_flow_logs", lambda m: {"FlowLogIds": [m["Id"]]}),),
    create_only=(
        "ResourceId", "ResourceType", "TrafficType", "LogDestination", "LogDestinationType", "LogGroupName", "DeliverLogsPermissionArn",
    ),
)

LaunchTemplate = Resource(
    "AWS::EC2::LaunchTemplate",
    "ec2",
    "create_launch_template",
    ref="LaunchTemplateId",
    name="LaunchTemplateName",
    attributes=_template,
    update=_new_version,
    delete=(("delete_launch_template", lambda m: {"LaunchTemplateId": m["LaunchTemplateId"]}),),
    create_only=("LaunchTemplateName",),
)

Instance = Resource(
    "AWS::EC2::Instance",
    "ec2",
    _run,
    ref="InstanceId",
    settled=_running,
    delete=(("terminate_instances", lambda m: {"InstanceIds": [m["InstanceId"]]}),),
    create_only=("ImageId", "SubnetId", "KeyName", "UserData", "IamInstanceProfile", "InstanceType", "SecurityGroupIds", "LaunchTemplate"),
)

VPCEndpoint = Resource(
    "AWS::EC2::VPCEndpoint",
    "ec2",
    _endpoint,
    ref="Id",
    update=_change_endpoint,
    delete=(("delete_vpc_endpoints", lambda m: {"VpcEndpointIds": [m["Id"]]}),),
    create_only=("ServiceName", "VpcEndpointType", "VpcId"),
)

Eip = Resource(
    "AWS::EC2::EIP",
    "ec2",
    "allocate_address",
    ref="PublicIp",
    attributes=lambda a: {"PublicIp": a["PublicIp"], "AllocationId": a["AllocationId"]},
    prepare=lambda m: {"Domain": m.get("Domain", "vpc")},
    delete=(("release_address", lambda m: {"AllocationId": m["AllocationId"]}),),
)

# LocalStack's own leaves out what the group itself lets in and out.
SecurityGroup = Resource(
    "AWS::EC2::SecurityGroup",
    "ec2",
    _group,
    ref="Id",
    name="GroupName",
    update=_change_group,
    delete=(("delete_security_group", lambda m: {"GroupId": m["GroupId"]}),),
    create_only=("GroupDescription", "GroupName", "VpcId"),
)

SecurityGroupIngress = Resource(
    "AWS::EC2::SecurityGroupIngress",
    "ec2",
    "authorize_security_group_ingress",
    ref="Id",
    attributes=_rule,
    prepare=lambda m: _association("GroupId", m),
    delete=(("revoke_security_group_ingress", lambda m: {"GroupId": m["GroupId"], "SecurityGroupRuleIds": [m["Id"]]}),),
)

SecurityGroupEgress = Resource(
    "AWS::EC2::SecurityGroupEgress",
    "ec2",
    "authorize_security_group_egress",
    ref="Id",
    attributes=_rule,
    prepare=lambda m: _association("GroupId", m),
    delete=(("revoke_security_group_egress", lambda m: {"GroupId": m["GroupId"], "SecurityGroupRuleIds": [m["Id"]]}),),
)
