"""Where LocalStack's executions differ from AWS in what Slipway leans on: stopping, task tokens and nested executions.

LocalStack notices a stop only when the state that runs has ended, gives every attempt of a state the same token, loses an
answer that arrives before the state waits for it, and takes answers to tokens whose attempt is over.
"""
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait

from localstack.runtime import hooks

LOG = logging.getLogger(__name__)
STOP_POLL_SECONDS = 0.1


class Stopped(BaseException):
    """Ends a state of an execution that was stopped: not an Exception, so that neither Retry nor Catch sees it."""


@hooks.on_infra_start()
def behave_like_aws() -> None:
    from localstack.services.stepfunctions.asl.component.state.state import CommonStateField
    from localstack.services.stepfunctions.asl.component.state.state_execution.execute_state import ExecutionState
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import state_task_service_callback
    from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import state_task_service_sfn
    from localstack.services.stepfunctions.asl.eval.callback import callback
    from localstack.services.stepfunctions.asl.eval.event import event_manager
    from localstack.services.stepfunctions.backend import execution

    task = state_task_service_callback.StateTaskServiceCallback
    nested = state_task_service_sfn.StateTaskServiceSfn
    ExecutionState._evaluate_with_timeout = until_stopped(with_token_of_its_own(ExecutionState._evaluate_with_timeout))
    ExecutionState._handle_retry = until_stopped(ExecutionState._handle_retry)
    event_manager.EventManager.add_event = unless_over(event_manager.EventManager.add_event)
    CommonStateField._eval_body = ending_quietly(CommonStateField._eval_body)
    task._wait_for_task_token_heartbeat = unless_answered(task._wait_for_task_token_heartbeat)
    nested._eval_integration_pattern = stopping_the_nested(nested._eval_integration_pattern)
    callback.CallbackEndpoint.notify_heartbeat = notify_heartbeat
    callback.CallbackPoolManager.notify = refusing_stale_tokens(callback.CallbackPoolManager.notify)
    callback.CallbackPoolManager.heartbeat = refusing_stale_tokens(callback.CallbackPoolManager.heartbeat)
    worker = execution.BaseExecutionWorkerCommunication
    worker._reflect_execution_status = with_reason_of_stop(worker._reflect_execution_status)


def until_stopped(evaluate: Callable) -> Callable:
    def evaluate_until_stopped(self, env, *args, **kwargs):
        task = Future()
        threading.Thread(target=_run, args=(task, evaluate, self, env, *args), kwargs=kwargs, daemon=True, name="slipway-state").start()
        while not task.done():
            if not env.is_running():
                raise Stopped
            wait([task], STOP_POLL_SECONDS)
        if not env.is_running():
            raise Stopped
        return task.result()

    return evaluate_until_stopped


def _run(task: Future, evaluate: Callable, *args, **kwargs) -> None:
    try:
        task.set_result(evaluate(*args, **kwargs))
    except BaseException as ex:  # handed to the thread that waits
        task.set_exception(ex)


def unless_over(add_event: Callable) -> Callable:
    """A state that was left behind by a stop adds nothing to a history that has ended."""

    def add_event_unless_over(self, context, event_type, *args, **kwargs):
        if getattr(self, "over", False) or _is_left_behind(*args, **kwargs):
            return context.source_event_id
        self.over = event_type == "ExecutionAborted"
        return add_event(self, context, event_type, *args, **kwargs)

    return add_event_unless_over


def _is_left_behind(event_details: dict | None = None, *_args, **_kwargs) -> bool:
    """Stopped while it was scheduled: nothing evaluates the limits any more, and LocalStack takes for them what else it had evaluated."""
    scheduled = (event_details or {}).get("taskScheduledEventDetails") or {}
    limits = [scheduled[name] for name in ("timeoutInSeconds", "heartbeatInSeconds") if name in scheduled]
    return not all(isinstance(limit, int) for limit in limits)


def ending_quietly(evaluate_body: Callable) -> Callable:
    def evaluate_body_quietly(self, env) -> None:
        try:
            evaluate_body(self, env)
        except Stopped:
            LOG.debug("State %s ended because its execution was stopped", self.name)
        except Exception as ex:
            # Parts of a state do nothing once the execution is over, and the next part misses what they would have left.
            if env.is_running():
                raise
            LOG.debug("State %s ended with its execution: %r", self.name, ex)

    return evaluate_body_quietly


def with_token_of_its_own(evaluate: Callable) -> Callable:
    """Each attempt gets a token, which is refused once the attempt is over."""

    def evaluate_with_token(self, env) -> None:
        if "Task" not in env.states.context_object.context_object_data:
            return evaluate(self, env)
        endpoint = _endpoint_of_attempt(env)
        try:
            return evaluate(self, env)
        finally:
            endpoint.closed = True
            endpoint.interrupt_all()

    return evaluate_with_token


def _endpoint_of_attempt(env):
    endpoint = env.callback_pool_manager.get(env.states.context_object.context_object_data["Task"]["Token"])
    if getattr(endpoint, "closed", False):
        endpoint = env.callback_pool_manager.add(env.states.context_object.update_task_token())
    return endpoint


def refusing_stale_tokens(answer: Callable) -> Callable:
    def answer_unless_stale(self, callback_id, *args, **kwargs) -> bool:
        from localstack.aws.api.stepfunctions import TaskTimedOut

        if getattr(self.get(callback_id), "closed", False):
            raise TaskTimedOut("Task Timed Out: 'Provided task does not exist anymore'")
        return answer(self, callback_id, *args, **kwargs)

    return answer_unless_stale


def unless_answered(wait_for_answer: Callable) -> Callable:
    def wait_unless_answered(self, env, callback_endpoint, heartbeat_endpoint):
        return callback_endpoint.get_outcome() or wait_for_answer(self, env, callback_endpoint, heartbeat_endpoint)

    return wait_unless_answered


def notify_heartbeat(self) -> bool:
    """A heartbeat is welcome before the state waits for it, and where the state asks for none."""
    if self._heartbeat_endpoint:
        self._heartbeat_endpoint.notify()
    return True


def stopping_the_nested(evaluate_pattern: Callable) -> Callable:
    def evaluate_pattern_and_stop(self, env, resource_runtime_part, normalised_parameters, state_credentials) -> None:
        started = env.stack[-1]
        try:
            evaluate_pattern(self, env, resource_runtime_part, normalised_parameters, state_credentials)
        finally:
            if not env.is_running():
                _stop(started["ExecutionArn"], resource_runtime_part, state_credentials)

    return evaluate_pattern_and_stop


def _stop(execution_arn: str, resource_runtime_part, state_credentials) -> None:
    from localstack.services.stepfunctions.asl.utils.boto_client import boto_client_for

    client = boto_client_for(service="stepfunctions", region=resource_runtime_part.region, state_credentials=state_credentials)
    if client.describe_execution(executionArn=execution_arn)["status"] == "RUNNING":
        client.stop_execution(executionArn=execution_arn, cause="The execution that started this one was stopped.")


def with_reason_of_stop(reflect: Callable) -> Callable:
    def reflect_with_reason(self) -> None:
        reflect(self)
        state = self.execution.exec_worker.env.program_state()
        if self.execution.exec_status == "ABORTED":
            self.execution.error, self.execution.cause = state.error, state.cause

    return reflect_with_reason
