package dev.slipway.objects.place;

import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a bucket's objects, or of each a certain version. */
final class ObjectRequests {
    private final Bucket bucket;
    private final boolean versions;
    private final Tagging tagging;
    private volatile boolean tellsChecksums = true;

    /** @param versions whether an item's stamp is the version that is meant */
    ObjectRequests(Bucket bucket, boolean versions) {
        this.bucket = bucket;
        this.versions = versions;
        this.tagging = new Tagging(bucket);
    }

    boolean knowsNoTags() {
        return tagging.isUnknownThere();
    }

    ObjectReader.Opened open(Item item) throws IOException {
        WireAnswer answer = send(item, WireRequest.get(bucket.fullKey(item.key()), unchanged(item, Map.of())));
        return new ObjectReader.Opened(headers(item, answer), answer.body());
    }

    InputStream open(Item item, long from, long bytes) throws IOException {
        Map<String, String> range = Map.of("range", "bytes=" + from + "-" + (from + bytes - 1));
        return send(item, WireRequest.get(bucket.fullKey(item.key()), unchanged(item, range)))
                .body();
    }

    ObjectReader.Known know(Item item) throws IOException {
        boolean asked = tellsChecksums;
        Map<String, String> wish = asked ? Map.of("x-amz-checksum-mode", "ENABLED") : Map.of();
        try (WireAnswer answer = sendOnce(item, WireRequest.head(bucket.fullKey(item.key()), unchanged(item, wish)))) {
            Optional<String> checksum = answer.header("x-amz-checksum-type")
                    .filter("FULL_OBJECT"::equals)
                    .flatMap(whole -> answer.header(Bucket.CHECKSUM));
            return new ObjectReader.Known(headers(item, answer), checksum);
        } catch (WireRefusal e) {
            if (asked && e.isUnknownThere()) {
                tellsChecksums = false;
                return know(item);
            }
            throw instead(item, e);
        }
    }

    private WireAnswer send(Item item, WireRequest request) throws IOException {
        try {
            return sendOnce(item, request);
        } catch (WireRefusal e) {
            throw instead(item, e);
        }
    }

    private WireAnswer sendOnce(Item item, WireRequest request) throws IOException {
        return bucket.wire()
                .send(
                        versions
                                ? new WireRequest(
                                        request.method(),
                                        request.key(),
                                        new TreeMap<>(Map.of("versionId", item.stamp())),
                                        request.headers(),
                                        request.body(),
                                        request.payload())
                                : request);
    }

    private IOException instead(Item item, WireRefusal e) {
        boolean another = e.status() == WireRefusal.PRECONDITION_FAILED || e.status() == WireRefusal.NOT_FOUND;
        return another
                ? (IOException) new ObjectChanged(item).initCause(e)
                : new ReadRefused(bucket, item.key(), "s3:GetObject", e);
    }

    private static Map<String, String> unchanged(Item item, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        if (!item.tag().isEmpty()) {
            all.put("if-match", item.tag());
        }
        return all;
    }

    private Headers headers(Item item, WireAnswer answer) throws IOException {
        Optional<String> version = Optional.of(item.stamp()).filter(stamp -> versions);
        return Headers.ofAnswer(answer.headers()).withTags(tagging.of(item.key(), version, answer));
    }
}
