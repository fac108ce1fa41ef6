"""The index of AWS's services, which takes four seconds to make, is kept from run to run."""
import os
from pathlib import Path

from localstack import config
from localstack.aws import spec
from localstack.runtime import hooks

KEPT = Path(os.environ["XDG_CACHE_HOME"]) / "catalog"


@hooks.on_infra_start()
def keep_catalog():
    KEPT.mkdir(parents=True, exist_ok=True)
    config.dirs.static_libs = str(KEPT)
    build = spec.build_service_index_cache

    def build_and_keep(file_path: str) -> spec.ServiceCatalogIndex:
        part = f"{file_path}.{os.getpid()}"
        index = build(part)
        os.replace(part, KEPT / Path(file_path).name)
        return index

    spec.build_service_index_cache = build_and_keep
