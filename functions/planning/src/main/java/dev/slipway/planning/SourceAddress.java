package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.app.AppStore;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the workers reach a database or a cache of the source. */
record SourceAddress(String host, int port) {
    private static final Pattern SOURCE = Pattern.compile("[a-z]+://(?:[^@/]*@)?([^:/?${}]+)(?::(\\d+))?(?:[/?].*)?");

    /** Empty where nothing says it, or only a secret does. */
    static Optional<SourceAddress> of(AppStore store) {
        return store.source().flatMap(url -> {
            Matcher source = SOURCE.matcher(url.text());
            int standard = store.kind() == StoreKind.POSTGRES ? 5432 : 6379;
            return source.matches()
                    ? Optional.of(new SourceAddress(
                            source.group(1), source.group(2) == null ? standard : Integer.parseInt(source.group(2))))
                    : Optional.empty();
        });
    }
}
