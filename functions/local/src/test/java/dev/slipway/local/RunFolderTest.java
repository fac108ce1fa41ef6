package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T18:31:45.999Z");

    /** As two processes that waited for the same lock. */
    @Test
    void givesEachOfTwoRunsOfOneMomentItsOwn(@TempDir Path root) throws IOException {
        Checkout checkout = new Checkout(root);
        Path first = RunFolder.create(checkout, NOW).path();
        Path second = RunFolder.create(checkout, NOW).path();
        assertThat(first).hasFileName("20261123-183145-999").isDirectory();
        assertThat(second).hasFileName("20261123-183146-000").isDirectory();
    }
}
