package dev.slipway.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** A Step Functions task token. */
final class TokenAnswer implements Answer {
    private static final Logger LOG = LoggerFactory.getLogger(TokenAnswer.class);
    private static final int LONGEST_CAUSE = 32_000;

    private final SfnClient machines;
    private final String token;

    TokenAnswer(SfnClient machines, String token) {
        this.machines = machines;
        this.token = token;
    }

    @Override
    public boolean alive() {
        try {
            machines.sendTaskHeartbeat(request -> request.taskToken(token));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException refused) {
            LOG.warn("The state does not wait any more: {}", refused.getMessage());
            return false;
        } catch (SdkException passing) {
            LOG.warn("A heartbeat was lost: {}", passing.getMessage());
            return true;
        }
    }

    @Override
    public void succeed(String json) {
        machines.sendTaskSuccess(request -> request.taskToken(token).output(json));
    }

    @Override
    public void fail(String error, String cause) {
        machines.sendTaskFailure(request -> request.taskToken(token)
                .error(error)
                .cause(cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause));
    }
}
