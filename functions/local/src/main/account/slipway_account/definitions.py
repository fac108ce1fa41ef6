"""State machines written in YAML: CloudFormation on AWS takes them, LocalStack's resource provider takes JSON only."""
import json
import re

import yaml
from localstack.runtime import hooks

_TOKEN = re.compile(r"\$\{([a-zA-Z0-9_]+)}")


@hooks.on_infra_start()
def accept_yaml_definitions() -> None:
    from localstack.services.stepfunctions.resource_providers import aws_stepfunctions_statemachine as provider

    read = provider.StepFunctionsStateMachineProvider._get_definition
    provider._apply_substitutions = substitute
    provider.StepFunctionsStateMachineProvider._get_definition = lambda self, model, s3: as_json(read(self, model, s3))


def substitute(definition: str, substitutions: dict[str, str]) -> str:
    """Replaces the tokens that have a value; AWS leaves the others as they are."""
    return _TOKEN.sub(lambda token: str(substitutions.get(token[1], token[0])), definition)


def as_json(definition: str | None) -> str | None:
    if definition is None or definition.lstrip().startswith("{"):
        return definition
    return json.dumps(yaml.load(definition, Loader=yaml.CSafeLoader), default=str)
