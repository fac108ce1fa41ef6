package dev.slipway.objects.follow;

/** Why the writer goes on as before. */
final class TurnRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TurnRefused(String reason) {
        super(reason);
    }
}
