package dev.slipway.compose.routes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One alternative of a router's rule, such as {@code Host(`a`) && PathPrefix(`/b`)}.
 *
 * @param hosts empty: any
 * @param paths as the load balancer's rules write them; empty: all
 */
record TraefikRule(List<String> hosts, List<String> paths) {
    private static final Pattern CALL = Pattern.compile("([A-Za-z]+)\\(([^()]*)\\)");

    /**
     * The alternatives of a rule; empty where it asks for something that a load balancer's rules do not.
     *
     * @see <a href="https://doc.traefik.io/traefik/routing/routers/#rule">rules</a>
     */
    static Optional<List<TraefikRule>> parse(String rule) {
        try {
            return new Parser(rule).any();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private TraefikRule and(TraefikRule other) {
        return new TraefikRule(hosts.isEmpty() ? other.hosts : hosts, paths.isEmpty() ? other.paths : paths);
    }

    /** Reads {@code ||}, {@code &&} and parentheses. */
    private static final class Parser {
        private static final int DEEPEST = 20;
        private final String text;
        private int at;
        private int depth;

        Parser(String rule) {
            this.text = rule.replace("\"", "`").replace("'", "`").strip();
        }

        Optional<List<TraefikRule>> any() {
            List<TraefikRule> rules = either();
            return at < text.length() ? Optional.empty() : Optional.of(rules);
        }

        private List<TraefikRule> either() {
            List<TraefikRule> rules = new ArrayList<>(both());
            while (skip("||")) {
                rules.addAll(both());
            }
            return rules;
        }

        private List<TraefikRule> both() {
            List<TraefikRule> rules = one();
            while (skip("&&") || skip(";")) {
                List<TraefikRule> others = one();
                rules = rules.stream()
                        .flatMap(rule -> others.stream().map(rule::and))
                        .toList();
            }
            return rules;
        }

        private List<TraefikRule> one() {
            if (skip("(")) {
                depth++;
                if (depth > DEEPEST) {
                    throw new IllegalArgumentException();
                }
                List<TraefikRule> inner = either();
                if (!skip(")")) {
                    throw new IllegalArgumentException();
                }
                return inner;
            }
            Matcher call = CALL.matcher(text).region(at, text.length());
            if (!call.lookingAt()) {
                throw new IllegalArgumentException();
            }
            at = call.end();
            return List.of(rule(call.group(1), arguments(call.group(2))));
        }

        private static List<String> arguments(String text) {
            return Arrays.stream(text.split("[`,\\s]+", -1))
                    .filter(argument -> !argument.isEmpty())
                    .toList();
        }

        private static TraefikRule rule(String name, List<String> arguments) {
            return switch (name) {
                case "Host" -> new TraefikRule(arguments, List.of());
                case "PathPrefix" ->
                    new TraefikRule(
                            List.of(), arguments.stream().map(PathRules::prefix).toList());
                case "Path" -> new TraefikRule(List.of(), arguments);
                default -> throw new IllegalArgumentException();
            };
        }

        private boolean skip(String sign) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            boolean found = text.startsWith(sign, at);
            at += found ? sign.length() : 0;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return found;
        }
    }

    Stream<String> pathsOrAll() {
        return paths.isEmpty() ? Stream.of("/*") : paths.stream();
    }
}
