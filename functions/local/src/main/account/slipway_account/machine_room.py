"""The control server of a local run, which starts a real server behind an endpoint's name."""

import json
import urllib.error
import urllib.request
from urllib.parse import quote

from localstack.aws.api import CommonServiceException
from slipway_account.settings import SETTINGS


def start_server(server: dict) -> None:
    _call("POST", "/servers", server)


def stop_server(name: str) -> None:
    _call("DELETE", f"/servers/{quote(name)}")


def set_user(server: str, user: dict) -> None:
    _call("POST", f"/servers/{quote(server)}/users", user)


def add_name(name: str, address: str) -> None:
    _call("POST", "/names", {"name": name, "address": address})


def remove_name(name: str, address: str) -> None:
    _call("DELETE", f"/names/{quote(name)}/{quote(address)}")


def _call(method: str, path: str, body: dict | None = None) -> None:
    # An account without a machine room still answers: endpoints are then names that nobody listens at.
    base = SETTINGS.machine_room
    if not base:
        return
    url = (base if "://" in base else f"http://{base}") + path
    request = urllib.request.Request(url, json.dumps(body or {}).encode(), {"Content-Type": "application/json"}, method=method)
    # The account's own proxy settings stand for the internet; the machine room is next door.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(request, timeout=120).close()
    except urllib.error.HTTPError as e:
        if not (method == "DELETE" and e.code == 404):
            raise _failure(method, path, e.read().decode(errors="replace") or e.reason) from e
    except OSError as e:
        raise _failure(method, path, str(e)) from e


def _failure(method: str, path: str, why: str) -> CommonServiceException:
    return CommonServiceException("InternalFailure", f"Tried {method} {path} in the machine room but failed because: {why}", 500)
