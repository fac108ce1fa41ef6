"""Maps where LocalStack stops short of them.

A child execution of a distributed map that fails counts against what the map tolerates, and an iteration may fail with any error.
"""

from collections.abc import Callable

from localstack.aws.api.stepfunctions import HistoryEventType, MapRunFailedEventDetails
from localstack.runtime import hooks

# https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
CAUSE = "The specified tolerated failure threshold was exceeded"


@hooks.on_infra_start()
def mend_maps() -> None:
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_map.iteration import iteration_worker
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_map.iteration.itemprocessor import (
        distributed_item_processor_worker as distributed,
    )

    worker = distributed.DistributedItemProcessorWorker
    worker._eval_job = within_tolerance(worker._eval_job)
    # Patch only what the iterations of a map see of a class that all states use.
    iteration_worker.CustomErrorName = error_name


def within_tolerance(evaluate: Callable) -> Callable:
    """LocalStack takes a child that failed for one that answered nothing."""

    def evaluate_within_tolerance(self, env, job) -> None:
        evaluate(self, env, job)
        run = self._map_run_record
        if run.item_counter.failed.get() + run.item_counter.timed_out.get() > run.tolerated_failure_count:
            job.job_output = _exceeded(env)

    return evaluate_within_tolerance


def error_name(error_name: str):
    """LocalStack breaks off with an error of its own where an iteration fails with one of AWS's, such as a nested execution's."""
    from localstack.services.stepfunctions.asl.component.common.error_name.custom_error_name import CustomErrorName
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import StatesErrorName
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import StatesErrorNameType

    if error_name.startswith("States."):
        return StatesErrorName(typ=StatesErrorNameType.from_name(error_name))
    return CustomErrorName(error_name=error_name)


def _exceeded(env) -> Exception:
    from localstack.services.stepfunctions.asl.component.common.error_name import failure_event
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name import StatesErrorName
    from localstack.services.stepfunctions.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
    from localstack.services.stepfunctions.asl.eval.event.event_detail import EventDetails

    name = StatesErrorName(typ=StatesErrorNameType.StatesExceedToleratedFailureThreshold)
    details = EventDetails(mapRunFailedEventDetails=MapRunFailedEventDetails(error=name.error_name, cause=CAUSE))
    return failure_event.FailureEventException(
        failure_event.FailureEvent(env=env, error_name=name, event_type=HistoryEventType.MapRunFailed, event_details=details)
    )
