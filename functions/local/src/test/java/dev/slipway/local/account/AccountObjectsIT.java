package dev.slipway.local.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.slipway.account.Clients;
import dev.slipway.local.LocalSlipway;
import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Odd keys with every attribute and tags, from a server of one maker to the account's S3 and back, by the commands. */
@Tag("battery")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountObjectsIT {
    private static final List<String> KEYS = List.of(
            " leading and trailing ",
            "a+b",
            "a%2Fb",
            "a?b#c&d=e",
            "quote\"s'`$(x)",
            "back\\slash",
            "<tag>&amp;",
            "Case",
            "case",
            "caf\u00e9",
            "cafe\u0301",
            "\u65e5\u672c\u8a9e/\u0434\u0430",
            "emoji \uD83D\uDE00",
            "\uE000private",
            "...",
            "p/prefix",
            "p.suffix");

    @TempDir
    static Path folder;

    private Account account;
    private S3Server server;
    private S3Client here;
    private S3Client there;

    @BeforeAll
    void start() throws IOException {
        Path root = Path.of(System.getProperty("slipway.root"));
        Optional<Path> program = S3Program.of(root);
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        Path run = Files.createDirectories(root.resolve(
                ".slipway/runs/account-objects-it-" + ProcessHandle.current().pid()));
        PythonEnvironments environments = new PythonEnvironments(
                root.resolve(".slipway"),
                root.resolve("functions/local/src/main/account"),
                System.getenv(),
                System.out::println);
        account = Account.start(AccountSettings.inCheckout(root, run, environments.ensure(PythonEnvironments.ACCOUNT)));
        server = S3Server.start(new S3Server.Place(
                program.orElseThrow(), folder.resolve("served"), "127.0.0.1", /* readOnly= */ false));
        here = client(
                URI.create(server.endpoint()), Region.EU_CENTRAL_1, S3Server.OWNER.key(), S3Server.OWNER.secret());
        there = client(account.endpoint(), Region.US_EAST_1, "test", "test");
    }

    @AfterAll
    void stop() {
        if (server != null) {
            here.close();
            there.close();
            server.close();
        }
        if (account != null) {
            account.close();
        }
    }

    @Test
    void areCopiedThereAndBackWithAllTheyHave() throws Exception {
        here.createBucket(request -> request.bucket("source"));
        KEYS.forEach(key -> put("source", key));
        there.createBucket(request -> request.bucket("there"));
        here.createBucket(request -> request.bucket("back"));

        copies(server.url("source"), ofAccount("there"));
        has(there, "there");

        copies(ofAccount("there"), server.url("back"));
        has(here, "back");
    }

    private void copies(String source, String target) throws Exception {
        assertThat(run("copy", source, target)).startsWith("0 copied " + KEYS.size() + " files");
        assertThat(run("compare", source, target)).startsWith("0 same: " + KEYS.size() + " files");
        assertThat(run("copy", source, target)).startsWith("0 skipped: all " + KEYS.size() + " objects");
    }

    /** How it ended and what it printed. */
    private String run(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), LocalSlipway.class.getName());
        builder.command().addAll(List.of(words));
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        Path log = folder.resolve("said.log");
        Process process = builder.redirectError(log.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() + " " + said + Files.readString(log);
    }

    private String ofAccount(String bucket) {
        return "s3://test:test@" + bucket + "?region=us-east-1&endpoint="
                + URLEncoder.encode(account.endpoint().toString(), UTF_8);
    }

    private void put(String bucket, String key) {
        here.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .contentType("text/x-odd; charset=utf-8")
                        .cacheControl("max-age=1, public")
                        .contentDisposition("attachment; filename=\"x y\"")
                        .contentEncoding("identity")
                        .contentLanguage("de, en")
                        .expires(Instant.parse("2030-01-01T00:00:00Z"))
                        .metadata(Map.of("name", "value"))
                        .tagging("a%20b=c%2Bd&e%40=%2F%3A"),
                RequestBody.fromString("content of " + key));
    }

    private static void has(S3Client s3, String bucket) {
        for (String key : KEYS) {
            assertThat(s3.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                            .asUtf8String())
                    .isEqualTo("content of " + key);
            var facts = s3.headObject(request -> request.bucket(bucket).key(key));
            assertThat(facts.contentType()).as(key).isEqualTo("text/x-odd; charset=utf-8");
            assertThat(facts.cacheControl()).as(key).isEqualTo("max-age=1, public");
            assertThat(facts.contentDisposition()).as(key).isEqualTo("attachment; filename=\"x y\"");
            assertThat(facts.contentEncoding()).as(key).isEqualTo("identity");
            assertThat(facts.contentLanguage()).as(key).isEqualTo("de, en");
            assertThat(facts.expiresString()).as(key).isEqualTo("Tue, 01 Jan 2030 00:00:00 GMT");
            assertThat(facts.metadata()).as(key).isEqualTo(Map.of("name", "value"));
            assertThat(s3.getObjectTagging(request -> request.bucket(bucket).key(key))
                            .tagSet())
                    .as(key)
                    .extracting(tag -> tag.key() + "=" + tag.value())
                    .containsExactlyInAnyOrder("a b=c+d", "e@=/:");
        }
    }

    private static S3Client client(URI endpoint, Region region, String key, String secret) {
        return Clients.of(S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret))));
    }
}
