package dev.slipway.redis.follow;

/** Why the source is to be opened again. */
final class TurnRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnRefused(String reason) {
        super(reason);
    }
}
