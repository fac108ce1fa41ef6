"""JSONata from jars that the build resolved: LocalStack would download them, and a JDK, at the first expression."""
import os
import threading
from pathlib import Path

from localstack.runtime import hooks

from slipway_account.settings import SETTINGS


@hooks.on_infra_start()
def answer_from_local_jars() -> None:
    from localstack.services.stepfunctions.asl.jsonata import jsonata

    jsonata._JSONataJVMBridge.__init__ = _start_jvm
    _quote_strings_in_variables(jsonata)
    # The first expression would wait for the JVM.
    threading.Thread(target=jsonata.eval_jsonata_expression, args=("1",), name="slipway-jsonata", daemon=True).start()


def _start_jvm(bridge) -> None:
    import jpype
    import jpype.imports  # noqa: F401  lets Java packages be imported
    from jpype import config

    config.destroy_jvm = False
    # -Xrs: the signals of this process belong to Python, not to its guest.
    jpype.startJVM(
        _library(), "-Xrs", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED",
        classpath=SETTINGS.jsonata_classpath.split(os.pathsep), interrupt=False,
    )
    from com.dashjoin.jsonata.Jsonata import jsonata
    from com.fasterxml.jackson.databind import ObjectMapper

    bridge._java_OBJECT_MAPPER = ObjectMapper()
    bridge._java_JSONATA = jsonata


def _library() -> str:
    lib = Path(SETTINGS.java).resolve().parent.parent / "lib"
    linux = lib / "server" / "libjvm.so"
    return str(linux if linux.exists() else lib / "libjli.dylib")


def _quote_strings_in_variables(jsonata) -> None:
    """A variable whose string holds a quote, a backslash or a line break broke every expression that mentions it."""
    from localstack.services.stepfunctions.asl.eval import states, variable_store

    def encode(bindings) -> str:
        return "".join(f"{name}:={jsonata.to_json_str(value, separators=(',', ':'))};" for name, value in bindings.items())

    for module in (jsonata, states, variable_store):
        module.encode_jsonata_variable_declarations = encode
