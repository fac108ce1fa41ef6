package dev.slipway.migration.plan;

import java.util.List;

/**
 * Whom a service talks to, by what its variables and its files say.
 *
 * @param services that it asks
 * @param stores that it reads
 * @param writes those of the stores that it writes, too
 * @param sends what it hands to people outside
 */
public record PlannedAccess(List<String> services, List<String> stores, List<String> writes, List<Sending> sends) {
    public PlannedAccess {
        services = List.copyOf(services);
        stores = List.copyOf(stores);
        writes = List.copyOf(writes);
        sends = List.copyOf(sends);
    }
}
