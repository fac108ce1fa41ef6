"""Images, and what builds and delivers them."""

from slipway_account.resources import Client, Model, Resource


def _repository(client: Client, model: Model) -> Model:
    made = client.create_repository(**model)["repository"]
    _change_repository(client, {}, model)
    return {"Arn": made["repositoryArn"], "RepositoryUri": made["repositoryUri"]}


def _change_repository(client: Client, before: Model, after: Model) -> Model:
    name = after["RepositoryName"]
    if policy := after.get("LifecyclePolicy"):
        client.put_lifecycle_policy(repositoryName=name, lifecyclePolicyText=policy["LifecyclePolicyText"])
    elif before.get("LifecyclePolicy"):
        client.delete_lifecycle_policy(repositoryName=name)
    if before:
        scanning = after.get("ImageScanningConfiguration", {"ScanOnPush": False})
        client.put_image_scanning_configuration(repositoryName=name, imageScanningConfiguration=scanning)
        client.put_image_tag_mutability(repositoryName=name, imageTagMutability=after.get("ImageTagMutability", "MUTABLE"))
    return {}


def _pipeline(model: Model) -> Model:
    return {"pipeline": _small(model | {"version": 1}), "tags": model.get("Tags", [])}


def _small(value, name: str = ""):
    """The API's names begin small; the configuration of an action has names of its own."""
    if isinstance(value, list):
        return [_small(item) for item in value]
    if not isinstance(value, dict) or name == "Configuration":
        return value
    return {_api_name(key): _small(item, key) for key, item in value.items()}


def _api_name(key: str) -> str:
    return {"ActionTypeId": "actionTypeId"}.get(key, key[0].lower() + key[1:])


def _change_pipeline(client: Client, before: Model, after: Model) -> Model:
    client.update_pipeline(pipeline=_pipeline(after)["pipeline"])
    return {}


def _project(model: Model) -> Model:
    """moto asks for a place even of what a pipeline brings and takes."""
    told = _small(model)
    for end in ("source", "artifacts"):
        if told[end]["type"] != "NO_ARTIFACTS":
            told[end].setdefault("location", told[end]["type"])
    return told


def _named(answer: dict) -> Model:
    return {"Arn": answer["project"]["arn"]}


def _provider(client: Client, model: Model) -> Model:
    # The API wants a thumbprint, which AWS itself no longer looks at.
    thumbprints = {"ThumbprintList": model.get("ThumbprintList") or ["0" * 40]}
    return {"Arn": client.create_open_id_connect_provider(**model | thumbprints)["OpenIDConnectProviderArn"]}


def _change_provider(client: Client, before: Model, after: Model) -> Model:
    client.update_open_id_connect_provider_thumbprint(
        OpenIDConnectProviderArn=before["Arn"], ThumbprintList=after.get("ThumbprintList") or ["0" * 40]
    )
    old, new = set(before.get("ClientIdList", [])), set(after.get("ClientIdList", []))
    for client_id in sorted(new - old):
        client.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=before["Arn"], ClientID=client_id)
    for client_id in sorted(old - new):
        client.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=before["Arn"], ClientID=client_id)
    return {}


def _identity(client: Client, model: Model) -> Model:
    made = client.create_email_identity(EmailIdentity=model["EmailIdentity"], Tags=model.get("Tags", []))
    tokens = made.get("DkimAttributes", {}).get("Tokens") or [f"token{number}" for number in (1, 2, 3)]
    told = {f"DkimDNSTokenName{n}": f"{token}._domainkey.{model['EmailIdentity']}" for n, token in enumerate(tokens, 1)}
    return told | {f"DkimDNSTokenValue{n}": f"{token}.dkim.amazonses.com" for n, token in enumerate(tokens, 1)}


Repository = Resource(
    "AWS::ECR::Repository",
    "ecr",
    _repository,
    ref="RepositoryName",
    name="RepositoryName",
    update=_change_repository,
    delete=(("delete_repository", lambda m: {"repositoryName": m["RepositoryName"], "force": bool(m.get("EmptyOnDelete"))}),),
    create_only=("RepositoryName", "EncryptionConfiguration"),
)

Pipeline = Resource(
    "AWS::CodePipeline::Pipeline",
    "codepipeline",
    "create_pipeline",
    ref="Name",
    name="Name",
    prepare=_pipeline,
    update=_change_pipeline,
    delete=(("delete_pipeline", lambda m: {"name": m["Name"]}),),
    create_only=("Name",),
)

Project = Resource(
    "AWS::CodeBuild::Project",
    "codebuild",
    "create_project",
    ref="Name",
    name="Name",
    prepare=_project,
    attributes=_named,
    again=True,
    delete=(("delete_project", lambda m: {"name": m["Name"]}),),
    create_only=("Name",),
)

OIDCProvider = Resource(
    "AWS::IAM::OIDCProvider",
    "iam",
    _provider,
    ref="Arn",
    update=_change_provider,
    delete=(("delete_open_id_connect_provider", lambda m: {"OpenIDConnectProviderArn": m["Arn"]}),),
    create_only=("Url",),
)

EmailIdentity = Resource(
    "AWS::SES::EmailIdentity",
    "sesv2",
    _identity,
    ref="EmailIdentity",
    again=True,
    delete=(("delete_email_identity", lambda m: {"EmailIdentity": m["EmailIdentity"]}),),
    create_only=("EmailIdentity",),
)
