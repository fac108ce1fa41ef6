package dev.slipway.worker;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.postgres.session.PasswordFile;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/** Reads a store's URL from the command line; a password may also stand in {@code PGPASSWORD} or {@code ~/.pgpass}. */
final class StoreArgument implements ITypeConverter<StoreUrl> {
    private static final List<String> PARAMETERS = List.of("sslmode", "sslrootcert");
    private static final List<String> MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final CommandSettings settings;

    StoreArgument() {
        this(CommandSettings.fromEnvironment());
    }

    StoreArgument(CommandSettings settings) {
        this.settings = settings;
    }

    @Override
    public StoreUrl convert(String text) {
        StoreUrl url = StoreUrl.parse(text);
        if (url.kind() != StoreKind.POSTGRES) {
            return url;
        }
        requireDatabase(url);
        requireKnownParameters(url);
        return password(url).map(password -> withPassword(url, password)).orElse(url);
    }

    private static void requireDatabase(StoreUrl url) {
        String path = String.valueOf(url.uri().getRawPath());
        if (!path.matches("/[^/]+")) {
            throw new InvalidInput(
                    "read " + url,
                    "it does not name one database",
                    "end it with /database, where a / of the name is %2F");
        }
    }

    // A misspelt sslmode would be a connection that verifies nothing.
    private static void requireKnownParameters(StoreUrl url) {
        String query = Optional.ofNullable(url.uri().getRawQuery()).orElse("");
        Optional<String> unknown = Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !PARAMETERS.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw new InvalidInput(
                    // Without the URL: a parameter, too, may be a password.
                    "read a store's URL",
                    "its parameter '" + unknown.get() + "' is none that is known",
                    "leave it out; known are " + String.join(" and ", PARAMETERS));
        }
        String mode = url.parameter("sslmode").orElse("prefer");
        if (!MODES.contains(mode)) {
            throw new InvalidInput(
                    "read " + url, "there is no sslmode '" + mode + "'", "use one of " + String.join(", ", MODES));
        }
    }

    private Optional<String> password(StoreUrl url) {
        if (url.user().isEmpty() || url.password().isPresent()) {
            return Optional.empty();
        }
        String password = settings.postgresPassword();
        return password.isEmpty() ? PasswordFile.password(url, settings.environment()) : Optional.of(password);
    }

    private static StoreUrl withPassword(StoreUrl url, String password) {
        String login = url.uri().getRawUserInfo();
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        return new StoreUrl(URI.create(url.reveal().replace("//" + login + "@", "//" + login + ":" + encoded + "@")));
    }
}
