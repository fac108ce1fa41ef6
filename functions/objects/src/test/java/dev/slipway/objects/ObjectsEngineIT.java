package dev.slipway.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.Comparison;
import dev.slipway.migration.Comparison.Difference;
import dev.slipway.migration.Comparison.Side;
import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.CopyOutcome;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.Finding;
import dev.slipway.migration.Progress;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.migration.exception.FenceBroken;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.migration.exception.StoreUnreachable;
import dev.slipway.objects.place.ContentTypes;
import dev.slipway.objects.place.FileNames;
import dev.slipway.objects.session.S3Clients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class ObjectsEngineIT {
    private static final FenceToken TOKEN = new FenceToken("shop", 1);
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    /** Two normal forms of one text, names that differ by case, and what shells and URLs stumble over. */
    private static final List<String> ODD = List.of(
            "a b.txt",
            "caf\u00e9.txt",
            "cafe\u0301.txt",
            "..dots..in..name",
            "Case.TXT",
            "case.txt",
            "trailing.",
            "two\nlines.csv",
            "plus+and%20percent&amp;?#.png",
            "deep/er/and deeper/\u65e5\u672c.jpeg",
            "quote\"'\\backslash",
            "empty");

    private static S3Server server;

    @TempDir
    Path folder;

    @TempDir
    Path outside;

    private StoreUrl source;
    private StoreUrl target;
    private S3Client s3;
    private String bucket;
    private final ObjectsEngine engine = new ObjectsEngine();

    @BeforeAll
    static void start() throws Exception {
        server = new S3Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() throws IOException {
        bucket = "bucket-" + BUCKETS.incrementAndGet();
        server.bucket(bucket);
        target = server.url(bucket + "/media");
        source = StoreUrl.parse(folder.toUri().toString());
        s3 = S3Clients.of(target);
        Random random = new Random(1);
        for (String name : ODD) {
            byte[] content = new byte[name.equals("empty") ? 0 : 1 + random.nextInt(5_000)];
            random.nextBytes(content);
            write(name, content);
        }
    }

    @AfterEach
    void open() {
        engine.unfence(source, new FenceToken("shop", 99));
        s3.close();
    }

    @Test
    void copiesFilesOfOddNamesAndNothingTheSecondTime() {
        engine.fence(source, TOKEN);

        assertThat(copy(engine))
                .isInstanceOfSatisfying(
                        CopyOutcome.Copied.class,
                        copied -> assertThat(copied.items()).isEqualTo(ODD.size()));
        assertThat(compare())
                .isInstanceOfSatisfying(
                        Comparison.Same.class, same -> assertThat(same.items()).isEqualTo(ODD.size()));
        assertThat(copy(engine)).isInstanceOf(CopyOutcome.Skipped.class);

        for (String name : ODD) {
            var facts = s3.headObject(request -> request.bucket(bucket).key("media/" + name));
            assertThat(facts.metadata()).isEmpty();
            assertThat(facts.contentType()).isEqualTo(ContentTypes.BUILT_IN.of(name));
        }
    }

    @Test
    void givesContentTypesAfterAUsersTable() throws IOException {
        write("model.ours", new byte[] {1});
        Path table = Files.writeString(outside.resolve("mime.types"), "model/x-ours ours\n");
        StoreUrl typed = StoreUrl.parse(folder.toUri() + "?types=" + table);

        engine.copy(typed, target, CopyOptions.unfenced(), Progress.SILENT);

        assertThat(s3.headObject(request -> request.bucket(bucket).key("media/model.ours"))
                        .contentType())
                .isEqualTo("model/x-ours");
        assertThat(engine.compare(typed, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        assertThat(differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.detail())
                        .isEqualTo(
                                "content type application/octet-stream on the source and model/x-ours on the target"));
    }

    @Test
    void sendsALargeFileInParts() throws IOException {
        byte[] content = new byte[(5 << 20) * 2 + 17];
        new Random(2).nextBytes(content);
        write("film.mp4", content);
        engine.fence(source, TOKEN);
        ObjectsEngine small = new ObjectsEngine(S3Clients::of, 5 << 20);

        copy(small);

        assertThat(s3.headObject(request -> request.bucket(bucket).key("media/film.mp4"))
                        .eTag())
                .contains("-3");
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
        assertThat(copy(small)).isInstanceOf(CopyOutcome.Skipped.class);
    }

    @Test
    void removesObjectsThatTheSourceDoesNotHaveButNotThoseBesideThePrefix() {
        put("media/left over\n", "1");
        put("mediabeside", "1");
        engine.fence(source, TOKEN);

        copy(engine);

        assertThat(compare()).isInstanceOf(Comparison.Same.class);
        assertThat(s3.listObjectsV2(request -> request.bucket(bucket)).contents())
                .extracting(object -> object.key())
                .contains("mediabeside")
                .hasSize(ODD.size() + 1);
    }

    @Test
    void findsOneByteOfTheSameSizeEvenIfTheMetadataSayOtherwise() {
        engine.fence(source, TOKEN);
        copy(engine);
        var facts = s3.headObject(request -> request.bucket(bucket).key("media/a b.txt"));
        byte[] content = s3.getObjectAsBytes(request -> request.bucket(bucket).key("media/a b.txt"))
                .asByteArray();
        content[content.length / 2] ^= 1;
        s3.putObject(
                request -> request.bucket(bucket)
                        .key("media/a b.txt")
                        .contentType(facts.contentType())
                        .metadata(facts.metadata()),
                RequestBody.fromBytes(content));

        assertThat(differences()).singleElement().satisfies(difference -> {
            assertThat(difference.side()).isEqualTo(Side.BOTH);
            assertThat(difference.item()).isEqualTo("a b.txt");
            assertThat(difference.detail()).contains("CRC64NVME");
        });
    }

    @Test
    void findsAnotherContentTypeAMissingObjectAndAnExtraOne() {
        engine.fence(source, TOKEN);
        copy(engine);
        byte[] content = s3.getObjectAsBytes(request -> request.bucket(bucket).key("media/case.txt"))
                .asByteArray();
        s3.putObject(
                request -> request.bucket(bucket).key("media/case.txt").contentType("text/html"),
                RequestBody.fromBytes(content));
        s3.deleteObject(request -> request.bucket(bucket).key("media/empty"));
        put("media/extra", "1");

        assertThat(differences())
                .extracting(Difference::side, Difference::item)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(Side.BOTH, "case.txt"),
                        org.assertj.core.groups.Tuple.tuple(Side.ONLY_SOURCE, "empty"),
                        org.assertj.core.groups.Tuple.tuple(Side.ONLY_TARGET, "extra"));
    }

    @Test
    void goesOnWhereAKilledCopyStopped() {
        engine.fence(source, TOKEN);
        AtomicInteger seen = new AtomicInteger();
        assertThatThrownBy(() -> engine.copy(source, target, TOKEN, amount -> {
                    if (seen.incrementAndGet() == 5) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");

        copy(engine);

        assertThat(compare()).isInstanceOf(Comparison.Same.class);
    }

    @Test
    void copiesFromABucketWithItsHeadersAndMetadata() {
        server.bucket(bucket + "-from");
        StoreUrl from = server.url(bucket + "-from");
        s3.putObject(
                request -> request.bucket(bucket + "-from")
                        .key("../up/and down")
                        .contentType("image/webp")
                        .cacheControl("max-age=60")
                        .contentDisposition("attachment")
                        .metadata(Map.of("owner", "us")),
                RequestBody.fromString("content"));

        assertThat(engine.copy(from, target, TOKEN, Progress.SILENT))
                .isInstanceOfSatisfying(CopyOutcome.Copied.class, copied -> {
                    assertThat(copied.items()).isEqualTo(1);
                    assertThat(copied.bytes()).isEqualTo(7);
                    assertThat(copied.findings()).extracting(Finding::subject).contains("tags");
                });

        assertThat(engine.compare(from, target, Progress.SILENT)).isInstanceOf(Comparison.Same.class);
        var facts = s3.headObject(request -> request.bucket(bucket).key("media/../up/and down"));
        assertThat(facts.contentType()).isEqualTo("image/webp");
        assertThat(facts.cacheControl()).isEqualTo("max-age=60");
        assertThat(facts.contentDisposition()).isEqualTo("attachment");
        assertThat(facts.metadata()).containsEntry("owner", "us");
        assertThatThrownBy(() -> engine.fence(from, TOKEN)).isInstanceOf(InvalidInput.class);
        assertThat(engine.fenced(from)).isEmpty();
    }

    @Test
    void failsWhenAFileIsChangedBehindTheFence() throws IOException {
        engine.fence(source, TOKEN);
        copy(engine);
        asRoot("a b.txt", "changed");

        assertThatThrownBy(() -> copy(engine))
                .isInstanceOf(FenceBroken.class)
                .hasMessageContaining("a%20b.txt")
                .hasMessageContaining("changed behind it");
        assertThatThrownBy(this::compare).isInstanceOf(FenceBroken.class);
    }

    @Test
    void failsWhenAFileIsChangedDuringTheCopy() {
        engine.fence(source, TOKEN);
        AtomicInteger seen = new AtomicInteger();
        assertThatThrownBy(() -> engine.copy(source, target, TOKEN, amount -> {
                    if (seen.incrementAndGet() == 1) {
                        asRoot("case.txt", "x");
                        asRoot("empty", "x");
                    }
                }))
                .isInstanceOf(FenceBroken.class);
    }

    @Test
    void refusesToCopyAnOpenFolder() {
        assertThatThrownBy(() -> copy(engine)).isInstanceOf(FenceBroken.class).hasMessageContaining("takes writes");
    }

    @Test
    void copiesALinkToAFileOfTheFolderAndNamesWhatItLeaves() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("a b.txt"));
        Files.createSymbolicLink(folder.resolve("outside"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("gone"));
        Files.createDirectory(folder.resolve("void"));

        assertThat(engine.inspect(source)).satisfies(inspection -> {
            assertThat(inspection.items()).isEqualTo(ODD.size() + 1);
            assertThat(inspection.empty()).isFalse();
            assertThat(inspection.findings())
                    .extracting(Finding::subject)
                    .containsExactlyInAnyOrder("not copied", "empty folders", "content types");
        });
        engine.fence(source, TOKEN);
        copy(engine);
        assertThat(compare()).isInstanceOf(Comparison.Same.class);
        assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key("media/link.txt"))
                        .asByteArray())
                .isEqualTo(Files.readAllBytes(folder.resolve("a b.txt")));
    }

    @Test
    void refusesANameThatIsNoUtf8AndSaysSoInTheInspection() throws IOException {
        Path odd = Path.of(java.net.URI.create(folder.toUri() + "latin%E91.txt"));
        Files.writeString(odd, "1");

        assertThat(engine.inspect(source).findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("latin%E91.txt"));
        engine.fence(source, TOKEN);
        assertThatThrownBy(() -> copy(engine)).isInstanceOf(CopyFailed.class).hasMessageContaining("latin%E91.txt");
    }

    @Test
    void saysInOneLineWhatCannotBeReached() {
        assertThatThrownBy(() -> engine.inspect(StoreUrl.parse("file:///no/such/folder")))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("there is none");
        assertThatThrownBy(() -> engine.inspect(server.url("no-such-bucket")))
                .isInstanceOf(StoreUnreachable.class)
                .hasMessageContaining("NoSuchBucket");
        assertThatThrownBy(() -> engine.copy(/* source= */ target, /* target= */ source, TOKEN, Progress.SILENT))
                .isInstanceOf(InvalidInput.class)
                .hasMessageNotContaining("secret");
    }

    private CopyOutcome copy(ObjectsEngine by) {
        return by.copy(source, target, TOKEN, Progress.SILENT);
    }

    private Comparison compare() {
        return engine.compare(source, target, Progress.SILENT);
    }

    private List<Difference> differences() {
        return compare() instanceof Comparison.Different different ? different.first() : List.of();
    }

    private void put(String key, String content) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(content));
    }

    /** Not by {@code resolve}, which knows only the letters of the locale that the build happens to run in. */
    private void write(String name, byte[] content) throws IOException {
        Path file = new FileNames(folder).ofKey(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** As a process would to which modes mean nothing, whoever runs this test. */
    private void asRoot(String name, String content) {
        try {
            Path file = folder.resolve(name);
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            Files.setAttribute(file, "unix:mode", mode | 0200);
            Files.write(file, content.getBytes(StandardCharsets.UTF_8));
            Files.setAttribute(file, "unix:mode", mode);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
