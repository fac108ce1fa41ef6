package dev.slipway.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** An answer whose every beat also says that the snapshot is needed. */
record RenewingAnswer(Answer answer, SnapshotLease lease, String holder) implements Answer {
    private static final Logger LOG = LoggerFactory.getLogger(RenewingAnswer.class);

    @Override
    public boolean alive() {
        try {
            lease.renew(holder);
        } catch (SdkException passing) {
            LOG.warn("The lease was not renewed: {}", passing.getMessage());
        }
        return answer.alive();
    }

    @Override
    public void succeed(String json) {
        answer.succeed(json);
    }

    @Override
    public void fail(String error, String cause) {
        answer.fail(error, cause);
    }
}
