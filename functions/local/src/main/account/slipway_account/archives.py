"""Twelve functions share one jar of 31 MB: it is checked, hashed and stored once, not once for each of them."""
from localstack.runtime import hooks

_STORED: dict = {}


@hooks.on_infra_start()
def store_each_archive_once() -> None:
    from localstack.aws.connect import connect_to
    from localstack.services.lambda_ import provider

    plain = provider.store_s3_bucket_archive

    def store(archive_bucket, archive_key, archive_version, function_name, region_name, account_id):
        request = {"Bucket": archive_bucket, "Key": archive_key} | ({"VersionId": archive_version} if archive_version else {})
        s3 = connect_to().s3
        try:
            key = (archive_bucket, archive_key, s3.head_object(**request)["ETag"], region_name, account_id)
        except s3.exceptions.ClientError:
            key = None
        code = _STORED.get(key)
        if not code or not _is_kept(code):
            code = plain(archive_bucket, archive_key, archive_version, function_name, region_name, account_id)
            if key:
                _STORED[key] = code
        return code

    provider.store_s3_bucket_archive = store


def _is_kept(code) -> bool:
    """The code of a function goes with the function."""
    from localstack import config
    from localstack.aws.connect import connect_to

    s3 = connect_to(aws_access_key_id=config.INTERNAL_RESOURCE_ACCOUNT).s3
    try:
        s3.head_object(Bucket=code.s3_bucket, Key=code.s3_key)
    except s3.exceptions.ClientError:
        return False
    return True
