package dev.slipway.compose.kubernetes;

import dev.slipway.compose.origin.Origin;
import dev.slipway.compose.origin.SecretKeeper;
import dev.slipway.compose.origin.ServiceOrigin;
import dev.slipway.compose.origin.Translation;
import dev.slipway.compose.origin.Tree;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.migration.Finding;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads manifests as the app that they describe: each container becomes a service, whatever leads to it a port or a route. */
public final class KubernetesReader {
    /** Kinds whose keys are read one by one; of others it is only said that they are there. */
    private static final Set<String> READ =
            Set.of("Ingress", "Service", "ConfigMap", "Secret", "PersistentVolumeClaim", "HorizontalPodAutoscaler");

    private static final String DEPLOYER = "argocd";

    private final Cluster cluster;
    private final SecretData secrets;
    private final Function<String, Optional<SecretTemplate>> outer;
    private final List<Finding> findings = new ArrayList<>();
    private final PodVolumes volumes;
    private final Scalings scalings;

    private KubernetesReader(
            List<Manifest> manifests, SecretKeeper keeper, Function<String, Optional<String>> variables) {
        this.cluster = Cluster.of(manifests);
        this.secrets = new SecretData(cluster, keeper);
        this.outer = name -> variables.apply(name).map(value -> secrets.template(name, value));
        this.volumes = new PodVolumes(cluster, this::found);
        this.scalings = new Scalings(cluster, this::found);
    }

    /** Whether the folder, or one of those in which manifests usually lie, holds any; or the file that is named. */
    public static boolean isOne(Path place) {
        return ManifestFiles.isOne(place);
    }

    /**
     * @param root the app's folder, from which files are named in what is said
     * @param place the folder of the manifests, or their file
     * @param variables of a shell and of {@code .env}, for Secrets that are in no manifest
     * @throws dev.slipway.migration.exception.InvalidSpec naming file, line and column
     */
    public static Translation read(
            Path root, Path place, SecretKeeper keeper, Function<String, Optional<String>> variables) {
        List<Manifest> manifests = ManifestFiles.read(root, place);
        KubernetesReader reader = new KubernetesReader(manifests, keeper, variables);
        String folder =
                Optional.ofNullable(root.getFileName()).map(Path::toString).orElse("");
        return reader.translation(folder, new Position(place.toString(), 0));
    }

    private Translation translation(String folder, Position at) {
        List<PodPart> parts = PodParts.of(cluster, this::found);
        if (parts.isEmpty()) {
            throw at.invalid("its manifests run nothing", "name the folder or the file of the app's Deployments");
        }
        Map<String, YamlNode> services = new LinkedHashMap<>();
        Map<String, ServiceOrigin> origins = new TreeMap<>();
        for (PodPart part : parts) {
            Optional<HealthCheck> health = Probes.of(part.container());
            services.put(part.name(), definition(part, parts, health));
            origins.put(part.name(), origin(part, health));
        }
        deployer(parts).map(Tree::new).ifPresent(written -> {
            services.put(DEPLOYER, written.mapping(Map.of("image", written.text("quay.io/argoproj/argocd"))));
            origins.put(
                    DEPLOYER,
                    new ServiceOrigin(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            DeclaredKeys.of(cluster.manifests().stream().filter(Kinds::isDelivery), Set.of())));
        });
        secrets.keepAll();
        Tree tree = new Tree(cluster.manifests().getFirst().at());
        Map<String, YamlNode> root = new LinkedHashMap<>();
        root.put("name", tree.text(name(folder)));
        root.put("services", tree.mapping(services));
        Map<String, YamlNode> named = new LinkedHashMap<>();
        volumes.named().forEach(volume -> named.put(volume, tree.mapping(Map.of())));
        if (!named.isEmpty()) {
            root.put("volumes", tree.mapping(named));
        }
        Origin origin =
                new Origin(Platform.KUBERNETES, IngressRoutes.of(cluster, parts, this::found), declared(), origins);
        cluster.manifests().stream()
                .flatMap(manifest -> Kinds.finding(manifest).stream())
                .forEach(this::found);
        return new Translation(
                tree.mapping(root), origin, findings.stream().distinct().toList());
    }

    /** Where it is said that Argo CD keeps the app, which then runs somewhere, if not by these manifests. */
    private Optional<Position> deployer(List<PodPart> parts) {
        boolean runs = parts.stream().anyMatch(part -> part.name().startsWith(DEPLOYER));
        return cluster.manifests().stream()
                .filter(Kinds::isDelivery)
                .map(Manifest::at)
                .findFirst()
                .filter(at -> !runs);
    }

    private YamlNode definition(PodPart part, List<PodPart> parts, Optional<HealthCheck> health) {
        ContainerEnvironment environment = new ContainerEnvironment(
                cluster, secrets, outer, part.workload().manifest(), part.name(), this::found);
        List<String> after = part.isMain() ? jobsBefore(part, parts) : List.of();
        return new ServiceDefinition(cluster, part).write(environment, volumes.of(part), health, after);
    }

    private static List<String> jobsBefore(PodPart main, List<PodPart> parts) {
        return parts.stream()
                .filter(part ->
                        part.workload().equals(main.workload()) && part.list().equals("initContainers"))
                .filter(part -> part.kind().filter(ServiceKind.JOB::equals).isPresent())
                .map(PodPart::name)
                .toList();
    }

    private ServiceOrigin origin(PodPart part, Optional<HealthCheck> health) {
        Workload workload = part.workload();
        Stream<Manifest> beside = Stream.of(
                        cluster.servicesOf(workload).stream(), scalings.manifest(workload).stream(), budgets(workload))
                .flatMap(stream -> stream);
        Map<String, SecretTemplate> declared = new TreeMap<>(DeclaredKeys.of(part, beside));
        if (part.isMain()) {
            List<String> names = hostNames(workload);
            if (!names.isEmpty()) {
                declared.put("Service.metadata.name", DeclaredKeys.names(names));
            }
            workload.timeZone()
                    .ifPresent(zone -> found(Finding.warning(
                            "service " + part.name(),
                            "runs by the clock of " + zone + ": set that at the schedule, which is UTC otherwise")));
        }
        return new ServiceOrigin(
                part.kind(),
                part.list().equals("containers") ? workload.crontab() : Optional.empty(),
                part.isMain() ? scalings.of(workload) : Optional.empty(),
                health.filter(check -> check.command().isEmpty()),
                declared);
    }

    private Stream<Manifest> budgets(Workload workload) {
        return cluster.ofKind("PodDisruptionBudget")
                .filter(budget -> Kinds.selects(budget, workload.labels()) && budget.isBeside(workload.manifest()));
    }

    /** Every name under which pods reach a workload: its services' names, with and without their namespace. */
    private List<String> hostNames(Workload workload) {
        List<String> names = new ArrayList<>();
        for (Manifest service : cluster.servicesOf(workload)) {
            List<String> own = new ArrayList<>(List.of(service.name()));
            if (workload.manifest().kind().equals("StatefulSet")) {
                for (int pod = 0; pod < Math.min(workload.replicas(), 9); pod++) {
                    own.add(workload.manifest().name() + "-" + pod + "." + service.name());
                }
            }
            String written = Stream.of(service.namespace(), workload.manifest().namespace(), onlyNamespace())
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("default");
            own.forEach(name -> names.addAll(List.of(
                    name,
                    name + "." + written,
                    name + "." + written + ".svc",
                    name + "." + written + ".svc.cluster.local")));
        }
        return names.stream().distinct().toList();
    }

    private Map<String, SecretTemplate> declared() {
        Set<Manifest> said = new HashSet<>();
        cluster.workloads().forEach(workload -> {
            said.add(workload.manifest());
            said.addAll(cluster.servicesOf(workload));
            scalings.manifest(workload).ifPresent(said::add);
            budgets(workload).forEach(said::add);
        });
        return DeclaredKeys.of(
                cluster.manifests().stream()
                        .filter(manifest -> !said.contains(manifest) && !Kinds.isDelivery(manifest)),
                READ);
    }

    /** The app is called after its namespace, where all of it lies in one. */
    private String name(String folder) {
        String namespace = onlyNamespace();
        return namespace.isEmpty() || namespace.equals("default") ? folder : namespace;
    }

    private String onlyNamespace() {
        List<String> namespaces = cluster.workloads().stream()
                .map(workload -> workload.manifest().namespace())
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
        return namespaces.size() == 1 ? namespaces.getFirst() : "";
    }

    private void found(Finding finding) {
        findings.add(finding);
    }
}
