package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every place for artifacts must do; runs on each. */
public abstract class ArtifactsContract {
    private Artifacts artifacts;

    /** A place without artifacts. */
    protected abstract Artifacts empty() throws IOException;

    @BeforeEach
    void open() throws IOException {
        artifacts = empty();
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        artifacts.write("runs/1/plan.json", out -> out.write(bytes("{}")));
        assertThat(text("runs/1/plan.json")).contains("{}");
    }

    @Test
    void replacesWhatWasThere() throws IOException {
        artifacts.write("plan", out -> out.write(bytes("a longer first text")));
        artifacts.write("plan", out -> out.write(bytes("second")));
        assertThat(text("plan")).contains("second");
    }

    @Test
    void hasNoArtifactThatWasNotWritten() throws IOException {
        assertThat(text("nothing")).isEmpty();
        assertThat(artifacts.list("")).isEmpty();
    }

    @Test
    void keepsAnEmptyArtifact() throws IOException {
        artifacts.write("void", out -> {});
        assertThat(text("void")).contains("");
    }

    @Test
    void showsNothingOfAnArtifactWhoseWriterFailed() throws IOException {
        artifacts.write("part", out -> out.write(bytes("earlier")));
        for (String key : new String[] {"part", "other"}) {
            assertThatThrownBy(() -> artifacts.write(key, out -> {
                        out.write(new byte[9 << 20]);
                        throw new IOException("the source died");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the source died");
        }
        assertThat(text("part")).contains("earlier");
        assertThat(artifacts.list("")).containsExactly("part");
    }

    @Test
    void listsKeysInOrderByPrefix() throws IOException {
        for (String key : new String[] {"b/2", "a/1", "b/10", "bb"}) {
            artifacts.write(key, out -> out.write(1));
        }
        assertThat(artifacts.list("b")).containsExactly("b/10", "b/2", "bb");
        assertThat(artifacts.list("b/")).containsExactly("b/10", "b/2");
        assertThat(artifacts.list("c")).isEmpty();
    }

    @Test
    void keepsALargeArtifactByteForByte() throws Exception {
        MessageDigest written = MessageDigest.getInstance("SHA-256");
        artifacts.write("large", out -> {
            Random random = new Random(3);
            byte[] piece = new byte[(1 << 20) + 1];
            DigestOutputStream digested = new DigestOutputStream(out, written);
            for (int i = 0; i < 20; i++) {
                random.nextBytes(piece);
                digested.write(piece);
            }
            digested.write(7);
        });
        MessageDigest read = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(artifacts.read("large").orElseThrow(), read)) {
            assertThat(in.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(20L * ((1 << 20) + 1) + 1);
        }
        assertThat(read.digest()).isEqualTo(written.digest());
    }

    private Optional<String> text(String key) throws IOException {
        Optional<InputStream> found = artifacts.read(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
