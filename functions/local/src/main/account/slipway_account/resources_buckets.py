"""Buckets with all that a template asks of them; LocalStack's own resource takes a taken name for its own, and leaves most settings out."""

from slipway_account.resources import Client, Model, Resource, ResourceFailed

NOT_FOUND = 404


def _create(client: Client, model: Model) -> Model:
    name = model["BucketName"]
    if _exists(client, name):
        raise ResourceFailed(f"{name} already exists (Service: S3, Status Code: 409, Error Code: BucketAlreadyExists)")
    region = client.meta.region_name
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    client.create_bucket(Bucket=name, **place)
    _set(client, {}, model)
    domain = client.meta.endpoint_url.partition("://")[2]
    return {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
        "WebsiteURL": f"http://{name}.s3-website-{region}.{domain}",
    }


def _exists(client: Client, name: str) -> bool:
    try:
        client.head_bucket(Bucket=name)
        return True
    except client.exceptions.ClientError as e:
        if e.response["ResponseMetadata"]["HTTPStatusCode"] == NOT_FOUND:
            return False
        raise


def _set(client: Client, before: Model, after: Model) -> Model:
    """Each setting is a call of its own, made where the template says something else than before."""
    for name, call in SETTINGS.items():
        if after.get(name) != before.get(name):
            call(client, after["BucketName"], after.get(name))
    return {}


def _setting(put: str, argument: str, converted=lambda value: value, delete: str | None = None):
    def call(client: Client, bucket: str, value) -> None:
        if value is not None:
            getattr(client, put)(Bucket=bucket, **{argument: converted(value)})
        elif delete:
            getattr(client, delete)(Bucket=bucket)

    return call


def _days(value: Model) -> Model:
    """CloudFormation's rules have properties of their own for what the API nests."""
    return {"Rules": [_rule(rule) for rule in value["Rules"]]}


def _rule(rule: Model) -> Model:
    made = {"ID": rule["Id"]} if rule.get("Id") else {}
    made |= {"Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if days := rule.get("ExpirationInDays"):
        made["Expiration"] = {"Days": int(days)}
    if transitions := rule.get("Transitions"):
        made["Transitions"] = [{"Days": int(t["TransitionInDays"]), "StorageClass": t["StorageClass"]} for t in transitions]
    if (old := rule.get("NoncurrentVersionExpiration")) or (days := rule.get("NoncurrentVersionExpirationInDays")):
        made["NoncurrentVersionExpiration"] = {"NoncurrentDays": int(old["NoncurrentDays"] if old else days)}
    if moves := rule.get("NoncurrentVersionTransitions"):
        made["NoncurrentVersionTransitions"] = [
            {"NoncurrentDays": int(t["TransitionInDays"]), "StorageClass": t["StorageClass"]} for t in moves
        ]
    if unfinished := rule.get("AbortIncompleteMultipartUpload"):
        made["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": int(unfinished["DaysAfterInitiation"])}
    return made


def _cors(value: Model) -> Model:
    names = {"ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds", "Id": "ID"}
    return {"CORSRules": [{names.get(key, key): told for key, told in rule.items()} for rule in value["CorsRules"]]}


def _encryption(value: Model) -> Model:
    rules = [{names_of_encryption.get(key, key): told for key, told in rule.items()} for rule in value["ServerSideEncryptionConfiguration"]]
    return {"Rules": rules}


names_of_encryption = {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}


def _logging(value: Model) -> Model:
    return {"LoggingEnabled": {"TargetBucket": value["DestinationBucketName"], "TargetPrefix": value.get("LogFilePrefix", "")}}


def _notifications(value: Model) -> Model:
    kinds = {
        "LambdaConfigurations": ("LambdaFunctionConfigurations", "Function", "LambdaFunctionArn"),
        "QueueConfigurations": ("QueueConfigurations", "Queue", "QueueArn"),
        "TopicConfigurations": ("TopicConfigurations", "Topic", "TopicArn"),
    }
    made = {}
    for kind, (name, owner, arn) in kinds.items():
        for told in value.get(kind) or []:
            rules = told.get("Filter", {}).get("S3Key", {}).get("Rules")
            only = {"Filter": {"Key": {"FilterRules": rules}}} if rules else {}
            made.setdefault(name, []).append({arn: told[owner], "Events": [told["Event"]]} | only)
    if "EventBridgeConfiguration" in value:
        made["EventBridgeConfiguration"] = {}
    return made


SETTINGS = {
    "VersioningConfiguration": _setting("put_bucket_versioning", "VersioningConfiguration"),
    "BucketEncryption": _setting(
        "put_bucket_encryption", "ServerSideEncryptionConfiguration", _encryption, "delete_bucket_encryption"
    ),
    "OwnershipControls": _setting("put_bucket_ownership_controls", "OwnershipControls", delete="delete_bucket_ownership_controls"),
    "PublicAccessBlockConfiguration": _setting(
        "put_public_access_block", "PublicAccessBlockConfiguration", delete="delete_public_access_block"
    ),
    "LifecycleConfiguration": _setting(
        "put_bucket_lifecycle_configuration", "LifecycleConfiguration", _days, "delete_bucket_lifecycle"
    ),
    "CorsConfiguration": _setting("put_bucket_cors", "CORSConfiguration", _cors, "delete_bucket_cors"),
    "LoggingConfiguration": _setting("put_bucket_logging", "BucketLoggingStatus", _logging),
    "NotificationConfiguration": _setting("put_bucket_notification_configuration", "NotificationConfiguration", _notifications),
    "Tags": _setting("put_bucket_tagging", "Tagging", lambda tags: {"TagSet": tags}, "delete_bucket_tagging"),
}


Bucket = Resource(
    "AWS::S3::Bucket",
    "s3",
    _create,
    ref="BucketName",
    name="BucketName",
    update=_set,
    delete=(("delete_bucket", lambda m: {"Bucket": m["BucketName"]}),),
    create_only=("BucketName",),
)
