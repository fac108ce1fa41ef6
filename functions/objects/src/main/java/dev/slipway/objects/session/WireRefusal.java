package dev.slipway.objects.session;

import java.io.IOException;
import java.util.Map;

/** A store's answer that is no success. */
public final class WireRefusal extends IOException {
    private static final long serialVersionUID = 1L;
    public static final int NOT_FOUND = 404;
    public static final int CONFLICT = 409;
    public static final int PRECONDITION_FAILED = 412;
    private static final int REDIRECTION = 3;
    private static final int TOO_MANY = 429;
    private static final int SERVERS_FAULT = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final int status;
    private final String code;
    private final String answer;

    /** @param headers by names in lower case */
    WireRefusal(int status, Map<String, String> headers, String body) {
        this(status, WireXml.of(body).text("Code"), WireXml.of(body).text("Message"), answer(status, headers, body));
    }

    private WireRefusal(int status, String code, String message, String answer) {
        super((answer + " " + message).strip().replaceAll("\\s+", " "));
        this.status = status;
        this.code = code;
        this.answer = answer;
    }

    /** What was sent as a success and is none. */
    public static WireRefusal of(String body) {
        return new WireRefusal(SERVERS_FAULT, Map.of(), body);
    }

    private static String answer(int status, Map<String, String> headers, String body) {
        WireXml error = WireXml.of(body);
        String code = error.text("Code");
        String foreign = code.isEmpty() && !body.isBlank() ? ", not as S3 does" : "";
        String said = "it answered " + status + (code.isEmpty() ? foreign : " " + code);
        boolean moved = status / 100 == REDIRECTION;
        String region =
                moved ? headers.getOrDefault("x-amz-bucket-region", error.text("Region")) : error.text("Region");
        String address = moved ? headers.getOrDefault("location", error.text("Endpoint")) : "";
        if (!region.isEmpty()) {
            return said + ": the bucket is in another region, name it with ?region=" + region;
        }
        return address.isEmpty() ? said : said + ": redirects are not followed, and this one leads to " + address;
    }

    /** Its status and code in words, without what the store adds to them. */
    public String answer() {
        return answer;
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
}
