"""As much of S3 as filling a bucket takes, with signatures but without those of contents."""

import hashlib
import hmac
import http.client
import time
from urllib.parse import quote

ACCESS = "benchmark"
SECRET = "benchmark-secret"
REGION = "us-east-1"
UNSIGNED = "UNSIGNED-PAYLOAD"


class S3Error(Exception):
    """What the server answered."""


class Connection:
    def __init__(self, port):
        self.host = f"127.0.0.1:{port}"
        self.http = http.client.HTTPConnection(self.host, timeout=120)

    def put(self, path, body=b"", **headers):
        """Makes a bucket, /bucket, or an object, /bucket/key; headers with _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.http.request("PUT", quote(path), body, self.signed("PUT", quote(path), named))
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise S3Error(f"PUT {path}: {answer.status} {text[:300].decode(errors='replace')}")

    def signed(self, method, path, headers):
        """See AWS Signature Version 4."""
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        scope = f"{stamp[:8]}/{REGION}/s3/aws4_request"
        headers = headers | {"host": self.host, "x-amz-content-sha256": UNSIGNED, "x-amz-date": stamp}
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        request = f"{method}\n{path}\n\n{lines}\n{names}\n{UNSIGNED}"
        to_sign = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
        return headers | {"authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS}/{scope}, SignedHeaders={names}, Signature={signature}"}
