package dev.slipway.servers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A real S3 server of this machine, versitygw 1.8 over a folder, on a loopback address; it ends with this process.
 *
 * <p>It has: content type, cache control, disposition, encoding, language, expires, user metadata; tags; versions and delete markers;
 * {@code If-Match} and {@code If-None-Match} on writes; {@code x-amz-checksum-*} of every algorithm, CRC64NVME of its own accord, of
 * parts as of whole objects; {@code GetObjectAttributes}; a bucket's CORS, policy, versioning, website, tags, ACL and object lock.
 *
 * <p>It has not: lifecycle, default encryption, notifications and public access block ({@code 501 NotImplemented}), storage classes (all
 * are {@code STANDARD}), and every key. A key is a path: {@code a//b} and {@code a/./b} are {@code a/b}, {@code ../a} is refused,
 * {@code a} and {@code a/b} exclude each other, {@code a/} may only be empty, and a part of a path has 255 bytes.
 */
public final class S3Server implements AutoCloseable {
    /** May do everything in every bucket. */
    public static final Login OWNER = new Login("owner", "0wner-s3cret");
    /** May do what a bucket's policy grants the principal {@code guest}. */
    public static final Login GUEST = new Login("guest", "gu3st-s3cret");

    private static final String REGION = "eu-central-1";
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 5;

    private final Place place;
    private final int port;
    private final ServerProcess process;

    private S3Server(Place place, int port, ServerProcess process) {
        this.place = place;
        this.port = port;
        this.process = process;
    }

    /** An access key and its secret. */
    public record Login(String key, String secret) {}

    /**
     * Where a server runs.
     *
     * @param program see {@link S3Program}
     * @param folder the server's own; what is in it is served
     * @param address a loopback address such as {@code 127.3.0.1}
     * @param readOnly whether it refuses every change
     * @param region the only one that it takes signatures for
     */
    public record Place(Path program, Path folder, String address, boolean readOnly, String region) {
        public Place {
            program = program.toAbsolutePath();
            folder = folder.toAbsolutePath();
        }

        /** In Frankfurt. */
        public Place(Path program, Path folder, String address, boolean readOnly) {
            this(program, folder, address, readOnly, REGION);
        }

        public Place in(String other) {
            return new Place(program, folder, address, readOnly, other);
        }

        /** The folder of a bucket's objects. */
        public Path bucket(String name) {
            return folder.resolve("objects").resolve(name);
        }
    }

    /**
     * Starts a server on a free port and returns when it answers.
     *
     * @throws IOException if it does not answer; the message ends with the last lines of its log
     */
    public static S3Server start(Place place) throws IOException {
        for (String each : List.of("objects", "versions", "logins")) {
            Files.createDirectories(place.folder().resolve(each));
        }
        Files.writeString(
                place.folder().resolve("logins/users.json"),
                "{\"accessAccounts\":{\"%1$s\":{\"access\":\"%1$s\",\"secret\":\"%2$s\",\"role\":\"user\"}}}"
                        .formatted(GUEST.key(), GUEST.secret()));
        IOException failure = new IOException("no attempt was made");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return startOnce(place);
            } catch (IOException e) {
                // Another process may take a free port between our choice and the server's bind.
                failure = e;
            }
        }
        throw failure;
    }

    public String endpoint() {
        return "http://" + place.address() + ":" + port;
    }

    /** The owner's URL of a bucket, or of a prefix in it, as {@code slipway} takes it. */
    public String url(String bucketAndPrefix) {
        return url(OWNER, bucketAndPrefix);
    }

    public String url(Login login, String bucketAndPrefix) {
        return "s3://" + login.key() + ":" + login.secret() + "@" + bucketAndPrefix + "?region=" + place.region()
                + "&endpoint=" + URLEncoder.encode(endpoint(), StandardCharsets.UTF_8);
    }

    /** For a signal or a limit. */
    public long pid() {
        return process.pid();
    }

    /** Ends the server at once, as a crash would. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.stop(STOP);
    }

    private static S3Server startOnce(Place place) throws IOException {
        int port = freePort(place.address());
        Path log = place.folder().resolve("s3.log");
        ServerProcess process = ServerProcess.start(
                command(place, port),
                Map.of("ROOT_ACCESS_KEY", OWNER.key(), "ROOT_SECRET_KEY", OWNER.secret()),
                place.folder(),
                log,
                place.folder().resolve("pids"));
        S3Server server = new S3Server(place, port, process);
        try {
            server.awaitAnswer(log);
            return server;
        } catch (IOException e) {
            process.kill();
            throw e;
        }
    }

    private static List<String> command(Place place, int port) {
        List<String> words = new ArrayList<>(List.of(
                place.program().toString(),
                "--port=" + place.address() + ":" + port,
                "--region=" + place.region(),
                "--iam-dir=" + place.folder().resolve("logins"),
                "--health=/health",
                "--keep-alive",
                "--quiet"));
        if (place.readOnly()) {
            words.add("--readonly");
        }
        words.addAll(List.of(
                "posix",
                "--versioning-dir=" + place.folder().resolve("versions"),
                place.folder().resolve("objects").toString()));
        return words;
    }

    private static int freePort(String address) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
                throw new IOException("versitygw does not answer on " + endpoint() + ": "
                        + String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size())));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection health = (HttpURLConnection)
                    URI.create(endpoint() + "/health").toURL().openConnection();
            health.setConnectTimeout(1_000);
            health.setReadTimeout(1_000);
            return health.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
