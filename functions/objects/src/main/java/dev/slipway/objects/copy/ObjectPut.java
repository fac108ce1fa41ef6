package dev.slipway.objects.copy;

import dev.slipway.migration.Sha256;
import dev.slipway.objects.place.Bucket;
import dev.slipway.objects.place.Headers;
import dev.slipway.objects.place.Item;
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
     * The ETag with which it arrived.
     *
     * @throws WireRefusal with 412 if the target's object is not the one that was seen
     */
    String send(String key, byte[] content, Headers headers, String checksum, Optional<Item> seen) throws IOException {
        while (true) {
            Map<String, String> all = new TreeMap<>(headers.ofRequest());
            all.putAll(terms.wishes());
            all.putAll(terms.checksum(checksum));
            all.putAll(terms.condition(seen));
            WireRequest request = WireRequest.put(target.fullKey(key), Map.of(), all, WireRequest.Body.of(content));
            boolean proved = terms.keepsChecksums();
            try (WireAnswer answer = target.wire().send(proved ? request : request.signedAs(Sha256.hex(content)))) {
                terms.answered(answer.header(Bucket.CHECKSUM).isPresent(), !proved);
                return answer.header("etag").orElse("");
            } catch (WireRefusal e) {
                if (!terms.lowers(e, all)) {
                    throw e;
                }
            }
        }
    }
}
