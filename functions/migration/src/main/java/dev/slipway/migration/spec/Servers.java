package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Optional;

/**
 * Servers that go on running the app's services behind the target's load balancer.
 *
 * @param existing those that are there: EC2 instances ({@code i-…}) or private addresses
 * @param securityGroup theirs ({@code sg-…}): it lets the load balancer in, and further ones are in it, too; empty: a person lets it in
 * @param image the AMI that further ones are made from; empty: that of the launch template
 * @param launchTemplate what further ones are made by
 * @param instance the type of further ones, e.g. {@code t3.micro}; empty: {@link #instanceType()}
 * @param count how many further ones there are
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Servers(
        List<String> existing,
        Optional<String> securityGroup,
        Optional<String> image,
        Optional<LaunchTemplate> launchTemplate,
        Optional<String> instance,
        int count) {
    public static final Servers DEFAULT =
            new Servers(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

    private static final String USUAL_INSTANCE = "t3.micro";

    public Servers {
        existing = List.copyOf(existing);
    }

    /**
     * A launch template of the account's.
     *
     * @param id {@code lt-…}
     * @param version a number: CloudFormation takes neither the latest nor the default by name
     */
    public record LaunchTemplate(String id, int version) {}

    /** The type of further ones; empty: as their launch template says. */
    public Optional<String> instanceType() {
        return instance.or(() -> launchTemplate.isEmpty() ? Optional.of(USUAL_INSTANCE) : Optional.empty());
    }

    /** All of them. */
    public int size() {
        return existing.size() + count;
    }

    /** Whether the existing ones are told by their addresses. */
    @JsonIgnore
    public boolean isByAddress() {
        return !existing.isEmpty() && existing.stream().noneMatch(Servers::isInstance);
    }

    /** Whether that is an instance's id, and not an address. */
    public static boolean isInstance(String server) {
        return server.startsWith("i-");
    }
}
