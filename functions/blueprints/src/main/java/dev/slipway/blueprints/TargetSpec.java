package dev.slipway.blueprints;

import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Protection;
import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a target is made from.
 *
 * @param encryptedCache whether Redis is reached by TLS, without which ElastiCache has no users
 * @param hostedZone id of the account's zone in which the certificate of the traffic's record is validated; {@link #SAID_LATER};
 *     empty: none is made, so without a certificate of its own the load balancer answers HTTP only
 * @param present what the account has already of what watches over it, and not by this target
 * @param mailKnown whether the account's Amazon SES knows the domain of the app's mail already, and not by this target
 * @param settled whether the stores have turned, so that no service runs twice any more
 * @param edge what the stack at the edge tells of itself, by its outputs; what it does not, whoever deploys the template says
 */
public record TargetSpec(
        Plan plan,
        boolean encryptedCache,
        Optional<String> hostedZone,
        Set<Protection> present,
        boolean mailKnown,
        boolean settled,
        Map<String, String> edge) {
    /** In place of a zone's id: whoever deploys the template says it, by the parameter {@code HostedZoneId}. */
    public static final String SAID_LATER = "";

    public TargetSpec {
        present = Set.copyOf(present);
        edge = Map.copyOf(edge);
    }

    /** A target in an account of which nothing is known. */
    public TargetSpec(Plan plan, boolean encryptedCache) {
        this(plan, encryptedCache, Optional.empty(), Set.of(), false, false, Map.of());
    }

    public TargetSpec withHostedZone(String id) {
        return new TargetSpec(plan, encryptedCache, Optional.of(id), present, mailKnown, settled, edge);
    }

    public TargetSpec withPresent(Set<Protection> already) {
        return new TargetSpec(plan, encryptedCache, hostedZone, already, mailKnown, settled, edge);
    }

    public TargetSpec withMailKnown(boolean already) {
        return new TargetSpec(plan, encryptedCache, hostedZone, present, already, settled, edge);
    }

    public TargetSpec withEdge(Map<String, String> outputs) {
        return new TargetSpec(plan, encryptedCache, hostedZone, present, mailKnown, settled, outputs);
    }

    /** The same without the services that use the stores of the source. */
    public TargetSpec withoutForerunners() {
        return new TargetSpec(plan, encryptedCache, hostedZone, present, mailKnown, true, edge);
    }

    /** Whether the target needs the zone of the traffic's record, which the account must have then. */
    public boolean needsHostedZone() {
        return asksFor("AWS::CertificateManager::Certificate")
                || TargetMail.isInZone(this)
                || plan.stores().stream()
                        .anyMatch(store ->
                                store.hasCdn() && store.options().cdnHost().isPresent());
    }

    /** The domain that the app's mail comes from, where the target makes it known to Amazon SES. */
    public Optional<String> mailDomain() {
        return plan.traffic().zone().filter(any -> TargetMail.isInZone(this));
    }

    /** Those that are moved. */
    List<PlannedStore> stores() {
        return plan.stores().stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .toList();
    }

    List<PlannedService> services() {
        return plan.services();
    }

    /** Those that have a forerunner beside them. */
    List<PlannedService> doubled() {
        return settled ? List.of() : plan.doubled();
    }

    /** Whether the load balancer leads to it. */
    static boolean isPublic(PlannedService service) {
        return service.port().isPresent() && !service.paths().isEmpty();
    }

    boolean isOnCluster() {
        return plan.target().compute() == Compute.EKS;
    }

    boolean isOnServers() {
        return plan.target().isOnServers();
    }

    boolean isPoc() {
        return plan.target().size() == Size.POC;
    }

    /** Whether the plan asks for a resource of that CloudFormation type. */
    boolean asksFor(String type) {
        return plan.resources().stream().anyMatch(resource -> resource.type().equals(type));
    }
}
