package dev.slipway.objects.place;

import dev.slipway.objects.session.Wire;
import dev.slipway.objects.session.WireAnswer;
import dev.slipway.objects.session.WireRequest;
import dev.slipway.objects.session.WireXml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks a store for pages of its listing.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
 */
final class BucketPages {
    /** As many as S3 gives at once. */
    static final int MOST = 1000;

    private final Wire wire;
    private final String prefix;

    BucketPages(Wire wire, String prefix) {
        this.wire = wire;
        this.prefix = prefix;
    }

    /**
     * What a store listed.
     *
     * @param folders below the level that was asked for
     * @param rest a word for the page that follows, where there is one
     */
    record Page(List<Item> items, List<String> folders, boolean last, Optional<String> rest) {}

    /** Thrown where what answers is no store: a list of S3 always says whether it goes on. */
    static final class NoListing extends IOException {
        private static final long serialVersionUID = 1L;

        NoListing() {
            super("it answered not as S3 does, but with something else");
        }
    }

    /** The keys after one, from the first for an empty one. */
    Page after(String key, int most) throws IOException {
        Map<String, String> question = new TreeMap<>(Map.of("prefix", prefix, "max-keys", String.valueOf(most)));
        if (!key.isEmpty()) {
            question.put("start-after", prefix + key);
        }
        return ask(question);
    }

    Page goOn(String rest) throws IOException {
        return ask(Map.of("prefix", prefix, "continuation-token", rest));
    }

    /** What is right below a prefix. */
    Page level(String below) throws IOException {
        return ask(Map.of("prefix", prefix + below, "delimiter", "/"));
    }

    /** The first key that starts so. */
    Page startingWith(String head) throws IOException {
        return ask(Map.of("prefix", prefix + head, "max-keys", "1"));
    }

    private Page ask(Map<String, String> question) throws IOException {
        Map<String, String> query = new TreeMap<>(question);
        query.put("list-type", "2");
        query.put("encoding-type", "url");
        try (WireAnswer answer = wire.send(WireRequest.of("GET", query))) {
            WireXml list = WireXml.of(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            if (!list.name().equals("ListBucketResult")
                    || list.text("IsTruncated").isEmpty()) {
                throw new NoListing();
            }
            return page(list);
        }
    }

    private Page page(WireXml list) {
        ListedKeys keys = ListedKeys.of(list);
        return new Page(
                list.all("Contents").stream().map(object -> item(object, keys)).toList(),
                list.all("CommonPrefixes").stream()
                        .map(folder -> below(keys.key(folder.text("Prefix"))))
                        .toList(),
                !list.text("IsTruncated").equals("true"),
                list.first("NextContinuationToken").map(WireXml::text));
    }

    private Item item(WireXml object, ListedKeys keys) {
        String tag = object.text("ETag");
        String time = object.text("LastModified");
        long seconds = time.isEmpty() ? 0 : Instant.parse(time).getEpochSecond();
        return new Item(
                below(keys.key(object.text("Key"))), Long.parseLong(object.text("Size")), stamp(tag, seconds), tag);
    }

    static String stamp(String tag, long seconds) {
        return tag + " " + seconds;
    }

    private String below(String key) {
        return key.substring(prefix.length());
    }
}
