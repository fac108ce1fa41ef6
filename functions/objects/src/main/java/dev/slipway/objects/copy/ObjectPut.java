package dev.slipway.objects.copy;

import dev.slipway.migration.Sha256;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRefusal;
import dev.slipway.objects.session.WireRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends an object in one request. */
final class ObjectPut {
    private final Bucket target;
    private final TargetTerms terms;

    ObjectPut(Bucket target, TargetTerms terms) {
        this.target = target;
        this.terms = terms;
    }

    /**
     * The ETag with which it arrived; empty where it has, and its answer was lost.
     *
     * @param undone where it may not arrive twice
     * @throws WireRefusal with 412 if the target's object is not the one that was seen
     */
    Optional<String> send(
            String key,
            byte[] content,
            Headers headers,
            String checksum,
            Optional<Item> seen,
            Optional<Wire.Undone> undone)
            throws IOException {
        while (true) {
            Map<String, String> all = new TreeMap<>(headers.ofRequest());
            all.putAll(terms.wishes());
            all.putAll(terms.checksum(checksum));
            all.putAll(terms.condition(seen));
            WireRequest request = WireRequest.put(target.fullKey(key), Map.of(), all, WireRequest.Body.of(content));
            boolean proved = terms.keepsChecksums();
            try {
                Optional<WireAnswer> answer = answer(undone, proved ? request : request.signedAs(Sha256.hex(content)));
                return answer.isPresent() ? Optional.of(tag(answer.get(), proved)) : Optional.empty();
            } catch (WireRefusal e) {
                if (!terms.lowers(e, all)) {
                    throw e;
                }
            }
        }
    }

    private Optional<WireAnswer> answer(Optional<Wire.Undone> undone, WireRequest request) throws IOException {
        return undone.isPresent()
                ? target.wire().sendWhile(undone.get(), request)
                : Optional.of(target.wire().send(request));
    }

    private String tag(WireAnswer opened, boolean proved) throws IOException {
        try (WireAnswer answer = opened) {
            terms.answered(answer.header(Bucket.CHECKSUM).isPresent(), !proved);
            return answer.header("etag").orElse("");
        }
    }
}
