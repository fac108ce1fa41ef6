package dev.slipway.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.migration.StoreUrl;
import dev.slipway.objects.session.S3Clients;
import dev.slipway.servers.S3Program;
import dev.slipway.servers.S3Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Whatever is wrong with a bucket or a folder is told in one line that says what to do, soon, and the target stays as it was. */
class ObjectsBadInputsIT {
    private static final String REACH = "check the endpoint, and that it can be reached from here";
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3Server readOnly;
    private static S3Client owner;

    private final CommandRun command = new CommandRun();
    private String source;
    private String target;
    private Path files;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = S3Program.of(Path.of(System.getProperty("slipway.root")));
        assumeThat(program).as("an S3 server, which Go builds").isPresent();
        Path served = folder.resolve("served");
        server = S3Server.start(new S3Server.Place(program.orElseThrow(), served, "127.0.0.1", false));
        readOnly = S3Server.start(new S3Server.Place(program.orElseThrow(), served, "127.0.0.1", true));
        owner = S3Clients.of(StoreUrl.parse(server.url("any")));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            owner.close();
            readOnly.close();
            server.close();
        }
    }

    @BeforeEach
    void fill() throws IOException {
        source = bucket();
        target = bucket();
        for (String key : List.of("a/1", "a/2", "private/secret", "z")) {
            owner.putObject(request -> request.bucket(source).key(key), RequestBody.fromString(key));
        }
        files = Files.createDirectory(folder.resolve("files-of-" + source));
        Files.writeString(files.resolve("a.txt"), "a");
    }

    @AfterEach
    void nothingWasChanged() {
        assertThat(keys(target)).isEmpty();
        assertThat(keys(source)).containsExactly("a/1", "a/2", "private/secret", "z");
    }

    @Test
    void aWrongSecretAndAWrongKey() {
        refusedOnEitherSide(
                "it answered 403 SignatureDoesNotMatch",
                "check the access key and its secret",
                server.url(new S3Server.Login("owner", "wr0ng-s3cret"), source + "/z"));
        refusedOnEitherSide(
                "it answered 403 InvalidAccessKeyId",
                "check the access key and its secret",
                server.url(new S3Server.Login("nobody", "wr0ng-s3cret"), source + "/z"));
    }

    @Test
    void aBucketThatIsNotThere() {
        refusedOnEitherSide(
                "it answered 404 NoSuchBucket", "check the bucket's name, or make the bucket", server.url("nowhere"));
    }

    @Test
    void aBucketThatTheLoginMayNotList() {
        refusedOnEitherSide(
                "it answered 403 AccessDenied",
                "grant these credentials s3:ListBucket there",
                server.url(S3Server.GUEST, source + "/z"));
    }

    @Test
    void aPrefixThatTheLoginMayNotRead() {
        letGuestRead("");
        String from = server.url(S3Server.GUEST, source);
        command.refused(
                "Tried to read 'private/secret' of s3://" + source + "/ but it answered 403",
                "copying prefixes one by one; nothing was changed",
                "copy",
                from,
                server.url(target));
        assertThat(command.run("compare", from, server.url(source))).isEqualTo(ExitCode.NOT_DONE);
        assertThat(command.out())
                .isEqualTo("unknown: 1 object could not be compared: private/secret (it answered 403 AccessDenied)\n");
    }

    @Test
    void aPrefixThatTheLoginMayNotList() {
        letGuestRead("""
                , {"Effect": "Deny", "Principal": {"AWS": ["guest"]}, "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::%s"],
                   "Condition": {"StringLike": {"s3:prefix": ["private*"]}}}
                """.formatted(source));
        command.refused(
                "Tried to list the bucket s3://" + source + "/private/ but it answered 403 AccessDenied",
                "grant these credentials s3:ListBucket there",
                "copy",
                server.url(S3Server.GUEST, source),
                server.url(target));
    }

    @Test
    void aTargetThatTakesNoWrites() {
        command.refused(
                "it answered 403 AccessDenied",
                "then copy again: it goes on, and what was copied stays until then",
                "copy",
                server.url(source),
                readOnly.url(target));
        owner.putBucketPolicy(request -> request.bucket(target).policy("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": ["guest"]}, "Action": ["s3:ListBucket", "s3:GetObject"],
                   "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]}]}
                """.formatted(target)));
        command.refused(
                "it answered 403 AccessDenied",
                "then copy again: it goes on, and what was copied stays until then",
                "copy",
                files.toUri().toString(),
                server.url(S3Server.GUEST, target));
    }

    @Test
    void anEndpointWhereNobodyListens() {
        refusedOnEitherSide("Connection refused", REACH, at("http://127.0.0.1:9"));
    }

    @Test
    void anEndpointThatHasNoAddress() {
        refusedOnEitherSide(
                "the name s3.invalid is not known", "check the host of the endpoint", at("http://s3.invalid"));
    }

    @Tag("battery")
    @Test
    void anEndpointThatListensAndNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            String address = at("http://127.0.0.1:" + silent.getLocalPort());
            command.refused("it did not answer", REACH, "copy", server.url(source), address);
            command.refused("it did not answer", REACH, "inspect", address);
        }
    }

    @Test
    void anEndpointThatIsSpokenToAsIfItHadTls() {
        refusedOnEitherSide(
                "Unsupported or unrecognized SSL message",
                "check whether the endpoint is http or https, and its certificate",
                at(server.endpoint().replace("http:", "https:")));
    }

    @Test
    void anEndpointThatIsAWebServer() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        web.createContext("/", exchange -> {
            byte[] page = "<!DOCTYPE html><html><body><p>It works</p></body></html>".getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        web.start();
        try {
            refusedOnEitherSide(
                    "it answered not as S3 does, but with something else",
                    "check the bucket's name, the endpoint and the rights of these credentials",
                    at("http://127.0.0.1:" + web.getAddress().getPort()));
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aFolderThatIsNoneOrAFile() {
        String check = "check the path and that it is mounted here";
        for (String verb : List.of("copy", "compare")) {
            command.refused(
                    "there is none", check, verb, files.resolve("gone").toUri().toString(), server.url(target));
            command.refused(
                    "it is no folder",
                    check,
                    verb,
                    files.resolve("a.txt").toUri().toString(),
                    server.url(target));
        }
        command.refused(
                "there is none", check, "inspect", files.resolve("gone").toUri().toString());
        command.refused(
                "a folder cannot be a target",
                "name a bucket: s3://bucket/prefix",
                "copy",
                server.url(source),
                files.toUri().toString());
    }

    @Test
    void aFileWhoseNameIsNoKey() throws IOException {
        Files.writeString(Path.of(java.net.URI.create(files.toUri() + "latin%E91.txt")), "1");
        command.refused(
                "Tried to take the file latin%E91.txt as an object but its name is no UTF-8",
                "rename it", "copy", files.toUri().toString(), server.url(target));
    }

    @Test
    void aFileWhoseNameIsTooLongForAKey() throws IOException {
        Path deep = files;
        for (int i = 0; i < 6; i++) {
            deep = Files.createDirectory(deep.resolve("d".repeat(200)));
        }
        Files.writeString(deep.resolve("f"), "1");
        command.refused(
                "is longer than the 1024 bytes of a key of S3",
                "rename it",
                "copy",
                files.toUri().toString(),
                server.url(target));
    }

    @Test
    void aSourceThatIsTheTargetOrLiesInIt() {
        String remedy = "name another bucket, or prefixes of which none lies in the other";
        String local = server.url(source + "/a").replace("127.0.0.1", "localhost");
        for (String[] pair : new String[][] {
            {server.url(source), server.url(source)},
            {server.url(source), server.url(source + "/a")},
            {server.url(source + "/a/deep"), server.url(source + "/a")},
            {server.url(source), local}
        }) {
            command.refused("they overlap in one bucket", remedy, "copy", pair[0], pair[1]);
            command.refused("they overlap in one bucket", remedy, "compare", "--repair", pair[0], pair[1]);
        }
    }

    @Test
    void aUrlThatSaysWhatNobodyKnows() {
        String url = server.url(target + "/here");
        refusedOnEitherSide("there is no storage 'COLD'", "STANDARD, STANDARD_IA", url + "&storage=COLD");
        refusedOnEitherSide("there is no sse 'yes'", "aws:kms, aws:kms:dsse", url + "&sse=yes");
        refusedOnEitherSide("it names a key of KMS", "or leave out kms=", url + "&kms=key");
        refusedOnEitherSide(
                "'storag' is none that is known", "region, sse, storage, versions", url + "&storag=STANDARD");
        refusedOnEitherSide(
                "its endpoint is no address", "or https://host", "s3://k:s3cret@bucket?endpoint=localhost:9000");
        refusedOnEitherSide(
                "there is no region", "name one such as eu-central-1", "s3://k:s3cret@bucket?region=not%20one");
        String form = "with reserved characters percent-encoded";
        refusedOnEitherSide("no bucket can be read from it", form, "s3:///prefix");
        refusedOnEitherSide("no bucket can be read from it", form, "s3://key:s3cr/et@bucket/prefix");
        refusedOnEitherSide("no bucket can be read from it", form, "s3://key:s3cret@bucket:9000/prefix");
        refusedOnEitherSide("it is malformed", "s3://key:secret@bucket/prefix, " + form, "s3://key:s3cr%et@bucket");
        refusedOnEitherSide("it names a key without a secret", "or neither", "s3://key@bucket?region=eu-central-1");
        command.refused(
                "'type' is none that is known",
                "leave it out; known are types",
                "copy",
                files.toUri() + "?type=x",
                url);
        command.refused("it names no folder of this machine", "with three slashes", "copy", "file://media/files", url);
        command.refused("it names no folder of this machine", "with three slashes", "inspect", "file:media");
    }

    private void refusedOnEitherSide(String why, String remedy, String bad) {
        command.refused(why, remedy, "copy", bad, server.url(target + "/beside"));
        command.refused(why, remedy, "copy", server.url(source + "/a"), bad);
        command.refused(why, remedy, "compare", server.url(source), bad);
        command.refused(why, remedy, "inspect", bad, "--json");
    }

    private static String at(String endpoint) {
        return "s3://key:s3cret@bucket?region=eu-central-1&endpoint=" + endpoint;
    }

    /** All but what is in one folder. */
    private void letGuestRead(String further) {
        owner.putBucketPolicy(request -> request.bucket(source).policy("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Principal": {"AWS": ["guest"]}, "Action": ["s3:ListBucket", "s3:GetObject", "s3:GetObjectTagging"],
                   "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]},
                  {"Effect": "Deny", "Principal": {"AWS": ["guest"]}, "Action": ["s3:GetObject"],
                   "Resource": ["arn:aws:s3:::%1$s/private/*"]}%2$s]}
                """.formatted(source, further)));
    }

    private static String bucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        owner.createBucket(request -> request.bucket(name));
        return name;
    }

    private static List<String> keys(String bucket) {
        return owner.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
