package dev.slipway.migration.exception;

/** One store cannot follow the changes of another. */
public final class FollowFailed extends SlipwayException {
    private static final long serialVersionUID = 1L;

    public FollowFailed(String tried, String failed, String remedy) {
        super(tried, failed, remedy);
    }

    public FollowFailed(String tried, String failed, String remedy, Throwable cause) {
        super(tried, failed, remedy, cause);
    }
}
