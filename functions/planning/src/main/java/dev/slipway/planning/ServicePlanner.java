package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.spec.Size;
import dev.slipway.migration.spec.Spec;
import java.util.List;
import java.util.Optional;

/** Plans how the app's own services and jobs run. */
final class ServicePlanner {
    /** The product of jobs that the target does not need: it makes its buckets itself. */
    private static final String MAKES_BUCKETS = "minio-client";

    private static final String HEALTH_PATH = "/health";
    private static final double CPUS = 0.25;
    private static final int MEMORY_MIB = 512;
    /** What the guides ask for. */
    private static final Scaling SCALING = new Scaling(2, 10, 70);

    private ServicePlanner() {}

    static List<PlannedService> services(App app, Spec spec, ServiceAccess access) {
        if (spec.target().isOnServers()) {
            return ServerEntries.of(app, spec);
        }
        PublicPaths paths = PublicPaths.of(app, spec);
        return planned(app, spec, ServiceKind.APP).stream()
                .map(service -> service(app, spec, service, paths, access))
                .toList();
    }

    static List<PlannedJob> jobs(App app, Spec spec, ServiceAccess access) {
        return planned(app, spec, ServiceKind.JOB).stream()
                .filter(job -> job.product().filter(MAKES_BUCKETS::equals).isEmpty())
                .map(job -> job(app, job, access))
                .toList();
    }

    private static List<AppService> planned(App app, Spec spec, ServiceKind kind) {
        return switch (spec.target().compute()) {
            case FARGATE, EKS -> app.services(kind);
            case SERVERS, NONE -> List.of();
        };
    }

    private static PlannedService service(
            App app, Spec spec, AppService service, PublicPaths paths, ServiceAccess access) {
        FargateSize size = size(service);
        int tasks = Sizing.tasks(spec.target().size(), service.replicas());
        Optional<Scaling> scaling = scaling(spec.target().size(), service, tasks);
        return new PlannedService(
                service.name(),
                image(app, service),
                service.built(),
                paths.port(service).or(() -> port(service)),
                paths.of(service),
                paths.hosts(service),
                healthPath(service),
                service.health(),
                service.command(),
                service.container(),
                size.cpu(),
                size.memoryMib(),
                scaling.map(Scaling::least).map(least -> Math.max(least, tasks)).orElse(tasks),
                scaling,
                Workers.maySpareTasks(service, spec.target().size(), paths.of(service)),
                access.of(service));
    }

    private static PlannedJob job(App app, AppService job, ServiceAccess access) {
        FargateSize size = size(job);
        return new PlannedJob(
                job.name(),
                image(app, job),
                job.built(),
                job.command(),
                job.container(),
                size.cpu(),
                size.memoryMib(),
                job.schedule(),
                access.of(job));
    }

    static FargateSize size(AppService service) {
        return FargateSize.atLeast(
                service.cpus().orElse(CPUS), service.memoryMiB().orElse(MEMORY_MIB));
    }

    /** What the load balancer asks for. */
    static String healthPath(AppService service) {
        return service.health().flatMap(HealthCheck::path).orElse(HEALTH_PATH);
    }

    static String image(App app, AppService service) {
        return service.image().orElse(app.name() + "/" + service.name() + ":latest");
    }

    /** As the app's files say; otherwise as the guides ask, but for a proof of concept, whose number of tasks stays. */
    private static Optional<Scaling> scaling(Size size, AppService service, int tasks) {
        return service.scaling()
                .or(() -> size == Size.POC
                        ? Optional.empty()
                        : Optional.of(new Scaling(
                                Math.max(SCALING.least(), tasks),
                                Math.max(SCALING.most(), tasks),
                                SCALING.cpuPercent())));
    }

    /** The port that the load balancer talks to: the first published one, otherwise the first. */
    static Optional<Integer> port(AppService service) {
        List<Port> tcp = service.ports().stream()
                .filter(port -> port.protocol().equals("tcp"))
                .toList();
        return tcp.stream()
                .filter(port -> port.published().isPresent())
                .findFirst()
                .or(() -> tcp.stream().findFirst())
                .map(Port::container);
    }
}
