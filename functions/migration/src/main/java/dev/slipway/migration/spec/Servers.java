package dev.slipway.migration.spec;

import java.util.List;
import java.util.Optional;

/**
 * Servers that go on running the app's services behind the target's load balancer.
 *
 * @param existing those that are there: EC2 instances ({@code i-…}) or private addresses
 * @param image the AMI that further ones are made from
 * @param instance the type of further ones, e.g. {@code t3.micro}
 * @param count how many further ones there are
 */
public record Servers(List<String> existing, Optional<String> image, String instance, int count) {
    public static final Servers DEFAULT = new Servers(List.of(), Optional.empty(), "t3.micro", 0);

    public Servers {
        existing = List.copyOf(existing);
    }
}
