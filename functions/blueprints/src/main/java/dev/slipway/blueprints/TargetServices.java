package dev.slipway.blueprints;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What runs: the cluster, the load balancer and the app's services. */
record TargetServices(TargetSpec spec) {

    void addTo(Template template) {
        template.add(Blueprint.named("cluster").place("", Map.of("App", spec.app(), "Vpc", TargetNetwork.VPC)));
        addSecrets(template);
        template.add(Blueprint.named("balancer")
                .place(
                        "",
                        Map.of(
                                "SecurityGroup",
                                TargetNetwork.LOAD_BALANCER,
                                "Subnets",
                                TargetNetwork.subnets("PublicSubnet")))
                .after("LoadBalancer", TargetNetwork.INTERNET));
        template.add(listener());
        addPorts(template);
        for (TargetSpec.Service service : spec.services()) {
            new TargetService(service, rulesOf(service)).addTo(template);
        }
    }

    private void addSecrets(Template template) {
        SortedSet<String> arns = new TreeSet<>();
        spec.services().forEach(service -> service.secrets().values().forEach(from -> arns.add(secretArn(from))));
        if (!arns.isEmpty()) {
            template.add(Blueprint.named("secrets")
                    .place("", Map.of("ExecutionRole", Intrinsic.ref("ExecutionRole"), "Secrets", List.copyOf(arns))));
        }
    }

    /** {@code ValueFrom} is the secret's ARN, which has seven parts, and then what to take of it. */
    private static String secretArn(String valueFrom) {
        List<String> parts = List.of(valueFrom.split(":", -1));
        return String.join(":", parts.subList(0, Math.min(7, parts.size())));
    }

    private Piece listener() {
        Object balancer = Intrinsic.ref("LoadBalancer");
        return spec.certificate()
                .map(certificate -> Blueprint.named("listener-https")
                        .place("", Map.of("LoadBalancer", balancer, "Certificate", certificate)))
                .orElseGet(() -> Blueprint.named("listener-http").place("", Map.of("LoadBalancer", balancer)));
    }

    /** One rule for a port, however many services listen on it: EC2 refuses a second one like it. */
    private void addPorts(Template template) {
        SortedMap<Integer, Boolean> ports = new TreeMap<>();
        for (TargetSpec.Service service : spec.services()) {
            service.port().ifPresent(port -> ports.merge(port, service.isPublic(), Boolean::logicalOr));
        }
        ports.forEach((port, isPublic) -> {
            template.add(access("Services" + port, TargetNetwork.SERVICES, port, "Services"));
            if (isPublic) {
                template.add(access("LoadBalancer" + port, TargetNetwork.LOAD_BALANCER, port, "Load balancer"));
            }
        });
    }

    private static Piece access(String prefix, Object source, int port, String who) {
        return Blueprint.named("access-group")
                .place(prefix, Map.of("Group", TargetNetwork.SERVICES, "Source", source, "Port", port, "Who", who));
    }

    private List<PathRule> rulesOf(TargetSpec.Service service) {
        return PathRule.of(spec.services()).stream()
                .filter(rule -> rule.service().equals(service))
                .toList();
    }
}
