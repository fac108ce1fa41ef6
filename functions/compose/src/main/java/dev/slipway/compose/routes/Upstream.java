package dev.slipway.compose.routes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that a proxy asks.
 *
 * @param path that takes the place of the matched one; empty where the request's own is kept
 */
record Upstream(String host, Optional<Integer> port, String path) {
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:(?:https?|h2c|grpcs?|wss?|tcp|dynamic)://)?([A-Za-z0-9_][A-Za-z0-9_.-]*)(?::(\\d{1,5}))?(/[^$]*)?");

    /** Reads {@code http://web:3000/}, {@code web:3000} or {@code web}; empty for sockets, variables and the like. */
    static Optional<Upstream> parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        return address.matches()
                ? Optional.of(new Upstream(
                        address.group(1),
                        Optional.ofNullable(address.group(2)).map(Integer::valueOf),
                        Optional.ofNullable(address.group(3)).orElse("")))
                : Optional.empty();
    }
}
