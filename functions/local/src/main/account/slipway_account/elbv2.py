"""Load balancers: records by moto; the health of a target is asked of the target itself."""

import http.client

from localstack.aws.api import RequestContext
from localstack.aws.connect import connect_to
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.elbv2.models import FakeTargetGroup, elbv2_backends
from slipway_account.forward import forwarded


def describe_target_health(context: RequestContext, request: dict) -> dict:
    answer = call_moto(context)
    group = elbv2_backends[context.account_id][context.region].target_groups[request["TargetGroupArn"]]
    for description in answer.get("TargetHealthDescriptions") or []:
        target = description["Target"]
        if target["Id"] in group.targets:
            description["TargetHealth"] = health_of(group, address_of(group, target["Id"]), int(target["Port"]))
    return answer


def address_of(group: FakeTargetGroup, target: str) -> str:
    """An instance is asked by its private address."""
    return group.ec2_backend.get_instance(target).private_ip if target.startswith("i-") else target


def health_of(group: FakeTargetGroup, address: str, port: int) -> dict:
    """The state that a balancer would report, by one request of the group's health check made now."""
    connection = http.client.HTTPConnection(address, port, timeout=float(group.health_check_timeout_seconds))
    try:
        connection.request("GET", group.health_check_path or "/", headers={"User-Agent": "ELB-HealthChecker/2.0"})
        status = connection.getresponse().status
    except TimeoutError:
        return _unhealthy("Target.Timeout", "Request timed out")
    except (OSError, http.client.HTTPException):
        return _unhealthy("Target.FailedHealthChecks", "Health checks failed")
    finally:
        connection.close()
    if _matches((group.matcher or {}).get("HttpCode") or "200", status):
        return {"State": "healthy"}
    return _unhealthy("Target.ResponseCodeMismatch", f"Health checks failed with these codes: [{status}]")


def _matches(codes: str, status: int) -> bool:
    bounds = [part.partition("-") for part in codes.split(",")]
    return any(int(first) <= status <= int(last or first) for first, _, last in bounds)


def _unhealthy(reason: str, description: str) -> dict:
    return {"State": "unhealthy", "Reason": reason, "Description": description}


def modify_load_balancer_attributes(context: RequestContext, request: dict) -> dict:
    """A bucket for access logs is given a file at once, by which Elastic Load Balancing tries whether it may write there."""
    answer = call_moto(context)
    told = {attribute["Key"]: attribute.get("Value") for attribute in request["Attributes"]}
    if told.get("access_logs.s3.enabled") == "true":
        folder = f"{prefix}/" if (prefix := told.get("access_logs.s3.prefix")) else ""
        s3 = connect_to(aws_access_key_id=context.account_id, region_name=context.region).s3
        s3.put_object(Bucket=told["access_logs.s3.bucket"], Key=f"{folder}AWSLogs/{context.account_id}/ELBAccessLogTestFile", Body=b"")
    return answer


@aws_provider(api="elbv2")
def elbv2() -> Service:
    return forwarded("elbv2", {"DescribeTargetHealth": describe_target_health, "ModifyLoadBalancerAttributes": modify_load_balancer_attributes})
