package dev.slipway.worker.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.migration.exception.ImageNotCopied;
import dev.slipway.servers.RegistryServer;
import dev.slipway.worker.images.ImageCopy.Outcome;
import dev.slipway.worker.images.Registry.Manifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between two real registries, one of which asks for a login. */
final class ImageCopyIT {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** The user {@code us} with the password {@code s3cret}. */
    private static final String LOGIN = "us:$2b$05$d3y2g7fr8.LhIP7GqDWjPOihN17NV5CL.9f5v3mS3senrtg8MIJ22\n";

    @TempDir
    Path folder;

    private RegistryServer from;
    private RegistryServer to;
    private Registry registry;
    private final List<Long> progress = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        Optional<Path> program = RegistryServer.program(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("a registry, which Debian packages").isPresent();
        from = RegistryServer.start(program.orElseThrow(), folder.resolve("from"), "");
        to = RegistryServer.start(program.orElseThrow(), folder.resolve("to"), LOGIN);
        registry = new Registry(RegistryLogins.NONE.with(to.host(), "us", "s3cret"));
    }

    @AfterEach
    void stop() {
        from.close();
        to.close();
    }

    @Test
    void copiesAnImageByteForByte() {
        Manifest made = image("shop/web", "1", "layer one", "layer two");
        assertThat(copy("shop/web:1")).isEqualTo(new Outcome.Copied(made.digest(), 9 + 9 + 2));
        assertThat(registry.manifest(target("shop/web:1"))).satisfies(there -> {
            assertThat(there.content()).isEqualTo(made.content());
            assertThat(there.mediaType()).isEqualTo(MANIFEST);
        });
        assertThat(progress).containsExactly(9L, 9L, 2L);
    }

    @Test
    void skipsWhatIsThereAndCopiesOnlyTheLayersThatAreMissing() {
        image("shop/web", "1", "layer one");
        copy("shop/web:1");
        assertThat(copy("shop/web:1")).isInstanceOf(Outcome.Skipped.class);
        image("shop/web", "1", "layer one", "another layer");
        assertThat(copy("shop/web:1")).extracting("bytes").isEqualTo(13L);
    }

    @Test
    void takesTheTargetsPlatformOfAnImageOfSeveral() {
        Manifest arm = image("shop/web", "arm", "of arm");
        Manifest amd = image("shop/web", "amd", "of amd");
        String index = """
                {"schemaVersion": 2, "mediaType": "%s", "manifests": [
                  {"mediaType": "%s", "size": %d, "digest": "%s", "platform": {"os": "linux", "architecture": "arm64"}},
                  {"mediaType": "%s", "size": %d, "digest": "%s", "platform": {"os": "linux", "architecture": "amd64"}}]}
                """.formatted(
                INDEX, MANIFEST, arm.content().length, arm.digest(), MANIFEST, amd.content().length, amd.digest());
        put("shop/web", "2", index, INDEX);
        assertThat(copy("shop/web:2")).extracting("digest").isEqualTo(amd.digest());
    }

    @Test
    void refusesAnImageThatIsNotMadeForTheTargetsPlatform() {
        put("shop/web", "3", "{\"schemaVersion\": 2, \"mediaType\": \"" + INDEX + "\", \"manifests\": []}", INDEX);
        assertThatThrownBy(() -> copy("shop/web:3"))
                .isInstanceOf(ImageNotCopied.class)
                .hasMessageContaining("linux/amd64");
    }

    @Test
    void saysInOneLineThatATagIsMissing() {
        assertThatThrownBy(() -> copy("shop/nobody:9"))
                .isInstanceOf(ImageNotCopied.class)
                .hasMessageContaining("shop/nobody:9")
                .hasMessageContaining("no such image or tag")
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysInOneLineThatALoginIsMissing() {
        image("shop/web", "1", "layer");
        registry = new Registry(RegistryLogins.NONE.with(to.host(), "us", "wrong"));
        assertThatThrownBy(() -> copy("shop/web:1"))
                .isInstanceOf(ImageNotCopied.class)
                .hasMessageContaining("does not let us in (401)")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void saysThatARegistryIsNotThere() {
        from.close();
        assertThatThrownBy(() -> copy("shop/web:1"))
                .isInstanceOf(ImageNotCopied.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("\n");
    }

    private Outcome copy(String image) {
        return new ImageCopy(registry, "amd64", progress::add).copy(source(image), target(image));
    }

    private ImageName source(String image) {
        return ImageName.parse(from.host() + "/" + image);
    }

    private ImageName target(String image) {
        return ImageName.parse(to.host() + "/" + image);
    }

    private Manifest image(String repository, String tag, String... layers) {
        StringBuilder blobs = new StringBuilder();
        for (String layer : layers) {
            blobs.append(blobs.isEmpty() ? "" : ", ")
                    .append(blob(repository, layer, "application/vnd.oci.image.layer.v1.tar"));
        }
        String config = blob(repository, "{}", "application/vnd.oci.image.config.v1+json");
        // Spaces and an unknown key, which a copy must not lose.
        return put(
                repository,
                tag,
                "{ \"schemaVersion\": 2,  \"mediaType\": \"" + MANIFEST + "\", \"config\": " + config
                        + ", \"layers\": [" + blobs + "], \"annotations\": {\"shop.example/of\": \"" + tag + "\"} }",
                MANIFEST);
    }

    private String blob(String repository, String content, String mediaType) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String digest = Digests.sha256(bytes);
        registry.put(source(repository), digest, new ByteArrayInputStream(bytes), bytes.length);
        return "{\"mediaType\": \"" + mediaType + "\", \"size\": " + bytes.length + ", \"digest\": \"" + digest + "\"}";
    }

    private Manifest put(String repository, String tag, String content, String mediaType) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Manifest manifest = new Manifest(bytes, mediaType, Digests.sha256(bytes));
        registry.put(source(repository + ":" + tag), manifest);
        return manifest;
    }
}
