"""Listings of S3 over more than one page: LocalStack orders keys as they are but compares them with the token URL-encoded, and so
leaves out keys such as 幼稚園.jpg on the second page. AWS lists every key once."""
from urllib.parse import quote

from localstack.runtime import hooks

ENCODED = ("Prefix", "Delimiter", "StartAfter")


@hooks.on_infra_start()
def list_every_key() -> None:
    from localstack.services.s3.provider import S3Provider

    plain = S3Provider.list_objects_v2

    def list_objects_v2(self, context, encoding_type=None, **request):
        response = plain(self, context, encoding_type=None, **request)
        if encoding_type == "url":
            response["EncodingType"] = encoding_type
            for name in ENCODED:
                if response.get(name):
                    response[name] = quote(response[name])
            for found in response.get("Contents") or []:
                found["Key"] = quote(found["Key"])
            for group in response.get("CommonPrefixes") or []:
                group["Prefix"] = quote(group["Prefix"])
        return response

    S3Provider.list_objects_v2 = list_objects_v2
