package dev.slipway.blueprints;

import dev.slipway.migration.plan.PlannedService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A path that leads to a service.
 *
 * @param id of the rule, which stays the same when rules of other services come or go
 * @param host the name under which it is asked for; empty: any
 * @param priority the load balancer takes the first rule that fits, from the lowest
 */
record PathRule(PlannedService service, String id, String path, Optional<String> host, int priority) {
    private static final Comparator<PathRule> MOST_SPECIFIC_FIRST = Comparator.comparingInt(
                    (PathRule rule) -> literal(rule.path()))
            .thenComparing(rule -> rule.host().isPresent())
            .reversed();

    /** The longest literal beginning goes first, so that {@code /*} hides nothing; equal ones keep the plan's order. */
    static List<PathRule> of(List<PlannedService> services) {
        List<PathRule> rules = new ArrayList<>();
        for (PlannedService service :
                services.stream().filter(TargetSpec::isPublic).toList()) {
            for (String path : service.paths()) {
                rules.addAll(of(service, path));
            }
        }
        rules.sort(MOST_SPECIFIC_FIRST);
        return IntStream.range(0, rules.size())
                .mapToObj(index -> rules.get(index).at(index + 1))
                .toList();
    }

    /** One for each host: a rule may hold five values only. */
    private static List<PathRule> of(PlannedService service, String path) {
        String id = LogicalName.of(service.name()) + number(service, path);
        List<PathRule> rules = new ArrayList<>();
        for (String host : service.hosts()) {
            String number = rules.isEmpty() ? "" : "Host" + (rules.size() + 1);
            rules.add(new PathRule(service, id + number, path, Optional.of(host), 0));
        }
        return rules.isEmpty() ? List.of(new PathRule(service, id, path, Optional.empty(), 0)) : rules;
    }

    private static String number(PlannedService service, String path) {
        int index = service.paths().indexOf(path);
        return index == 0 ? "" : "Path" + (index + 1);
    }

    private PathRule at(int position) {
        return new PathRule(service, id, path, host, position);
    }

    private static int literal(String path) {
        return path.split("[*?]", 2)[0].length();
    }
}
