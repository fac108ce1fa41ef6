package dev.slipway.objects.session;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.ContextualSupplier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The few requests that are made for each object, without the SDK: it takes five times the processor for them (record 19). Where the
 * bucket is, the region and the login are the SDK client's. Nothing follows redirects or speaks to proxies.
 */
public final class Wire implements AutoCloseable {
    private static final RetryPolicy<Object> PATIENCE = patience(5);
    /** With an address where perhaps nobody is. */
    private static final RetryPolicy<Object> FIRST = patience(2);

    private static final Duration LOGIN = Duration.ofSeconds(1);
    private static final int SUCCESS = 300;
    private static final int LONGEST_REFUSAL = 1 << 16;

    private final URI base;
    private final String host;
    private final RequestSignature signature;
    private final IdentityProvider<? extends AwsCredentialsIdentity> logins;
    private volatile @Nullable Login login;
    private volatile boolean known;
    private final ConcurrentLinkedDeque<WireConnection> idle = new ConcurrentLinkedDeque<>();

    public Wire(S3Client s3, String bucket) {
        String probe = s3.utilities()
                .getUrl(request -> request.bucket(bucket).key("k"))
                .toExternalForm();
        this.base = URI.create(probe.substring(0, probe.length() - 1));
        this.host = base.getPort() > 0 ? base.getHost() + ":" + base.getPort() : base.getHost();
        this.signature =
                new RequestSignature(s3.serviceClientConfiguration().region().id());
        this.logins = s3.serviceClientConfiguration().credentialsProvider();
    }

    private static RetryPolicy<Object> patience(int retries) {
        return RetryPolicy.builder()
                .handleIf(e -> e instanceof IOException
                        && !(e instanceof WireRefusal refusal && !refusal.isPassing())
                        && !(e instanceof SourceLost)
                        && !(e instanceof SSLHandshakeException)
                        && !Thread.currentThread().isInterrupted())
                .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(8))
                .withJitter(0.3)
                .withMaxRetries(retries)
                .build();
    }

    /** Who asks, and when that was found out. */
    private record Login(AwsCredentialsIdentity identity, long asked) {}

    /** Thrown by a body whose own source failed: sending it again is its author's to decide. */
    public static final class SourceLost extends IOException {
        private static final long serialVersionUID = 1L;

        public SourceLost(IOException cause) {
            super(cause);
        }
    }

    /** Whether Amazon's own S3 answers there. */
    public boolean isAmazons() {
        return base.getHost().contains(".amazonaws.com");
    }

    /**
     * Sends a request, again where it failed in passing. Close the answer.
     *
     * @throws WireRefusal if the store answered with anything but success
     */
    public WireAnswer send(WireRequest request) throws IOException {
        WireAnswer answer = patiently(known ? PATIENCE : FIRST, attempt -> sendOnce(request));
        known = true;
        return answer;
    }

    /** Whether a request whose answer was lost is to be sent again. */
    @FunctionalInterface
    public interface Undone {
        boolean ask() throws IOException;
    }

    /**
     * Sends a request that may not be carried out twice. Close the answer, which is empty where the first one was lost.
     *
     * @throws WireRefusal if the store answered with anything but success
     */
    public Optional<WireAnswer> sendWhile(Undone undone, WireRequest request) throws IOException {
        return patiently(
                PATIENCE,
                attempt -> attempt.isFirstAttempt() || undone.ask()
                        ? Optional.of(sendOver(connection(attempt.isFirstAttempt()), request))
                        : Optional.empty());
    }

    private static <T> T patiently(RetryPolicy<Object> patience, ContextualSupplier<T, T> work) throws IOException {
        try {
            return Failsafe.with(patience).get(work);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private WireConnection connection(boolean mayBeUsed) throws IOException {
        WireConnection free = mayBeUsed ? idle.pollFirst() : null;
        return free == null ? WireConnection.open(base) : free;
    }

    private WireAnswer sendOnce(WireRequest request) throws IOException {
        Optional<WireConnection> free = Optional.ofNullable(idle.pollFirst());
        if (free.isPresent()) {
            try {
                return sendOver(free.get(), request);
            } catch (WireRefusal | SourceLost e) {
                throw e;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // The store may have closed it while it was idle, and the others, too.
                drop();
            }
        }
        return sendOver(WireConnection.open(base), request);
    }

    private WireAnswer sendOver(WireConnection connection, WireRequest request) throws IOException {
        boolean answered = false;
        try {
            SortedMap<String, String> headers = new TreeMap<>(request.headers());
            headers.put("host", host);
            String path = path(request.key());
            signature.sign(request.method(), path, request.query(), headers, request.payload(), login());
            if (request.hasBody()) {
                headers.put("content-length", String.valueOf(request.body().length()));
            }
            String query = RequestSignature.query(request.query());
            try {
                connection.send(query.isEmpty() ? path : path + "?" + query, request.method(), headers, request.body());
            } catch (SourceLost e) {
                throw e;
            } catch (IOException e) {
                throw refusedMeanwhile(connection, request.method(), e);
            }
            WireAnswer answer = answer(connection, request.method());
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                connection.close();
            }
        }
    }

    /** A store that refuses a request need not wait for its body: what it said is there to be read when it has hung up. */
    private IOException refusedMeanwhile(WireConnection connection, String method, IOException cut) {
        try {
            answer(connection, method).close();
        } catch (WireRefusal e) {
            return e;
        } catch (IOException e) {
            cut.addSuppressed(e);
        }
        return cut;
    }

    /** The bucket's own has no slash at its end, where it is one. */
    private String path(String key) {
        String bucket = base.getRawPath();
        boolean whole = key.isEmpty() && bucket.length() > 1;
        return whole ? bucket.substring(0, bucket.length() - 1) : bucket + RequestSignature.path(key);
    }

    /** To ask the SDK takes as long as to sign; it renews its logins minutes before they end. */
    private AwsCredentialsIdentity login() {
        Login last = login;
        if (last == null || System.nanoTime() - last.asked() > LOGIN.toNanos()) {
            last = new Login(logins.resolveIdentity().join(), System.nanoTime());
            login = last;
        }
        return last.identity();
    }

    private WireAnswer answer(WireConnection connection, String method) throws IOException {
        int status = connection.status();
        while (status < 200) {
            connection.headers();
            status = connection.status();
        }
        Map<String, String> headers = connection.headers();
        boolean closes = "close".equalsIgnoreCase(headers.get("connection"));
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        WireBody body = new WireBody(connection, headers, empty, () -> {
            if (closes) {
                connection.close();
            } else {
                idle.addFirst(connection);
            }
        });
        WireAnswer answer = new WireAnswer(status, headers, body);
        if (status >= SUCCESS) {
            try (answer) {
                throw new WireRefusal(
                        status, headers, new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8));
            }
        }
        return answer;
    }

    private void drop() {
        for (WireConnection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            each.close();
        }
    }

    @Override
    public void close() {
        drop();
    }
}
