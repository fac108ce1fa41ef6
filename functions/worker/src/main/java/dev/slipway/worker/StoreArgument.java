package dev.slipway.worker;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreUrl;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ITypeConverter;

/** Reads a store's URL from the command line; a password may also stand in {@code PGPASSWORD}. */
final class StoreArgument implements ITypeConverter<StoreUrl> {
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
        String password = settings.postgresPassword();
        boolean missing = url.kind() == StoreKind.POSTGRES
                && url.user().isPresent()
                && url.password().isEmpty();
        return missing && !password.isEmpty() ? withPassword(url, password) : url;
    }

    private static StoreUrl withPassword(StoreUrl url, String password) {
        String login = url.uri().getRawUserInfo();
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        return new StoreUrl(URI.create(url.reveal().replace("//" + login + "@", "//" + login + ":" + encoded + "@")));
    }
}
