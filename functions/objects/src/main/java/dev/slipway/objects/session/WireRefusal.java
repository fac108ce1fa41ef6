package dev.slipway.objects.session;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store's answer that is no success. */
public final class WireRefusal extends IOException {
    private static final long serialVersionUID = 1L;
    private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");
    public static final int NOT_FOUND = 404;
    public static final int CONFLICT = 409;
    public static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY = 429;
    private static final int SERVERS_FAULT = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final int status;
    private final String code;

    WireRefusal(int status, String body) {
        super("it answered " + status + " " + (code(body) + " " + first(MESSAGE, body)).strip());
        this.status = status;
        this.code = code(body);
    }

    /** What was sent as a success and is none. */
    public static WireRefusal of(String body) {
        return new WireRefusal(SERVERS_FAULT, body);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Whether the store does not know what was asked. */
    public boolean isUnknownThere() {
        return status == NOT_IMPLEMENTED || code.equals("NotImplemented");
    }

    boolean isPassing() {
        return (status >= SERVERS_FAULT && status != NOT_IMPLEMENTED)
                || status == TOO_MANY
                || code.equals("RequestTimeout")
                || code.equals("ConditionalRequestConflict");
    }

    private static String code(String body) {
        return first(CODE, body);
    }

    private static String first(Pattern wanted, String body) {
        Matcher matcher = wanted.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }
}
