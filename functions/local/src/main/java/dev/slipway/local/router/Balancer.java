package dev.slipway.local.router;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * An Application Load Balancer as the account describes it.
 *
 * @param fullName {@code app/<name>/<id>}
 */
record Balancer(String dnsName, String fullName, List<Listener> listeners) {

    record Listener(int port, List<Rule> rules) {}

    /** Rules are tried in the order of their priority; no patterns match everything. */
    record Rule(int priority, List<String> paths, List<String> hosts, Action action) {
        boolean matches(String host, String path) {
            return anyMatches(paths, path) && anyMatches(hosts, host);
        }

        private static boolean anyMatches(List<String> patterns, String text) {
            return patterns.isEmpty()
                    || patterns.stream()
                            .anyMatch(
                                    pattern -> expression(pattern).matcher(text).matches());
        }

        /** {@code *} is any text and {@code ?} any character. */
        private static Pattern expression(String pattern) {
            return Pattern.compile(
                    Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL);
        }
    }

    /** What a rule does. */
    sealed interface Action {
        /** Sends the request to one of the groups, by their weights. */
        record Forward(List<Group> groups) implements Action {}

        /** Answers without a target. */
        record Respond(int status, String body) implements Action {}

        /** Sends the visitor to another port. */
        record Redirect(int port) implements Action {}
    }

    record Group(String arn, int weight) {}

    /** A registered target: its address, port and state, e.g. {@code healthy}. */
    record Target(String address, int port, String state) {}

    Balancer {
        listeners = List.copyOf(listeners);
    }

    /** What becomes of a visit. A redirect is followed here, and TLS ends here: the visitors of this machine know neither. */
    Optional<Action> action(int port, String host, String path) {
        return rule(port, host, path)
                .flatMap(action -> action instanceof Action.Redirect redirect
                        ? rule(redirect.port(), host, path)
                        : Optional.of(action));
    }

    private Optional<Action> rule(int port, String host, String path) {
        return listeners.stream()
                .filter(listener -> listener.port == port)
                .flatMap(listener -> listener.rules.stream().sorted(Comparator.comparingInt(Rule::priority)))
                .filter(rule -> rule.matches(host, path))
                .map(Rule::action)
                .findFirst();
    }

    /** Of the healthy targets one at random; of the unhealthy ones where there is no other, because a balancer fails open. */
    static Optional<Target> draw(List<Target> targets, RandomGenerator random) {
        List<Target> healthy = inState(targets, "healthy");
        List<Target> usable = healthy.isEmpty() ? inState(targets, "unhealthy") : healthy;
        return usable.isEmpty() ? Optional.empty() : Optional.of(usable.get(random.nextInt(usable.size())));
    }

    static List<Target> inState(List<Target> targets, String state) {
        return targets.stream().filter(target -> target.state.equals(state)).toList();
    }
}
