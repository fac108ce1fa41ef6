package dev.slipway.redis.replication;

/** Why a source cannot be read as its replica does, or not to the end. Nothing has failed: there is another way to read it. */
public final class NoReplication extends Exception {
    private static final long serialVersionUID = 1;

    NoReplication(String reason) {
        super(reason);
    }

    NoReplication(String reason, Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
