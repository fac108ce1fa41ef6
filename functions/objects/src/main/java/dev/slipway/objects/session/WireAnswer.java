package dev.slipway.objects.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A store's success: what it says of the object, and the object's bytes, which end with an error where the connection does. */
public final class WireAnswer implements AutoCloseable {
    private final int status;
    private final Map<String, String> headers;
    private final WireBody body;

    WireAnswer(int status, Map<String, String> headers, WireBody body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    /** By names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public InputStream body() {
        return body;
    }

    /** Gives the connection back, if the body was read. */
    @Override
    public void close() throws IOException {
        body.close();
    }
}
