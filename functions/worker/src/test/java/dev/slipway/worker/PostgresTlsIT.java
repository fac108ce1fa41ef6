package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.servers.PostgresLaunch;
import dev.slipway.servers.PostgresServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS only, as a managed one may be told to, and knows passwords by SCRAM only. */
class PostgresTlsIT {
    // What must be percent-encoded, and what is more than one byte.
    private static final String PASSWORD = "p@ss:w/ö%r d'#?&";

    private static final String CERTIFICATE =
            "the server's certificate must name the host and be signed by an authority of that file";

    @TempDir
    static Path folder;

    private static PostgresServer server;
    private static String verified;

    private final CommandRun command = new CommandRun();

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = Certificates.make(folder, "dns:localhost");
        Map<String, String> settings = new HashMap<>(PostgresLaunch.FAST);
        settings.putAll(Map.of("ssl", "on", "ssl_cert_file", "server.crt", "ssl_key_file", "server.key"));
        server = PostgresLaunch.in(CommandRun.POSTGRES, folder.resolve("server"))
                .login("postgres", PASSWORD)
                .settings(settings)
                .files(Map.of(
                        "server.crt",
                        certificates.certificate(),
                        "server.key",
                        certificates.key(),
                        "pg_hba.conf",
                        "hostssl all all all scram-sha-256\n"))
                .database("one")
                .database("two")
                .start();
        verified = "?sslmode=verify-full&sslrootcert=" + file("authority.pem", certificates.authority());
        try (var one = CommandRun.connect(server, "one", "sslmode=require")) {
            one.createStatement().execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS id");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyCommandAndPgDumpSpeakWithAServerWhoseCertificateTheyVerify() {
        assertThat(command.run("inspect", url("one", verified)))
                .as(command.err())
                .isZero();
        assertThat(command.run("copy", url("one", verified), url("two", verified)))
                .as(command.err())
                .isZero();
        assertThat(command.out()).startsWith("copied 1,000 rows");
        assertThat(command.run("compare", url("one", verified), url("two", verified)))
                .as(command.err())
                .isZero();
        assertThat(command.out()).startsWith("same: 1,000 rows");
        assertThat(command.out() + command.err()).doesNotContain(PASSWORD, "p%40ss");
    }

    @Test
    void refusesAServerThatIsNotTheOneItShouldBe() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        String authority =
                file("other.pem", Certificates.make(other, "dns:localhost").authority());
        refused("one", "?sslmode=verify-full&sslrootcert=" + authority, "PKIX path validation failed", CERTIFICATE);
        command.refused(
                "The hostname 127.0.0.1 could not be verified",
                CERTIFICATE,
                "inspect",
                url("one", verified).replace("localhost", "127.0.0.1"));
        refused("one", "?sslmode=verify-full&sslrootcert=/nowhere.pem", "file /nowhere.pem", CERTIFICATE);
    }

    @Test
    void isRefusedWithoutEncryption() {
        refused("one", "?sslmode=disable", "no encryption", "add ?sslmode=verify-full to the URL");
    }

    @Test
    void refusesAParameterThatItDoesNotKnow() {
        refused("one", "?sslmod=verify-full", "'sslmod' is none that is known", "known are sslmode and sslrootcert");
        refused("one", "?password=s3cr3t", "its parameter 'password'", "known are sslmode and sslrootcert");
        assertThat(command.err()).doesNotContain("s3cr3t");
        refused("one", "?sslmode=full", "there is no sslmode 'full'", "verify-ca, verify-full");
    }

    @Test
    void refusesAPasswordThatIsWrong() {
        command.refused(
                "password authentication failed for user \"postgres\"",
                "check the user and the password",
                "inspect",
                url("one", verified).replace("p%40ss", "p%40SS"));
    }

    private void refused(String database, String parameters, String why, String remedy) {
        command.refused(why, remedy, "inspect", url(database, parameters));
        command.refused(why, remedy, "compare", url(database, verified), url(database, parameters));
        command.refused(why, remedy, "copy", url(database, parameters), url("two", verified));
    }

    private static String url(String database, String parameters) {
        return server.url(database).replace("127.0.0.1", "localhost") + parameters;
    }

    private static String file(String name, String content) throws IOException {
        return URLEncoder.encode(
                Files.writeString(folder.resolve(name), content).toString(), StandardCharsets.UTF_8);
    }
}
