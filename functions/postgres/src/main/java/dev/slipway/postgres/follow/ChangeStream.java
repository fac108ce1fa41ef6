package dev.slipway.postgres.follow;

import dev.slipway.migration.Sha256;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.session.PostgresSession;
import dev.slipway.postgres.session.Sql;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The way of the changes from one database to another: on the one a role, a publication and a slot, on the other a subscription, all
 * of one name. A subscription keeps its password in the catalog, so the role is made for this stream and goes with it.
 *
 * @param name differs for each direction, and is the same each time it is asked for
 */
record ChangeStream(StoreUrl from, StoreUrl to, String name) {
    private static final int LETTERS = 12;

    /** Where a network swallows what is sent, a server would wait for minutes. */
    private static final String CONNECT_SECONDS = "10";

    static ChangeStream of(StoreUrl from, StoreUrl to) {
        String ends = end(from) + " " + end(to);
        return new ChangeStream(
                from,
                to,
                "slipway_" + Sha256.hex(ends.getBytes(StandardCharsets.UTF_8)).substring(0, LETTERS));
    }

    /** The one that flows the other way. */
    ChangeStream back() {
        return of(to, from);
    }

    String quoted() {
        return Sql.identifier(name);
    }

    /**
     * How the server of the one end connects to the other as the stream's role.
     *
     * @param address of the other, where its name means nothing to the server
     */
    String connection(String password, Optional<String> address) {
        Map<String, String> parts = new TreeMap<>(Map.of(
                "host",
                from.host(),
                "port",
                Integer.toString(from.port(PostgresSession.DEFAULT_PORT)),
                "dbname",
                from.path(),
                "user",
                name,
                "password",
                password,
                "connect_timeout",
                CONNECT_SECONDS));
        address.ifPresent(known -> parts.put("hostaddr", known));
        from.parameter("sslmode").ifPresent(mode -> parts.put("sslmode", mode));
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "='"
                        + part.getValue().replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(" "));
    }

    private static String end(StoreUrl url) {
        return url.host() + ":" + url.port(PostgresSession.DEFAULT_PORT) + "/" + url.path();
    }
}
