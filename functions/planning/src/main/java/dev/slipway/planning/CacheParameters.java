package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a cache has to be told because ElastiCache's own answer is another one than Redis' or the source's. */
final class CacheParameters {
    static final String EVICTION = "maxmemory-policy";
    static final String NEVER = "noeviction";

    /** ElastiCache's own. */
    private static final String USUAL = "volatile-lru";

    private static final Pattern SAID =
            Pattern.compile("(?<![\\w-])-{0,2}maxmemory-policy[\\s=\"']+(?<policy>[a-z-]+)");

    private CacheParameters() {}

    /** A store that holds the only copy of something drops nothing when it is full; a cache does what the source did. */
    static Map<String, String> of(App app, AppStore store) {
        if (store.kind() != StoreKind.REDIS) {
            return Map.of();
        }
        return Map.of(
                EVICTION, store.role() == StoreRole.CACHE ? eviction(app, store).orElse(USUAL) : NEVER);
    }

    /** As the source's command or its variables say. */
    static Optional<String> eviction(App app, AppStore store) {
        return store.service().flatMap(app::service).stream()
                .flatMap(CacheParameters::words)
                .map(SAID::matcher)
                .flatMap(Matcher::results)
                .map(found -> found.group("policy"))
                .findFirst();
    }

    private static Stream<String> words(AppService service) {
        String command = String.join(
                " ", service.command().stream().map(SecretTemplate::text).toList());
        return Stream.concat(
                Stream.of(command), service.environment().values().stream().map(SecretTemplate::text));
    }
}
