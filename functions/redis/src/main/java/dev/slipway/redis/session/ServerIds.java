package dev.slipway.redis.session;

import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What each process of a store calls itself as long as it runs; those that a server does not tell are missing. */
public record ServerIds(Set<String> ids) {
    /** As a service writes it that does not tell it is of zeros. */
    private static final Pattern ID = Pattern.compile("(?!0+$)[0-9a-f]{40}");

    public static ServerIds of(RedisStore store) {
        return new ServerIds(store.servers(0).stream()
                .map(server -> store.info(server, "server").getOrDefault("run_id", ""))
                .filter(id -> ID.matcher(id).matches())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether a process is of both, whatever its addresses. */
    public boolean shares(ServerIds other) {
        return !Collections.disjoint(ids, other.ids);
    }
}
