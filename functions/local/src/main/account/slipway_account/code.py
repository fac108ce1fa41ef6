"""The code of functions: one jar on disk for all functions and all runs that share it."""
import os
import platform
import shutil
import threading
import time
import zipfile
from pathlib import Path

from slipway_account.settings import SETTINGS

_LOCK = threading.Lock()
KEPT_SECONDS = 24 * 60 * 60
NATIVE_CLIENT_PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI"


def jar_of(code) -> Path:
    """The function's code as a jar that bears its hash: a class path of jars can be shared between JVMs, folders can not."""
    jar = SETTINGS.archives / _file_name(code.code_sha256) / "function.jar"
    with _LOCK:
        if not jar.exists():
            _forget_old()
            jar.parent.mkdir(parents=True, exist_ok=True)
            part = jar.with_suffix(f".{os.getpid()}.part")
            with part.open("wb") as file:
                code._download_archive_to_file(file)
            part.rename(jar)
        os.utime(jar.parent)
    return jar


def native_client_flag() -> str:
    """The runtime client unpacks its library to a fixed name in /tmp unless told where one is."""
    return f"-D{NATIVE_CLIENT_PROPERTY}={_native_client()}"


def _forget_old() -> None:
    """Every build of the functions leaves a jar here."""
    if SETTINGS.archives.exists():
        for folder in SETTINGS.archives.iterdir():
            if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _native_client() -> Path:
    library = SETTINGS.run / "code" / "libaws-lambda-jni.so"
    with _LOCK:
        if not library.exists():
            library.parent.mkdir(parents=True, exist_ok=True)
            part = library.with_suffix(".part")
            part.write_bytes(_read_from_classpath(_native_client_entry()))
            part.rename(library)
    return library


def _native_client_entry() -> str:
    machine = {"x86_64": "x86_64", "aarch64": "aarch_64", "arm64": "aarch_64"}[platform.machine()]
    return f"jni/libaws-lambda-jni.linux-{machine}.so"


def _read_from_classpath(entry: str) -> bytes:
    for jar in SETTINGS.ric_classpath.split(os.pathsep):
        with zipfile.ZipFile(jar) as archive:
            if entry in archive.namelist():
                return archive.read(entry)
    raise FileNotFoundError(f"no jar of SLIPWAY_RIC_CLASSPATH has {entry}")


def _file_name(sha256: str) -> str:
    return sha256.replace("/", "_").replace("+", "-").rstrip("=")
