"""Route 53's answers: moto compiles the template of each anew, which costs more than all the rest of the answer."""
from functools import lru_cache

from localstack.runtime import hooks


@hooks.on_infra_start()
def compile_templates_once() -> None:
    from jinja2 import Template
    from moto.route53 import models, responses

    models.Template = responses.Template = lru_cache(maxsize=None)(Template)
