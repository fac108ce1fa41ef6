"""What LocalStack's EC2 resources leave out."""

from slipway_account.resources import Model, Resource


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


def _rule(answer: dict) -> Model:
    return {"Id": answer["SecurityGroupRules"][0]["SecurityGroupRuleId"]}


Eip = Resource(
    "AWS::EC2::EIP",
    "ec2",
    "allocate_address",
    ref="PublicIp",
    attributes=lambda a: {"PublicIp": a["PublicIp"], "AllocationId": a["AllocationId"]},
    prepare=lambda m: {"Domain": m.get("Domain", "vpc")},
    delete=(("release_address", lambda m: {"AllocationId": m["AllocationId"]}),),
).plugin()

SecurityGroupIngress = Resource(
    "AWS::EC2::SecurityGroupIngress",
    "ec2",
    "authorize_security_group_ingress",
    ref="Id",
    attributes=_rule,
    prepare=lambda m: _association("GroupId", m),
    delete=(("revoke_security_group_ingress", lambda m: {"GroupId": m["GroupId"], "SecurityGroupRuleIds": [m["Id"]]}),),
).plugin()

SecurityGroupEgress = Resource(
    "AWS::EC2::SecurityGroupEgress",
    "ec2",
    "authorize_security_group_egress",
    ref="Id",
    attributes=_rule,
    prepare=lambda m: _association("GroupId", m),
    delete=(("revoke_security_group_egress", lambda m: {"GroupId": m["GroupId"], "SecurityGroupRuleIds": [m["Id"]]}),),
).plugin()
