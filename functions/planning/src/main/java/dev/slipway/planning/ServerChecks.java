package dev.slipway.planning;

import dev.slipway.migration.Finding;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Servers;
import dev.slipway.migration.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What stops a run whose target is a load balancer before servers, and what a person should know of one. */
final class ServerChecks {
    private static final String EXISTING = "target.servers.existing";

    /**
     * The only addresses that a target group takes:
     * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-type
     */
    private static final Pattern PRIVATE = Pattern.compile(
            "(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\." + "|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.).*");

    private final Spec spec;
    private final Servers servers;
    private final List<Finding> findings = new ArrayList<>();

    private ServerChecks(Spec spec) {
        this.spec = spec;
        this.servers = spec.target().servers();
    }

    static List<Finding> of(Spec spec, List<PlannedService> services, List<PlannedStore> stores) {
        if (!spec.target().isOnServers()) {
            return List.of();
        }
        ServerChecks checks = new ServerChecks(spec);
        checks.network();
        checks.existing();
        checks.further();
        checks.ports(services);
        checks.way(services);
        checks.stores(stores);
        return checks.findings;
    }

    private void network() {
        if (spec.target().network().existing().isEmpty()) {
            block(
                    "target.network",
                    "the servers stand in a network that nothing names: write 'vpc', 'public_subnets' and 'private_subnets' below"
                            + " target.network in slipway.yaml");
        }
    }

    private void existing() {
        if (servers.existing().isEmpty()) {
            block(EXISTING, "names no server: write the ids of EC2 instances (i-…), or their private addresses");
        }
        List<String> addresses = servers.existing().stream()
                .filter(server -> !Servers.isInstance(server))
                .toList();
        if (!addresses.isEmpty() && addresses.size() < servers.existing().size()) {
            block(
                    EXISTING,
                    "names instances and addresses, and a target group has one kind only: write all as ids, or all as addresses");
        }
        addresses.stream()
                .filter(address -> !PRIVATE.matcher(address).matches())
                .forEach(
                        address -> block(
                                EXISTING,
                                address
                                        + " is not private, and a target group takes no other: write the server's address in the VPC"));
        if (servers.existing().stream().distinct().count() < servers.existing().size()) {
            block(EXISTING, "names a server twice: write each once");
        }
    }

    private void further() {
        boolean said = servers.image().isPresent() || servers.launchTemplate().isPresent();
        if (servers.count() > 0 && !said) {
            block(
                    "target.servers.count",
                    "nothing says what further servers are made from: write 'image: ami-…' or 'launch_template: lt-…:1' beside it");
        }
    }

    private void ports(List<PlannedService> services) {
        if (services.isEmpty()) {
            block(
                    "target.compute",
                    "'servers' leads to what the app publishes, and it publishes no port: give a service one");
        }
        spec.traffic().paths().keySet().stream()
                .filter(name ->
                        services.stream().noneMatch(service -> service.name().equals(name)))
                .forEach(name -> block(
                        "traffic.paths", "names '" + name + "', which publishes no port on its server: give it one"));
    }

    private void way(List<PlannedService> services) {
        if (servers.securityGroup().isEmpty()) {
            String ports = String.join(
                    ", ",
                    services.stream()
                            .flatMap(service -> service.port().stream())
                            .map(String::valueOf)
                            .distinct()
                            .toList());
            warn(
                    "target.servers",
                    "nobody lets the load balancer in: name the servers' security group as 'security_group', or let the group of the"
                            + " stack's output LoadBalancerSecurityGroup reach port " + ports + " of each yourself");
        }
    }

    private void stores(List<PlannedStore> stores) {
        stores.stream()
                .filter(store -> store.role() != StoreRole.LEAVE)
                .forEach(
                        store -> warn(
                                "store " + store.name(),
                                "the servers keep their own variables: after the cutover they write to a source that is closed until somebody"
                                        + " gives them the new address. Move it in a stage of its own before, and write 'role: leave' here"));
    }

    private void block(String subject, String message) {
        findings.add(Finding.blocker(subject, message));
    }

    private void warn(String subject, String message) {
        findings.add(Finding.warning(subject, message));
    }
}
