package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a URL may say behind its question mark: a misspelt word would be a copy of other databases than was meant. */
final class Parameters {
    private static final List<String> KNOWN = List.of("ca", "db", "map", "read");

    private Parameters() {}

    /** @throws InvalidInput if there is another, or one without sense */
    static void require(StoreUrl url) {
        String query = Optional.ofNullable(url.uri().getRawQuery()).orElse("");
        Optional<String> unknown = Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2)[0])
                .filter(name -> !name.isEmpty() && !KNOWN.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw new InvalidInput(
                    // Without the URL: a parameter, too, may be a password.
                    "read the URL of a Redis",
                    "its parameter '" + unknown.get() + "' is none that is known",
                    "leave it out; known are " + String.join(", ", KNOWN));
        }
        if (url.parameter("db").filter(value -> !value.equals("only")).isPresent()) {
            throw new InvalidInput(
                    "read " + url,
                    "there is nothing but ?db=only",
                    "name the one database as redis://host:port/3?db=only");
        }
    }
}
