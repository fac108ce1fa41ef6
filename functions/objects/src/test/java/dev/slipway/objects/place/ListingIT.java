package dev.slipway.objects.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.S3Server;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class ListingIT {
    /** In the order of S3: a folder's name counts with its slash. */
    private static final List<String> KEYS = List.of(
            " ",
            "a!/x",
            "a-b",
            "a-b.d/x",
            "a.txt",
            "a/b",
            "a/b.c",
            "a/b/c",
            "a0",
            "cafe\u0301",
            "caf\u00e9",
            "two\nlines",
            "z\uFFFD",
            "z\uD83D\uDE00/x");

    @TempDir
    Path root;

    @Test
    void ofAFolderHasTheOrderOfS3() throws IOException {
        List<String> keys = new ArrayList<>(KEYS);
        keys.removeAll(List.of("a/b"));
        for (String key : keys) {
            Path file = new FileNames(root).ofKey(key);
            Files.createDirectories(file.getParent());
            Files.writeString(file, key);
        }
        Folder folder = new Folder(root);

        assertThat(keys(folder, KeyRange.ALL)).containsExactlyElementsOf(keys);
        assertThat(inRanges(folder)).containsExactlyElementsOf(keys);
        for (String after : keys) {
            assertThat(keys(folder, KeyRange.after(after)))
                    .containsExactlyElementsOf(keys.subList(keys.indexOf(after) + 1, keys.size()));
        }
    }

    @Test
    void ofABucketGoesOnFromPageToPage() throws Exception {
        try (S3Server server = new S3Server()) {
            StoreUrl url = server.bucket("listed");
            List<String> keys = new ArrayList<>();
            for (int i = 1000; i < 3100; i++) {
                keys.add("d" + i % 7 + "/k +%&" + i);
            }
            keys.sort(KeyOrder.INSTANCE);
            try (Bucket bucket = new Bucket(S3Clients.of(url), url)) {
                keys.forEach(key -> bucket.s3()
                        .putObject(request -> request.bucket("listed").key(key), RequestBody.fromString("x")));

                assertThat(keys(bucket, KeyRange.ALL)).containsExactlyElementsOf(keys);
                assertThat(bucket.cut(4)).hasSize(4);
                assertThat(inRanges(bucket)).containsExactlyElementsOf(keys);
                assertThat(keys(bucket, KeyRange.after(keys.get(50))))
                        .hasSize(2049)
                        .startsWith(keys.get(51));
            }
        }
    }

    private static List<String> inRanges(ObjectPlace place) {
        return place.cut(4).stream()
                .flatMap(range -> keys(place, range).stream())
                .toList();
    }

    private static List<String> keys(ObjectPlace place, KeyRange range) {
        List<String> keys = new ArrayList<>();
        try (Listing listing = place.list(range)) {
            listing.forEachRemaining(item -> keys.add(item.key()));
        }
        return keys;
    }
}
