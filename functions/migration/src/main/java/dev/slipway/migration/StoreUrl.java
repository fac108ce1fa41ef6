package dev.slipway.migration;

import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is and how to log in: {@code postgres://user:pw@host:port/db}, {@code redis://user:pw@host:port/0},
 * {@code rediss://…}, {@code s3://bucket/prefix?endpoint=…} or {@code file:///dir}. Its {@code toString} hides the password.
 */
public record StoreUrl(URI uri) {
    private static final int LAST_PORT = 65_535;
    private static final String SERVERS = "postgres://user:password@host:port/database";

    /** @throws InvalidInput if the text is no URL of a store */
    public static StoreUrl parse(String text) {
        try {
            StoreUrl url = new StoreUrl(new URI(text));
            if (url.kind() != StoreKind.OBJECTS) {
                url.requireServer();
            }
            return url;
        } catch (URISyntaxException e) {
            String why = "it is malformed (" + e.getReason() + " at position " + e.getIndex() + ")";
            throw malformed(why, form(text), e);
        }
    }

    private void requireServer() {
        if (host().isEmpty()) {
            throw malformed("no host can be read from it", SERVERS, null);
        }
        if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
            throw malformed("its port is " + uri.getPort() + ", and there are 1 to " + LAST_PORT, SERVERS, null);
        }
    }

    // Without the text itself: it may hold a password.
    private static InvalidInput malformed(String why, String form, @Nullable Throwable cause) {
        return new InvalidInput(
                "read a store's URL", why, "write it as " + form + ", with reserved characters percent-encoded", cause);
    }

    private static String form(String text) {
        return text.startsWith("s3:")
                ? "s3://key:secret@bucket/prefix"
                : text.startsWith("file:") ? "file:///folder" : SERVERS;
    }

    /** @throws InvalidInput if the scheme belongs to no engine */
    public StoreKind kind() {
        return switch (scheme()) {
            case "postgres", "postgresql" -> StoreKind.POSTGRES;
            case "redis", "rediss" -> StoreKind.REDIS;
            case "s3", "file" -> StoreKind.OBJECTS;
            default ->
                throw new InvalidInput(
                        "read a store's URL",
                        "its scheme '" + scheme() + "' belongs to no engine",
                        "use postgres, redis, rediss, s3 or file");
        };
    }

    public String scheme() {
        return uri.getScheme() == null ? "" : uri.getScheme();
    }

    public String host() {
        return uri.getHost() == null ? "" : uri.getHost();
    }

    /** The port, or the given one where the URL names none. */
    public int port(int otherwise) {
        return uri.getPort() < 0 ? otherwise : uri.getPort();
    }

    public Optional<String> user() {
        return userInfo(0).filter(user -> !user.isEmpty());
    }

    public Optional<String> password() {
        return userInfo(1);
    }

    /** The path without its leading slash, decoded: a database's name or a prefix. */
    public String path() {
        String path = uri.getPath() == null ? "" : uri.getPath();
        return path.startsWith("/") ? path.substring(1) : path;
    }

    public Optional<String> parameter(String name) {
        return uri.getRawQuery() == null
                ? Optional.empty()
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair[0].equals(name))
                        .map(pair -> pair.length == 2 ? decode(pair[1]) : "")
                        .findFirst();
    }

    /** The same store by another login. */
    public StoreUrl withLogin(String user, String password) {
        String login = SourceUrl.encode(user) + ":" + SourceUrl.encode(password) + "@";
        String raw = uri.getRawUserInfo();
        String bare = uri.getRawSchemeSpecificPart().substring(2 + (raw == null ? 0 : raw.length() + 1));
        return parse(uri.getScheme() + "://" + login + bare);
    }

    /** The URL with its password, for a driver; never for a log. */
    public String reveal() {
        return uri.toString();
    }

    @Override
    public String toString() {
        String text = uri.toString();
        String raw = uri.getRawUserInfo();
        return raw == null ? text : text.replace(raw + "@", raw.split(":", 2)[0] + ":***@");
    }

    private Optional<String> userInfo(int part) {
        String raw = uri.getRawUserInfo();
        if (raw == null) {
            return Optional.empty();
        }
        String[] parts = raw.split(":", 2);
        return parts.length > part ? Optional.of(decode(parts[part])) : Optional.empty();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
