package dev.slipway.blueprints;

import dev.slipway.migration.BucketSettings;
import dev.slipway.migration.StoreKind;
import dev.slipway.migration.StoreRole;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.exception.PlanBlocked;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.spec.Compute;
import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a target consists of.
 *
 * @param encryptedCache whether Redis is reached by TLS, without which ElastiCache has no users
 * @param certificate ARN of the load balancer's certificate; empty: HTTP only
 * @param workers who may reach the stores besides the services: security groups ({@code sg-…}) and address ranges
 */
public record TargetSpec(
        String app,
        String region,
        Size size,
        List<Store> stores,
        List<Service> services,
        boolean encryptedCache,
        Optional<String> certificate,
        List<String> workers) {
    public TargetSpec {
        stores = List.copyOf(stores);
        services = List.copyOf(services);
        workers = workers.stream().distinct().sorted().toList();
    }

    /**
     * A store.
     *
     * @param version of the engine; empty for a bucket
     * @param instance e.g. {@code db.t4g.micro}; empty for a bucket
     * @param storageGb of a database; 0 where it does not apply
     * @param database its name; empty where it does not apply
     * @param bucket what a bucket gets beside what every bucket has
     */
    public record Store(
            String name,
            StoreKind kind,
            String version,
            String instance,
            int storageGb,
            String database,
            BucketSettings bucket) {}

    /**
     * A service of the app.
     *
     * @param port that it listens on; empty for a worker
     * @param paths the path patterns that lead to it; none: not public
     * @param hosts the names under which those paths are asked for; none: any
     * @param command what overrides the image's own; empty: nothing
     * @param cpu units of 1/1024 processor
     * @param environment variables with their values
     * @param secrets variables with what ECS calls {@code ValueFrom}
     */
    public record Service(
            String name,
            String image,
            Optional<Integer> port,
            List<String> paths,
            List<String> hosts,
            String healthPath,
            List<String> command,
            int cpu,
            int memoryMib,
            SortedMap<String, String> environment,
            SortedMap<String, String> secrets) {
        public Service {
            paths = List.copyOf(paths);
            hosts = List.copyOf(hosts);
            command = List.copyOf(command);
            environment = new TreeMap<>(environment);
            secrets = new TreeMap<>(secrets);
        }

        boolean isPublic() {
            return port.isPresent() && !paths.isEmpty();
        }
    }

    /**
     * The target of a plan.
     *
     * @param plain the plain variables of a service
     * @param secrets the secret variables of a service, each with its {@code ValueFrom}
     */
    public static TargetSpec of(
            Plan plan,
            Function<String, Map<String, String>> plain,
            Function<String, Map<String, String>> secrets,
            boolean encryptedCache) {
        requireBlueprints(plan);
        return new TargetSpec(
                plan.app(),
                plan.target().region(),
                plan.target().size(),
                plan.stores().stream()
                        .filter(store -> store.role() != StoreRole.LEAVE)
                        .map(TargetSpec::store)
                        .toList(),
                plan.services().stream()
                        .map(service -> service(service, plain.apply(service.name()), secrets.apply(service.name())))
                        .toList(),
                encryptedCache,
                Optional.empty(),
                List.of());
    }

    /**
     * Refuses a plan that there are no blueprints for.
     *
     * @throws PlanBlocked naming what they lack
     */
    public static void requireBlueprints(Plan plan) {
        if (plan.target().compute() == Compute.EKS) {
            throw new PlanBlocked(
                    "run the migration of " + plan.app(),
                    "target.compute is 'eks', which this version plans and does not provision",
                    "write 'compute: fargate' or 'compute: none' in slipway.yaml and upload the app again");
        }
        plan.stores().stream()
                .filter(store -> store.target().contains("Aurora"))
                .findFirst()
                .ifPresent(store -> {
                    throw new PlanBlocked(
                            "run the migration of " + plan.app(),
                            "stores." + store.name()
                                    + ".target is 'aurora', which this version plans and does not provision",
                            "write 'target: rds' in slipway.yaml and upload the app again");
                });
    }

    /** The same with who else may reach the stores. */
    public TargetSpec withWorkers(List<String> groupsAndRanges) {
        return new TargetSpec(app, region, size, stores, services, encryptedCache, certificate, groupsAndRanges);
    }

    private static Store store(PlannedStore store) {
        return new Store(
                store.name(),
                store.kind(),
                store.targetVersion(),
                store.instance(),
                store.storageGb(),
                store.database(),
                store.bucket());
    }

    private static Service service(PlannedService service, Map<String, String> plain, Map<String, String> secrets) {
        return new Service(
                service.name(),
                service.image(),
                service.port(),
                service.paths(),
                service.hosts(),
                service.healthPath(),
                service.command().stream().map(part -> plain(service, part)).toList(),
                service.cpu(),
                service.memoryMib(),
                new TreeMap<>(plain),
                new TreeMap<>(secrets));
    }

    /** ECS delivers secrets to variables only, and a command is there for everybody to read. */
    private static String plain(PlannedService service, SecretTemplate part) {
        return part.plain()
                .orElseThrow(() -> new ProvisionFailed(
                        "write the command of the service " + service.name(),
                        "it holds a secret (" + part + ")",
                        "let it read the secret from its environment, and start again"));
    }
}
