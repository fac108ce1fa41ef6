package dev.slipway.migration.spec;

/**
 * Where the app's own files lie, for what builds its next versions.
 *
 * @param connection ARN of the connection by which AWS reads it, which a person has agreed to
 * @param name as {@code OWNER/NAME}
 * @param branch whose every push is built
 */
public record Repository(String connection, String name, String branch) {
    public static final String USUAL_BRANCH = "main";
}
