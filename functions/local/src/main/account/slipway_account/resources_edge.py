"""What stands before the load balancer: zones, WAF, CloudFront, certificates."""

from uuid import uuid4

from slipway_account.resources import Client, Model, Resource


def _zone(client: Client, model: Model) -> Model:
    comment = model.get("HostedZoneConfig", {}).get("Comment", "")
    made = client.create_hosted_zone(Name=model["Name"], CallerReference=uuid4().hex, HostedZoneConfig={"Comment": comment})
    return {"Id": made["HostedZone"]["Id"].rpartition("/")[2], "NameServers": made["DelegationSet"]["NameServers"]}


def _web_acl(client: Client, model: Model) -> Model:
    made = client.create_web_acl(**model)["Summary"]
    return {
        "Arn": made["ARN"],
        "Id": made["Id"],
        "Physical": f"{made['Name']}|{made['Id']}|{model['Scope']}",
        "LabelNamespace": f"awswaf:webacl:{made['Name']}:",
        "Capacity": "0",
    }


def _lock(client: Client, model: Model) -> str:
    return client.get_web_acl(Name=model["Name"], Scope=model["Scope"], Id=model["Id"])["LockToken"]


def _change_web_acl(client: Client, before: Model, after: Model) -> Model:
    client.update_web_acl(**after | {"Id": before["Id"], "LockToken": _lock(client, before)})
    return {}


def _delete_web_acl(client: Client, model: Model) -> None:
    client.delete_web_acl(Name=model["Name"], Scope=model["Scope"], Id=model["Id"], LockToken=_lock(client, model))


def _associate(client: Client, model: Model) -> Model:
    client.associate_web_acl(**model)
    return {"Physical": f"{model['WebACLArn']}|{model['ResourceArn']}"}


def _log_requests(client: Client, model: Model) -> Model:
    client.put_logging_configuration(LoggingConfiguration=model)
    return {}


def _counted(value, name: str = ""):
    """CloudFormation's lists are told with their length in CloudFront's API."""
    if isinstance(value, list):
        return {"Quantity": len(value), "Items": [_counted(item) for item in value]}
    if not isinstance(value, dict):
        return value
    made = {key: _counted(item, key) for key, item in value.items() if key != "CachedMethods"}
    if cached := value.get("CachedMethods"):
        made.setdefault("AllowedMethods", _counted(cached))["CachedMethods"] = _counted(cached)
    return made


def _distribution(model: Model) -> Model:
    return {"Comment": "", "CallerReference": model.get("Id", model["DistributionConfig"].get("Comment", "slipway"))} | _counted(
        model["DistributionConfig"]
    )


def _make_distribution(client: Client, model: Model) -> Model:
    tags = {"Tags": {"Items": model.get("Tags", [])}}
    made = client.create_distribution_with_tags(DistributionConfigWithTags={"DistributionConfig": _distribution(model)} | tags)
    return {"Id": made["Distribution"]["Id"], "DomainName": made["Distribution"]["DomainName"]}


def _change_distribution(client: Client, before: Model, after: Model) -> Model:
    tag = client.get_distribution(Id=before["Id"])["ETag"]
    client.update_distribution(Id=before["Id"], IfMatch=tag, DistributionConfig=_distribution(after))
    return {}


def _change_access_control(client: Client, before: Model, after: Model) -> Model:
    tag = client.get_origin_access_control(Id=before["Id"])["ETag"]
    client.update_origin_access_control(
        Id=before["Id"], IfMatch=tag, OriginAccessControlConfig=after["OriginAccessControlConfig"]
    )
    return {}


HostedZone = Resource(
    "AWS::Route53::HostedZone",
    "route53",
    _zone,
    ref="Id",
    delete=(("delete_hosted_zone", lambda m: {"Id": m["Id"]}),),
    create_only=("Name",),
)

WebACL = Resource(
    "AWS::WAFv2::WebACL",
    "wafv2",
    _web_acl,
    ref="Physical",
    name="Name",
    update=_change_web_acl,
    delete=(_delete_web_acl,),
    create_only=("Name", "Scope"),
)

WebACLAssociation = Resource(
    "AWS::WAFv2::WebACLAssociation",
    "wafv2",
    _associate,
    ref="Physical",
    delete=(("disassociate_web_acl", lambda m: {"ResourceArn": m["ResourceArn"]}),),
    create_only=("ResourceArn", "WebACLArn"),
)

LoggingConfiguration = Resource(
    "AWS::WAFv2::LoggingConfiguration",
    "wafv2",
    _log_requests,
    ref="ResourceArn",
    again=True,
    delete=(("delete_logging_configuration", lambda m: {"ResourceArn": m["ResourceArn"]}),),
    create_only=("ResourceArn",),
)

Distribution = Resource(
    "AWS::CloudFront::Distribution",
    "cloudfront",
    _make_distribution,
    ref="Id",
    update=_change_distribution,
    delete=(("delete_distribution", lambda m: {"Id": m["Id"], "IfMatch": "any"}),),
)

OriginAccessControl = Resource(
    "AWS::CloudFront::OriginAccessControl",
    "cloudfront",
    "create_origin_access_control",
    ref="Id",
    attributes=lambda a: {"Id": a["OriginAccessControl"]["Id"]},
    update=_change_access_control,
    delete=(("delete_origin_access_control", lambda m: {"Id": m["Id"], "IfMatch": "any"}),),
)


def _issued(client: Client, model: Model) -> bool:
    return client.describe_certificate(CertificateArn=model["CertificateArn"])["Certificate"]["Status"] == "ISSUED"


Certificate = Resource(
    "AWS::CertificateManager::Certificate",
    "acm",
    "request_certificate",
    ref="CertificateArn",
    attributes=lambda a: {"CertificateArn": a["CertificateArn"]},
    # The zone, in which CloudFormation proves the domain itself, is none of the API's.
    prepare=lambda m: {key: value for key, value in m.items() if key != "DomainValidationOptions"},
    settled=_issued,
    delete=(("delete_certificate", lambda m: {"CertificateArn": m["CertificateArn"]}),),
    create_only=("DomainName", "SubjectAlternativeNames", "ValidationMethod", "DomainValidationOptions"),
)
