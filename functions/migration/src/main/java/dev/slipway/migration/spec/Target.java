package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * Where the app goes.
 *
 * @param region of AWS
 * @param compute what runs its services
 * @param monthlyLimitUsd above which somebody is told
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Target(
        String region,
        Size size,
        Compute compute,
        Network network,
        Images images,
        Servers servers,
        List<Protection> protection,
        Optional<Integer> monthlyLimitUsd) {
    public static final Target DEFAULT = new Target(
            "us-east-1",
            Size.POC,
            Compute.FARGATE,
            Network.DEFAULT,
            Images.ECR,
            Servers.DEFAULT,
            List.of(),
            Optional.empty());

    public Target {
        protection = List.copyOf(protection);
    }

    /** The way out of the network's private subnets: as said, otherwise one for a proof of concept and one in each zone. */
    public Nat nat() {
        return network.nat().orElse(size == Size.POC ? Nat.ONE : Nat.EACH);
    }

    /** Whether the servers of today go on running the services. */
    @JsonIgnore
    public boolean isOnServers() {
        return compute == Compute.SERVERS;
    }

    /** The same in another size. */
    public Target withSize(Size other) {
        return new Target(region, other, compute, network, images, servers, protection, monthlyLimitUsd);
    }

    /** The same with its services run by something else. */
    public Target withCompute(Compute other) {
        return new Target(region, size, other, network, images, servers, protection, monthlyLimitUsd);
    }
}
