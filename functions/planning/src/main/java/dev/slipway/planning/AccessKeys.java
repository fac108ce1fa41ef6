package dev.slipway.planning;

import java.util.Set;
import java.util.regex.Pattern;

/** Keys that sign requests to AWS: on the target the task's role signs. */
final class AccessKeys {
    /** Those that an app may need for another bucket than the one that is moved stay where none is. */
    private static final Set<String> OF_BUCKET = Set.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_S3_ACCESS_KEY_ID",
            "AWS_S3_SECRET_ACCESS_KEY",
            "AWS_S3_SESSION_TOKEN");

    private static final Pattern OF_SENDER =
            Pattern.compile("AWS_(?:SES|SNS)_(?:ACCESS_KEY(?:_ID)?|SECRET_(?:ACCESS_)?KEY|SESSION_TOKEN)");

    private AccessKeys() {}

    static boolean isOfBucket(String name) {
        return OF_BUCKET.contains(name);
    }

    static boolean isOfSender(String name) {
        return OF_SENDER.matcher(name).matches();
    }

    /** Whether it is one of who sends mail, and not of who sends text messages. */
    static boolean isOfMail(String name) {
        return isOfSender(name) && name.startsWith("AWS_SES_");
    }
}
