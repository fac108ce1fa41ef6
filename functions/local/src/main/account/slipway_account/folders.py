"""Objects of S3 in the run's folder: LocalStack keeps them at a fixed place in /tmp, one for all accounts on a machine."""
from localstack.runtime import hooks

from slipway_account.settings import SETTINGS


@hooks.on_infra_start()
def keep_objects_in_run() -> None:
    from localstack.services.s3 import provider

    provider.DEFAULT_S3_TMP_DIR = str(SETTINGS.run / "s3")
