"""ECS, load balancers and Cloud Map."""

from slipway_account.resources import Client, Model, Resource, ResourceFailed

LOWEST_PRIORITY = 50000


def _definition(answer: dict) -> Model:
    return {"TaskDefinitionArn": answer["taskDefinition"]["taskDefinitionArn"]}


def _register_again(client, before: Model, after: Model) -> Model:
    return _definition(client.register_task_definition(**after | {"Family": after.get("Family") or before["Family"]}))


def _service(model: Model) -> Model:
    names = {"LoadBalancers": "loadBalancers", "Role": None}
    # A definition or cluster that is not told is the account's default one.
    return {names.get(key, key): value for key, value in model.items() if names.get(key, key)}


def _steady(client, model: Model) -> bool:
    [service] = client.describe_services(cluster=model.get("Cluster", "default"), services=[model["ServiceName"]])["services"]
    primary = service["deployments"][0]
    if primary["rolloutState"] == "FAILED":
        raise ResourceFailed(primary["rolloutStateReason"])
    return primary["rolloutState"] == "COMPLETED"


def _change_service(client, before: Model, after: Model) -> Model:
    client.update_service(**after | {"service": before["ServiceName"]})
    return {}


def _attributes(owner: str, arn: str, attributes: str):
    return lambda m: {owner: m[arn], "Attributes": m[attributes]} if m.get(attributes) else None


def _balancer(answer: dict) -> Model:
    [balancer] = answer["LoadBalancers"]
    arn = balancer["LoadBalancerArn"]
    return {
        "LoadBalancerArn": arn,
        "DNSName": balancer["DNSName"],
        "CanonicalHostedZoneID": balancer["CanonicalHostedZoneId"],
        "LoadBalancerName": balancer["LoadBalancerName"],
        "LoadBalancerFullName": arn.partition("loadbalancer/")[2],
    }


def _target_group(answer: dict) -> Model:
    [group] = answer["TargetGroups"]
    return {
        "TargetGroupArn": group["TargetGroupArn"],
        "TargetGroupName": group["TargetGroupName"],
        "TargetGroupFullName": group["TargetGroupArn"].rpartition(":")[2],
    }


def _change_listener(client, before: Model, after: Model) -> Model:
    client.modify_listener(**after | {"ListenerArn": before["ListenerArn"]})
    return {}


def _change_rule(client, before: Model, after: Model) -> Model:
    client.modify_rule(RuleArn=before["RuleArn"], Conditions=after["Conditions"], Actions=after["Actions"])
    if after["Priority"] != before["Priority"]:
        client.set_rule_priorities(RulePriorities=[{"RuleArn": before["RuleArn"], "Priority": int(after["Priority"])}])
    return {}


def _change_cluster(client: Client, before: Model, after: Model) -> Model:
    settings = after.get("ClusterSettings", [])
    client.update_cluster(cluster=before["ClusterName"], settings=settings, configuration=after.get("Configuration", {}))
    return {}


def _change_balancer(client: Client, before: Model, after: Model) -> Model:
    arn = before["LoadBalancerArn"]
    if after.get("LoadBalancerAttributes"):
        client.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=after["LoadBalancerAttributes"])
    if after.get("SecurityGroups"):
        client.set_security_groups(LoadBalancerArn=arn, SecurityGroups=after["SecurityGroups"])
    return {}


def _targets(model: Model) -> dict | None:
    return {"TargetGroupArn": model["TargetGroupArn"], "Targets": model["Targets"]} if model.get("Targets") else None


def _change_targets(client: Client, before: Model, after: Model) -> None:
    arn, wanted = before["TargetGroupArn"], after.get("Targets", [])
    if gone := [target for target in before.get("Targets", []) if target not in wanted]:
        client.deregister_targets(TargetGroupArn=arn, Targets=gone)
    if wanted:
        client.register_targets(TargetGroupArn=arn, Targets=wanted)


def _change_target_group(client: Client, before: Model, after: Model) -> Model:
    arn = before["TargetGroupArn"]
    client.modify_target_group(**after | {"TargetGroupArn": arn})
    _change_targets(client, before, after)
    if after.get("TargetGroupAttributes"):
        client.modify_target_group_attributes(TargetGroupArn=arn, Attributes=after["TargetGroupAttributes"])
    return {}


def _scalable(client: Client, model: Model) -> Model:
    client.register_scalable_target(**model)
    named = "|".join(model[name] for name in ("ResourceId", "ScalableDimension", "ServiceNamespace"))
    return {"Physical": named, "Id": named}


def _change_scalable(client: Client, before: Model, after: Model) -> Model:
    return _scalable(client, after)


def _of_scaling(model: Model) -> Model:
    return {name: model[name] for name in ("ResourceId", "ScalableDimension", "ServiceNamespace")}


def _policy(client: Client, model: Model) -> Model:
    target = dict(zip(("ResourceId", "ScalableDimension", "ServiceNamespace"), model.get("ScalingTargetId", "||").split("|"), strict=True))
    told = {key: value for key, value in target.items() if value}
    return {"Arn": client.put_scaling_policy(**told | model)["PolicyARN"]} | told


Cluster = Resource(
    "AWS::ECS::Cluster",
    "ecs",
    "create_cluster",
    ref="ClusterName",
    name="ClusterName",
    renames={"ClusterSettings": "settings"},
    update=_change_cluster,
    create_only=("ClusterName",),
    attributes=lambda a: {"Arn": a["cluster"]["clusterArn"]},
    delete=(("delete_cluster", lambda m: {"cluster": m["ClusterName"]}),),
)

TaskDefinition = Resource(
    "AWS::ECS::TaskDefinition",
    "ecs",
    "register_task_definition",
    ref="TaskDefinitionArn",
    name="Family",
    attributes=_definition,
    update=_register_again,
    delete=(("deregister_task_definition", lambda m: {"taskDefinition": m["TaskDefinitionArn"]}),),
)

Service = Resource(
    "AWS::ECS::Service",
    "ecs",
    "create_service",
    ref="ServiceArn",
    name="ServiceName",
    settled=_steady,
    update=_change_service,
    create_only=("ServiceName", "Cluster", "LaunchType"),
    attributes=lambda a: {"ServiceArn": a["service"]["serviceArn"], "Name": a["service"]["serviceName"]},
    delete=(("delete_service", lambda m: {"cluster": m.get("Cluster", "default"), "service": m["ServiceName"], "force": True}),),
)

LoadBalancer = Resource(
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "elbv2",
    "create_load_balancer",
    ref="LoadBalancerArn",
    name="Name",
    name_length=32,
    attributes=_balancer,
    update=_change_balancer,
    create_only=("Name", "Scheme", "Type"),
    after=(("modify_load_balancer_attributes", _attributes("LoadBalancerArn", "LoadBalancerArn", "LoadBalancerAttributes")),),
    delete=(("delete_load_balancer", lambda m: {"LoadBalancerArn": m["LoadBalancerArn"]}),),
)

TargetGroup = Resource(
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "elbv2",
    "create_target_group",
    ref="TargetGroupArn",
    name="Name",
    name_length=32,
    attributes=_target_group,
    update=_change_target_group,
    create_only=("Name", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId"),
    after=(
        ("modify_target_group_attributes", _attributes("TargetGroupArn", "TargetGroupArn", "TargetGroupAttributes")),
        ("register_targets", _targets),
    ),
    delete=(("delete_target_group", lambda m: {"TargetGroupArn": m["TargetGroupArn"]}),),
)

Listener = Resource(
    "AWS::ElasticLoadBalancingV2::Listener",
    "elbv2",
    "create_listener",
    ref="ListenerArn",
    create_only=("LoadBalancerArn",),
    attributes=lambda a: {"ListenerArn": a["Listeners"][0]["ListenerArn"]},
    update=_change_listener,
    delete=(("delete_listener", lambda m: {"ListenerArn": m["ListenerArn"]}),),
)

ListenerRule = Resource(
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "elbv2",
    "create_rule",
    ref="RuleArn",
    create_only=("ListenerArn",),
    attributes=lambda a: {"RuleArn": a["Rules"][0]["RuleArn"]},
    update=_change_rule,
    delete=(("delete_rule", lambda m: {"RuleArn": m["RuleArn"]}),),
)


def _namespace(client, model: Model) -> bool:
    targets = client.get_operation(OperationId=model["OperationId"])["Operation"]["Targets"]
    model["Id"] = targets["NAMESPACE"]
    model["Arn"] = client.get_namespace(Id=model["Id"])["Namespace"]["Arn"]
    return True


PrivateDnsNamespace = Resource(
    "AWS::ServiceDiscovery::PrivateDnsNamespace",
    "servicediscovery",
    "create_private_dns_namespace",
    ref="Id",
    attributes=lambda a: {"OperationId": a["OperationId"]},
    settled=_namespace,
    delete=(("delete_namespace", lambda m: {"Id": m["Id"]}),),
)

DiscoveryService = Resource(
    "AWS::ServiceDiscovery::Service",
    "servicediscovery",
    "create_service",
    ref="Id",
    attributes=lambda a: {"Id": a["Service"]["Id"], "Arn": a["Service"]["Arn"], "Name": a["Service"]["Name"]},
    delete=(("delete_service", lambda m: {"Id": m["Id"]}),),
)

ClusterCapacityProviderAssociations = Resource(
    "AWS::ECS::ClusterCapacityProviderAssociations",
    "ecs",
    "put_cluster_capacity_providers",
    ref="Cluster",
    again=True,
    delete=(
        (
            "put_cluster_capacity_providers",
            lambda m: {"cluster": m["Cluster"], "capacityProviders": [], "defaultCapacityProviderStrategy": []},
        ),
    ),
    create_only=("Cluster",),
)

ScalableTarget = Resource(
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "application_autoscaling",
    _scalable,
    ref="Physical",
    update=_change_scalable,
    delete=(("deregister_scalable_target", _of_scaling),),
    create_only=("ResourceId", "ScalableDimension", "ServiceNamespace"),
)

ScalingPolicy = Resource(
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "application_autoscaling",
    _policy,
    ref="Arn",
    again=True,
    delete=(("delete_scaling_policy", lambda m: _of_scaling(m) | {"PolicyName": m["PolicyName"]}),),
    create_only=("PolicyName", "ScalingTargetId", "ResourceId", "ScalableDimension", "ServiceNamespace"),
)
