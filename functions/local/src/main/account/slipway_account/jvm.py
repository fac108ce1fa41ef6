"""The command line of a function's JVM, the same for an invocation and for the training of its cache."""
import os
from pathlib import Path

from slipway_account import code
from slipway_account.settings import SETTINGS

RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
# What Lambda's own java25 runtime passes; the rest of the memory is the JVM's.
LAMBDA_JAVA_FLAGS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED")
HEAP_SHARE = 0.8


def argv(jar: Path, handler: str, memory_mb: int, *flags: str) -> list[str]:
    return [
        SETTINGS.java, *LAMBDA_JAVA_FLAGS, f"-Xmx{int(memory_mb * HEAP_SHARE)}m", *flags, *SETTINGS.java_flags, code.native_client_flag(),
        "-cp", f"{jar}{os.pathsep}{SETTINGS.ric_classpath}", RUNTIME_CLIENT, handler,
    ]


def environment(jar: Path, handler: str, api: str, variables: dict[str, str]) -> dict[str, str]:
    return variables | {"AWS_LAMBDA_RUNTIME_API": api, "LAMBDA_TASK_ROOT": str(jar.parent), "_HANDLER": handler}
