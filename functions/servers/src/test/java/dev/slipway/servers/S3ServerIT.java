package dev.slipway.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerIT {
    private static Path program;

    @TempDir
    Path folder;

    @BeforeAll
    static void fetch() throws IOException {
        Optional<Path> found = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(found).as("an S3 server, which Go builds").isPresent();
        program = found.orElseThrow();
    }

    @Test
    void answersOnItsOwnLoopbackAddressAndAsksForALogin() throws Exception {
        try (S3Server server = S3Server.start(place("127.6.0.1"))) {
            HttpURLConnection buckets = (HttpURLConnection)
                    URI.create(server.endpoint() + "/").toURL().openConnection();
            assertThat(server.endpoint()).startsWith("http://127.6.0.1:");
            assertThat(buckets.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
            assertThat(pids()).hasSize(1);
        }
        assertThat(pids()).isEmpty();
    }

    @Test
    void keepsItsLoginsOffItsCommandLine() throws Exception {
        try (S3Server server = S3Server.start(place("127.0.0.1"))) {
            String commandLine = Files.readString(Path.of("/proc", pids().getFirst(), "cmdline"));
            assertThat(commandLine).contains("versitygw").doesNotContain(S3Server.OWNER.secret());
            assertThat(server.url("bucket/prefix"))
                    .startsWith("s3://owner:0wner-s3cret@bucket/prefix?region=")
                    .endsWith(
                            "&endpoint=" + server.endpoint().replace(":", "%3A").replace("/", "%2F"));
        }
    }

    @Test
    void saysInOneLineWhyItDidNotStart() {
        assertThatThrownBy(() -> S3Server.start(new S3Server.Place(program, folder, "192.0.2.1", false)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("\n");
        assertThat(pids()).isEmpty();
    }

    private S3Server.Place place(String address) {
        return new S3Server.Place(program, folder, address, false);
    }

    private List<String> pids() {
        String[] names = folder.resolve("pids").toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
