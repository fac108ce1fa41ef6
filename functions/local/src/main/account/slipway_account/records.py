"""Services that are records only, kept by moto, with the calls that it lacks."""

import json
from collections.abc import Callable

from localstack.aws.api import RequestContext
from localstack.services.moto import call_moto
from localstack.services.plugins import Service, aws_provider
from moto.backup.models import backup_backends
from moto.eks.models import eks_backends
from slipway_account.forward import Handler, forwarded
from slipway_account.settings import SETTINGS


def _records(name: str, overrides: dict[str, Handler] | None = None) -> Callable[[], Service]:
    @aws_provider(api=name)
    def service() -> Service:
        return forwarded(name, overrides)

    return service


def _delete_vault(context: RequestContext, request: dict) -> dict:
    backup_backends[context.account_id][context.region].vaults.pop(request["BackupVaultName"], None)
    return {}


def _update_plan(context: RequestContext, request: dict) -> dict:
    plan = backup_backends[context.account_id][context.region].plans[request["BackupPlanId"]]
    plan.backup_plan = request["BackupPlan"]
    return {"BackupPlanId": plan.backup_plan_id, "BackupPlanArn": plan.backup_plan_arn, "VersionId": plan.version_id}


def _delete_plan(context: RequestContext, request: dict) -> dict:
    """moto's would keep the plan, and refuse another one like it."""
    backup_backends[context.account_id][context.region].plans.pop(request["BackupPlanId"], None)
    return {"BackupPlanId": request["BackupPlanId"]}


def _create_cluster(context: RequestContext, request: dict) -> dict:
    """moto's cluster has no API; a run may have one that stands in for it."""
    answer = call_moto(context)
    if not SETTINGS.cluster.exists():
        return answer
    api = json.loads(SETTINGS.cluster.read_text())
    cluster = eks_backends[context.account_id][context.region].clusters[request["name"]]
    cluster.endpoint = api["endpoint"]
    cluster.certificate_authority = {"data": api["certificate"]}
    answer["cluster"] |= {"endpoint": cluster.endpoint, "certificateAuthority": cluster.certificate_authority}
    return answer


amp = _records("amp")
application_autoscaling = _records("application-autoscaling")
backup = _records(
    "backup", {"DeleteBackupVault": _delete_vault, "DeleteBackupPlan": _delete_plan, "UpdateBackupPlan": _update_plan}
)
budgets = _records("budgets")
cloudfront = _records("cloudfront")
cloudtrail = _records("cloudtrail")
codebuild = _records("codebuild")
codepipeline = _records("codepipeline")
ecr = _records("ecr")
eks = _records("eks", {"CreateCluster": _create_cluster})
guardduty = _records("guardduty")
servicediscovery = _records("servicediscovery")
sesv2 = _records("sesv2")
wafv2 = _records("wafv2")
