"""Roles, profiles and buckets: LocalStack keeps them itself, so moto's other services look for them where they are not."""

from types import SimpleNamespace

from localstack.runtime import hooks


@hooks.on_infra_start()
def believe_in_neighbours() -> None:
    from moto.cloudtrail.models import Trail
    from moto.codepipeline.models import CodePipelineBackend
    from moto.ec2.models import iam_instance_profile
    from moto.ec2.responses import instances

    trust = '{"Statement": [{"Principal": {"Service": "codepipeline.amazonaws.com"}}]}'
    CodePipelineBackend.iam_backend = SimpleNamespace(get_role_by_arn=lambda arn: SimpleNamespace(assume_role_policy_document=trust))
    Trail.check_bucket_exists = Trail.check_topic_exists = lambda trail: None
    instances.filter_iam_instance_profiles = iam_instance_profile.filter_iam_instance_profiles = _profile


def _profile(
    account_id: str, partition: str, iam_instance_profile_arn: str | None, iam_instance_profile_name: str | None
) -> SimpleNamespace:
    arn = iam_instance_profile_arn or f"arn:{partition}:iam::{account_id}:instance-profile/{iam_instance_profile_name}"
    return SimpleNamespace(arn=arn, id=f"AIPA{abs(hash(arn)) % 10**16:016d}", name=arn.rpartition("/")[2])
