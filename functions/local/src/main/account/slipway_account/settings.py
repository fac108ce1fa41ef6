"""The environment of the account's process, read once."""
import os
import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    run: Path
    java: str
    java_flags: list[str]
    ric_classpath: str
    jsonata_classpath: str
    archives: Path
    cluster: Path
    faults: Path | None
    images: Path | None
    machine_room: str | None

    @staticmethod
    def of(env: dict[str, str]) -> "Settings":
        run = Path(env["SLIPWAY_RUN"])
        return Settings(
            run=run,
            java=env["SLIPWAY_JAVA"],
            java_flags=env.get("SLIPWAY_JAVA_FLAGS", "").split(),
            ric_classpath=env["SLIPWAY_RIC_CLASSPATH"],
            jsonata_classpath=env["SLIPWAY_JSONATA_CLASSPATH"],
            archives=Path(env.get("SLIPWAY_ARCHIVES") or run / "archives"),
            cluster=run / "cluster.json",
            faults=_path(env.get("SLIPWAY_FAULTS")),
            images=_path(env.get("SLIPWAY_IMAGES")),
            machine_room=env.get("SLIPWAY_MACHINE_ROOM"),
        )


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


SETTINGS = Settings.of(dict(os.environ))
ON_LINUX = platform.system() == "Linux"
