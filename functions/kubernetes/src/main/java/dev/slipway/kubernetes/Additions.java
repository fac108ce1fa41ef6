package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the target needs beside the app's own manifests. */
record Additions(Plan plan, List<Manifest> kept) {
    /** The user and the account of experiments, as the target's stack knows them. */
    private static final String EXPERIMENTS = "slipway-experiments";

    private static final String RBAC = "rbac.authorization.k8s.io";

    List<Manifest> all() {
        List<Manifest> added = new ArrayList<>();
        added.add(Manifest.of("v1", "Namespace", plan.app()));
        kept.stream()
                .filter(manifest -> manifest.template().isPresent())
                .map(Manifest::name)
                .distinct()
                .forEach(name -> added.add(Manifest.of("v1", "ServiceAccount", name)));
        added.addAll(secrets());
        plan.services().forEach(service -> binding(service).ifPresent(added::add));
        if (plan.resources().stream().anyMatch(resource -> resource.type().equals("AWS::FIS::ExperimentTemplate"))) {
            added.addAll(experiments());
        }
        return added;
    }

    /** One for each service, with references in the place of values. */
    private List<Manifest> secrets() {
        Map<String, ObjectNode> secrets = new LinkedHashMap<>();
        List<Manifest> manifests = new ArrayList<>();
        for (PlannedVariable variable : plan.environment()) {
            variable.delivered()
                    .filter(key -> variable.to().isPresent())
                    .ifPresent(key -> secrets.computeIfAbsent(variable.service(), service -> {
                                Manifest secret = Manifest.of("v1", "Secret", WorkloadChange.secret(service));
                                secret.node().put("type", "Opaque");
                                manifests.add(secret);
                                return secret.node().putObject("stringData");
                            })
                            .put(
                                    variable.name(),
                                    SecretTemplate.reference(ChangedManifests.SECRET + key)
                                            .text()));
        }
        return manifests;
    }

    /** The name of a store's server leads to the store on the target, for what asks for it by another way than a variable. */
    static Manifest alias(Manifest service, PlannedStore store) {
        Manifest alias = Manifest.of("v1", "Service", service.name());
        alias.spec().put("type", "ExternalName").put("externalName", StackOutput.of(store.name(), "Host"));
        return alias;
    }

    /** Registers a public service's pods with its target group, which the stack has made. */
    private Optional<Manifest> binding(PlannedService planned) {
        if (planned.paths().isEmpty() || planned.port().isEmpty()) {
            return Optional.empty();
        }
        return kept.stream()
                .filter(manifest -> manifest.name().equals(planned.name())
                        && manifest.template().isPresent())
                .findFirst()
                .flatMap(workload -> service(workload, planned.port().get()).map(service -> {
                    Manifest binding = Manifest.of("eks.amazonaws.com/v1", "TargetGroupBinding", planned.name());
                    ObjectNode spec = binding.spec();
                    spec.put("targetGroupARN", StackOutput.of(planned.name(), "TargetGroupArn"));
                    spec.put("targetType", "ip");
                    ObjectNode reference = spec.putObject("serviceRef");
                    reference.put("name", service.manifest().name());
                    reference.put("port", service.port());
                    return binding;
                }));
    }

    private record ServicePort(Manifest manifest, int port) {}

    private Optional<ServicePort> service(Manifest workload, int containerPort) {
        for (Manifest service : kept) {
            if (service.is("Service") && selects(service, workload)) {
                for (JsonNode port : service.spec().path("ports")) {
                    if (target(workload, port) == containerPort) {
                        return Optional.of(
                                new ServicePort(service, port.path("port").asInt()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean selects(Manifest service, Manifest workload) {
        Map<String, String> selector = Manifest.texts(service.spec().path("selector"));
        return !selector.isEmpty() && workload.podLabels().entrySet().containsAll(selector.entrySet());
    }

    private static int target(Manifest workload, JsonNode port) {
        JsonNode target = port.path("targetPort");
        if (target.isMissingNode()) {
            return port.path("port").asInt();
        }
        if (target.canConvertToInt()) {
            return target.asInt();
        }
        return workload.containers().stream()
                .flatMap(container -> container.path("ports").valueStream())
                .filter(each -> each.path("name").asText().equals(target.asText()))
                .map(each -> each.path("containerPort").asInt())
                .findFirst()
                .orElse(0);
    }

    /** What AWS Fault Injection Service asks for (https://docs.aws.amazon.com/fis/latest/userguide/eks-pod-actions.html). */
    private static List<Manifest> experiments() {
        Manifest role = Manifest.of(RBAC + "/v1", "Role", EXPERIMENTS);
        ArrayNode rules = role.node().putArray("rules");
        rule(rules, "", "configmaps", "get", "create", "patch", "delete");
        rule(rules, "", "pods", "create", "list", "get", "delete", "deletecollection");
        rule(rules, "", "pods/ephemeralcontainers", "update");
        rule(rules, "", "pods/exec", "create");
        rule(rules, "apps", "deployments", "get");
        Manifest binding = Manifest.of(RBAC + "/v1", "RoleBinding", EXPERIMENTS);
        binding.node()
                .putObject("roleRef")
                .put("apiGroup", RBAC)
                .put("kind", "Role")
                .put("name", EXPERIMENTS);
        ArrayNode subjects = binding.node().putArray("subjects");
        subjects.addObject().put("kind", "ServiceAccount").put("name", EXPERIMENTS);
        subjects.addObject().put("apiGroup", RBAC).put("kind", "User").put("name", EXPERIMENTS);
        return List.of(Manifest.of("v1", "ServiceAccount", EXPERIMENTS), role, binding);
    }

    private static void rule(ArrayNode rules, String group, String resource, String... verbs) {
        ObjectNode rule = rules.addObject();
        rule.putArray("apiGroups").add(group);
        rule.putArray("resources").add(resource);
        ArrayNode allowed = rule.putArray("verbs");
        List.of(verbs).forEach(allowed::add);
    }
}
