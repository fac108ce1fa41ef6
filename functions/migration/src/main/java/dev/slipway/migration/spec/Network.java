package dev.slipway.migration.spec;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * The network of a target.
 *
 * @param cidr of a network that is made, e.g. {@code 10.0.0.0/16}
 * @param nat empty: as the size says
 * @param existing a network that is there already; empty: one is made
 * @param clients who may reach the stores besides the services: security groups ({@code sg-…}) and address ranges
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Network(String cidr, Optional<Nat> nat, Optional<Existing> existing, List<String> clients) {
    public static final Network DEFAULT = new Network("10.0.0.0/16", Optional.empty(), Optional.empty(), List.of());

    public Network {
        clients = List.copyOf(clients);
    }

    /**
     * A network of the account's own.
     *
     * @param vpc its id
     * @param publicSubnets ids of two or more in different zones, for the load balancer
     * @param privateSubnets ids of two or more in different zones, for services and stores
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Existing(String vpc, List<String> publicSubnets, List<String> privateSubnets) {
        public Existing {
            publicSubnets = List.copyOf(publicSubnets);
            privateSubnets = List.copyOf(privateSubnets);
        }
    }
}
