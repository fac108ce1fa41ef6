package dev.slipway.local.router;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The load balancers of the account and the health of what they balance. */
interface Balancers {
    Optional<Balancer> named(String dnsName);

    /** The targets registered with a group, by its ARN. */
    List<Balancer.Target> targets(String group);

    /** The groups that a balancer of that full name sends to, each with its targets. */
    Map<String, List<Balancer.Target>> groupsOf(String fullName);
}
