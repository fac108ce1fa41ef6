package dev.slipway.local.account;

/** What the function of the tests throws. */
public final class ProbeRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProbeRefused(String message) {
        super(message);
    }
}
