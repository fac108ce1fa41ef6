"""What watches a target and protects it: logs, dashboards, budgets, Prometheus, GuardDuty, CloudTrail, Config, Backup."""

from localstack.constants import DEFAULT_AWS_ACCOUNT_ID
from slipway_account.resources import Client, Model, Resource, tag_map


def _log_group(client: Client, model: Model) -> Model:
    client.create_log_group(logGroupName=model["LogGroupName"], tags=tag_map(model))
    _keep_for(client, {}, model)
    [group] = client.describe_log_groups(logGroupNamePrefix=model["LogGroupName"], limit=1)["logGroups"]
    return {"Arn": group["arn"]}


def _keep_for(client: Client, before: Model, after: Model) -> Model:
    if days := after.get("RetentionInDays"):
        client.put_retention_policy(logGroupName=after["LogGroupName"], retentionInDays=int(days))
    elif before.get("RetentionInDays"):
        client.delete_retention_policy(logGroupName=after["LogGroupName"])
    return {}


def _filter(client: Client, model: Model) -> Model:
    # The API wants a value even where CloudFormation has one by itself.
    client.put_metric_filter(**model)
    return {}


def _dashboard(client: Client, model: Model) -> Model:
    client.put_dashboard(DashboardName=model["DashboardName"], DashboardBody=model["DashboardBody"])
    return {}


def _change_dashboard(client: Client, before: Model, after: Model) -> Model:
    return _dashboard(client, after)


def _budget(client: Client, model: Model) -> Model:
    name = model["Budget"].get("BudgetName") or model["Id"]
    client.create_budget(**model | {"AccountId": DEFAULT_AWS_ACCOUNT_ID, "Budget": model["Budget"] | {"BudgetName": name}})
    return {"Id": name}


def _workspace(answer: dict) -> Model:
    place = answer["arn"].split(":")[3]
    return {
        "Arn": answer["arn"],
        "WorkspaceId": answer["workspaceId"],
        "PrometheusEndpoint": f"https://aps-workspaces.{place}.amazonaws.com/workspaces/{answer['workspaceId']}/",
    }


def _change_alias(client: Client, before: Model, after: Model) -> Model:
    client.update_workspace_alias(workspaceId=before["WorkspaceId"], alias=after.get("Alias", ""))
    return {}


def _detector(model: Model) -> Model:
    return {name: model[name] for name in ("Enable", "FindingPublishingFrequency", "DataSources", "Features") if name in model} | {
        "Tags": tag_map(model)
    }


def _change_detector(client: Client, before: Model, after: Model) -> Model:
    client.update_detector(**after | {"DetectorId": before["Id"]})
    return {}


def _trail(client: Client, model: Model) -> Model:
    made = client.create_trail(**model | {"Name": model["TrailName"], "TagsList": model.get("Tags", [])})
    _change_trail(client, {}, model)
    return {"Arn": made["TrailARN"]}


def _change_trail(client: Client, before: Model, after: Model) -> Model:
    name = after["TrailName"]
    if before:
        client.update_trail(**after | {"Name": name})
    if selectors := after.get("EventSelectors"):
        client.put_event_selectors(TrailName=name, EventSelectors=selectors)
    getattr(client, "start_logging" if str(after["IsLogging"]).lower() == "true" else "stop_logging")(Name=name)
    return {}


def _recorder(client: Client, model: Model) -> Model:
    client.put_configuration_recorder(
        ConfigurationRecorder={"name": model["Name"], "roleARN": model["RoleARN"]}
        | ({"recordingGroup": _small(model["RecordingGroup"])} if model.get("RecordingGroup") else {})
    )
    return {}


def _small(value):
    """Names as the API has them, which in moto are compared as they are."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _small(item) for key, item in value.items()}
    return [_small(item) for item in value] if isinstance(value, list) else value


def _channel(client: Client, model: Model) -> Model:
    names = {"S3BucketName": "s3BucketName", "S3KeyPrefix": "s3KeyPrefix", "S3KmsKeyArn": "s3KmsKeyArn", "SnsTopicARN": "snsTopicARN"}
    channel = {"name": model["Name"]} | {name: model[key] for key, name in names.items() if model.get(key)}
    if often := model.get("ConfigSnapshotDeliveryProperties"):
        channel["configSnapshotDeliveryProperties"] = _small(often)
    client.put_delivery_channel(DeliveryChannel=channel)
    # CloudFormation starts the recorder once it knows where to write to.
    for recorder in client.describe_configuration_recorders()["ConfigurationRecorders"]:
        client.start_configuration_recorder(ConfigurationRecorderName=recorder["name"])
    return {}


def _stop_recorders(client: Client, model: Model) -> None:
    for recorder in client.describe_configuration_recorders()["ConfigurationRecorders"]:
        client.stop_configuration_recorder(ConfigurationRecorderName=recorder["name"])


def _vault(client: Client, model: Model) -> Model:
    made = client.create_backup_vault(**model | {"BackupVaultTags": model.get("BackupVaultTags", {})})
    return {"BackupVaultArn": made["BackupVaultArn"]}


def _plan(model: Model) -> Model:
    told = model["BackupPlan"]
    rules = [{RULE_NAMES.get(key, key): value for key, value in rule.items()} for rule in told["BackupPlanRule"]]
    return {"BackupPlan": {"BackupPlanName": told["BackupPlanName"], "Rules": rules}, "BackupPlanTags": model.get("BackupPlanTags", {})}


def _change_plan(client: Client, before: Model, after: Model) -> Model:
    return {"VersionId": client.update_backup_plan(**_plan(after) | {"BackupPlanId": before["BackupPlanId"]})["VersionId"]}


RULE_NAMES = {"TargetBackupVault": "TargetBackupVaultName"}

LogGroup = Resource(
    "AWS::Logs::LogGroup",
    "logs",
    _log_group,
    ref="LogGroupName",
    name="LogGroupName",
    update=_keep_for,
    delete=(("delete_log_group", lambda m: {"logGroupName": m["LogGroupName"]}),),
    create_only=("LogGroupName",),
)

MetricFilter = Resource(
    "AWS::Logs::MetricFilter",
    "logs",
    _filter,
    ref="FilterName",
    name="FilterName",
    again=True,
    delete=(("delete_metric_filter", lambda m: {"logGroupName": m["LogGroupName"], "filterName": m["FilterName"]}),),
    create_only=("FilterName", "LogGroupName"),
)

Dashboard = Resource(
    "AWS::CloudWatch::Dashboard",
    "cloudwatch",
    _dashboard,
    ref="DashboardName",
    name="DashboardName",
    update=_change_dashboard,
    delete=(("delete_dashboards", lambda m: {"DashboardNames": [m["DashboardName"]]}),),
    create_only=("DashboardName",),
)

Budget = Resource(
    "AWS::Budgets::Budget",
    "budgets",
    _budget,
    ref="Id",
    name="Id",
    again=True,
    delete=(("delete_budget", lambda m: {"AccountId": DEFAULT_AWS_ACCOUNT_ID, "BudgetName": m["Id"]}),),
)

Workspace = Resource(
    "AWS::APS::Workspace",
    "amp",
    "create_workspace",
    ref="Arn",
    prepare=lambda m: {"alias": m.get("Alias", ""), "tags": tag_map(m)},
    attributes=_workspace,
    update=_change_alias,
    delete=(("delete_workspace", lambda m: {"workspaceId": m["WorkspaceId"]}),),
)

Detector = Resource(
    "AWS::GuardDuty::Detector",
    "guardduty",
    "create_detector",
    ref="Id",
    prepare=_detector,
    attributes=lambda a: {"Id": a["DetectorId"]},
    update=_change_detector,
    delete=(("delete_detector", lambda m: {"DetectorId": m["Id"]}),),
)

Trail = Resource(
    "AWS::CloudTrail::Trail",
    "cloudtrail",
    _trail,
    ref="TrailName",
    name="TrailName",
    update=_change_trail,
    delete=(("delete_trail", lambda m: {"Name": m["TrailName"]}),),
    create_only=("TrailName",),
)

ConfigurationRecorder = Resource(
    "AWS::Config::ConfigurationRecorder",
    "config",
    _recorder,
    ref="Name",
    name="Name",
    update=lambda client, before, after: _recorder(client, after),
    delete=(("delete_configuration_recorder", lambda m: {"ConfigurationRecorderName": m["Name"]}),),
    create_only=("Name",),
)

DeliveryChannel = Resource(
    "AWS::Config::DeliveryChannel",
    "config",
    _channel,
    ref="Name",
    name="Name",
    update=lambda client, before, after: _channel(client, after),
    delete=(_stop_recorders, ("delete_delivery_channel", lambda m: {"DeliveryChannelName": m["Name"]})),
    create_only=("Name",),
)

BackupVault = Resource(
    "AWS::Backup::BackupVault",
    "backup",
    _vault,
    ref="BackupVaultName",
    delete=(("delete_backup_vault", lambda m: {"BackupVaultName": m["BackupVaultName"]}),),
    create_only=("BackupVaultName", "EncryptionKeyArn"),
)

BackupPlan = Resource(
    "AWS::Backup::BackupPlan",
    "backup",
    "create_backup_plan",
    ref="BackupPlanId",
    prepare=_plan,
    attributes=lambda a: {"BackupPlanId": a["BackupPlanId"], "BackupPlanArn": a["BackupPlanArn"], "VersionId": a["VersionId"]},
    update=_change_plan,
    delete=(("delete_backup_plan", lambda m: {"BackupPlanId": m["BackupPlanId"]}),),
)
