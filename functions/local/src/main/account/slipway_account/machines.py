"""Step Functions where LocalStack stops short of it: a task that ECS could not place fails its state by name."""

import json

from localstack.aws.api.stepfunctions import HistoryEventType, TaskFailedEventDetails
from localstack.runtime import hooks
from localstack.utils.patch import patch

# https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
UNPLACED = "AmazonECS.Unknown"


@hooks.on_infra_start()
def mend_machines() -> None:
    from localstack.services.stepfunctions.asl.component.common.error_name.custom_error_name import CustomErrorName
    from localstack.services.stepfunctions.asl.component.common.error_name.failure_event import FailureEvent
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import state_task_service_ecs as ecs
    from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails

    class Unplaced(Exception):
        """RunTask answered with failures and no task."""

    client_for = ecs.boto_client_for

    def placing_client_for(*args, **kwargs):
        client = client_for(*args, **kwargs)

        def run_task(**parameters):
            response = client.run_task(**parameters)
            if response["failures"]:
                raise Unplaced(
                    json.dumps(
                        {"Failures": [{k.capitalize(): v for k, v in failure.items()} for failure in response["failures"]], "Tasks": []}
                    )
                )
            return response

        return type("Placing", (), {"run_task": staticmethod(run_task), "describe_tasks": staticmethod(client.describe_tasks)})

    # Patch only what this state sees of a function that all states use.
    ecs.boto_client_for = placing_client_for

    @patch(ecs.StateTaskServiceEcs._from_error)
    def from_error(original, state, env, ex):
        if not isinstance(ex, Unplaced):
            return original(state, env=env, ex=ex)
        details = TaskFailedEventDetails(
            error=UNPLACED, cause=str(ex), resource=state._get_sfn_resource(), resourceType=state._get_sfn_resource_type()
        )
        return FailureEvent(
            env=env,
            error_name=CustomErrorName(error_name=UNPLACED),
            event_type=HistoryEventType.TaskFailed,
            event_details=EventDetails(taskFailedEventDetails=details),
        )
