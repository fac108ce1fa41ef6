package dev.slipway.objects.session;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

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
    private final String remedy;

    /** @param headers by names in lower case */
    WireRefusal(int status, Map<String, String> headers, String body) {
        this(status, WireXml.of(body), remedy(status, headers, WireXml.of(body)), !body.isBlank());
    }

    private WireRefusal(int status, WireXml error, String remedy, boolean spoke) {
        super(message(answer(status, error.text("Code"), spoke), remedy, error.text("Message")));
        this.status = status;
        this.code = error.text("Code");
        this.answer = answer(status, code, spoke);
        this.remedy = remedy;
    }

    /** What was sent as a success and is none. */
    public static WireRefusal of(String body) {
        return new WireRefusal(SERVERS_FAULT, Map.of(), body);
    }

    private static String message(String answer, String remedy, String said) {
        String all = answer + (remedy.isEmpty() ? "" : ": " + remedy) + " " + said;
        return all.strip().replaceAll("\\s+", " ");
    }

    private static String answer(int status, String code, boolean spoke) {
        String foreign = code.isEmpty() && spoke ? ", not as S3 does" : "";
        return "it answered " + status + (code.isEmpty() ? foreign : " " + code);
    }

    private static String remedy(int status, Map<String, String> headers, WireXml error) {
        boolean moved = status / 100 == REDIRECTION;
        String region =
                moved ? headers.getOrDefault("x-amz-bucket-region", error.text("Region")) : error.text("Region");
        String address = moved ? headers.getOrDefault("location", error.text("Endpoint")) : "";
        if (!region.isEmpty()) {
            return "the bucket is in another region, name it with ?region=" + region;
        }
        return address.isEmpty() ? "" : "redirects are not followed, and this one leads to " + address;
    }

    /** Its status and code in words, without what the store adds to them. */
    public String answer() {
        return answer;
    }

    /** What to do, where the store says where else the bucket is. */
    public Optional<String> remedy() {
        return Optional.of(remedy).filter(each -> !each.isEmpty());
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
