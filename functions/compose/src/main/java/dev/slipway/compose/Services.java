package dev.slipway.compose;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Port;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes single things of a service. */
final class Services {
    private static final int CPU_PERCENT = 70;

    private Services() {}

    static AppService withKind(AppService of, ServiceKind kind) {
        return copy(of, of.name(), kind, of.image(), of.ports(), of.command(), of.schedule(), of.scaling());
    }

    static AppService withImage(AppService of, String image) {
        return copy(
                of, of.name(), of.kind(), Optional.of(image), of.ports(), of.command(), of.schedule(), of.scaling());
    }

    /** One that listens on a port which its own definition leaves out. */
    static AppService withPort(AppService of, int port) {
        List<Port> ports = new ArrayList<>(of.ports());
        ports.add(new Port(port, Optional.empty(), "tcp"));
        return copy(of, of.name(), of.kind(), of.image(), ports, of.command(), of.schedule(), of.scaling());
    }

    /** One that may run only once. */
    static AppService single(AppService of) {
        return copy(
                of,
                of.name(),
                of.kind(),
                of.image(),
                of.ports(),
                of.command(),
                of.schedule(),
                Optional.of(new Scaling(1, 1, CPU_PERCENT)));
    }

    static AppService job(AppService of, String name, List<SecretTemplate> command, String schedule) {
        return copy(of, name, ServiceKind.JOB, of.image(), List.of(), command, Optional.of(schedule), Optional.empty());
    }

    private static AppService copy(
            AppService of,
            String name,
            ServiceKind kind,
            Optional<String> image,
            List<Port> ports,
            List<SecretTemplate> command,
            Optional<String> schedule,
            Optional<Scaling> scaling) {
        return new AppService(
                name,
                kind,
                of.product(),
                image,
                ports,
                of.environment(),
                command,
                of.container(),
                of.health(),
                schedule,
                scaling,
                of.cpus(),
                of.memoryMiB(),
                of.replicas(),
                of.dependsOn(),
                of.volumes(),
                of.declared());
    }
}
