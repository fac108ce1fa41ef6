package dev.slipway.blueprints;

import dev.slipway.migration.app.ContainerOptions;
import dev.slipway.migration.app.ContainerOptions.Temporary;
import dev.slipway.migration.app.HealthCheck;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.exception.ProvisionFailed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What the app's files say of a container, as a task definition has it, as far as Fargate goes. */
record ContainerDefinition(TargetTask task, ServiceEnvironment environment) {
    private static final int LONGEST_STOP_SECONDS = 120;

    /** Those of a task's own network and of its own queues and shared memory. */
    private static final Pattern CONTROLS = Pattern.compile("net\\..+|kernel\\.(?:msg|sem|shm).*|fs\\.mqueue\\..+");

    private static final Set<String> MOUNT_OPTIONS = Set.of(
            "defaults", "ro", "rw", "suid", "nosuid", "dev", "nodev", "exec", "noexec", "sync", "async", "noatime");

    /** Adds to a task, placed already. */
    void fillIn(Piece piece) {
        Object containers = piece.properties("TaskDefinition").get("ContainerDefinitions");
        Map<String, Object> container = Blueprint.mapping(containers instanceof List<?> list ? list.getFirst() : null);
        task.port().ifPresent(port -> container.put("PortMappings", List.of(port(port))));
        putWords(container, "EntryPoint", task.options().entrypoint());
        putWords(container, "Command", task.command());
        putOptions(container);
        putLinux(Blueprint.mapping(container.get("LinuxParameters")));
        task.health()
                .filter(check -> !check.command().isEmpty())
                .ifPresent(check -> container.put("HealthCheck", health(check)));
        putVariables(container);
        if (task.options().architecture().filter("arm64"::equals).isPresent()) {
            piece.with(
                    "TaskDefinition",
                    "RuntimePlatform",
                    Intrinsic.ordered("CpuArchitecture", "ARM64", "OperatingSystemFamily", "LINUX"));
        }
    }

    private Map<String, Object> port(int port) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("ContainerPort", port);
        String name = task.options().portNames().getOrDefault(port, "").toLowerCase(Locale.ROOT);
        if (name.matches("[a-z0-9_][a-z0-9_-]{0,63}")) {
            mapping.put("Name", name);
        }
        return mapping;
    }

    private void putOptions(Map<String, Object> container) {
        ContainerOptions options = task.options();
        options.workingDirectory().ifPresent(path -> container.put("WorkingDirectory", path));
        options.user().ifPresent(user -> container.put("User", user));
        if (options.readOnly()) {
            container.put("ReadonlyRootFilesystem", true);
        }
        options.stopSeconds()
                .ifPresent(seconds -> container.put("StopTimeout", Math.min(seconds, LONGEST_STOP_SECONDS)));
        options.openFiles().ifPresent(limit -> {
            Map<String, Object> files = Intrinsic.ordered("Name", "nofile", "SoftLimit", limit.soft());
            files.put("HardLimit", limit.hard());
            container.put("Ulimits", List.of(files));
        });
        List<Object> controls = new ArrayList<>();
        options.controls().forEach((name, value) -> {
            if (CONTROLS.matcher(name).matches()) {
                controls.add(Intrinsic.ordered("Namespace", name, "Value", value));
            }
        });
        put(container, "SystemControls", controls);
    }

    private void putLinux(Map<String, Object> parameters) {
        ContainerOptions options = task.options();
        Map<String, Object> capabilities = new LinkedHashMap<>();
        put(capabilities, "Drop", options.dropped());
        put(capabilities, "Add", options.traces() ? List.of("SYS_PTRACE") : List.of());
        if (!capabilities.isEmpty()) {
            parameters.put("Capabilities", capabilities);
        }
        put(
                parameters,
                "Tmpfs",
                options.temporary().stream().map(this::temporary).toList());
    }

    /** Half of the memory where nobody said, as Linux does. */
    private Map<String, Object> temporary(Temporary folder) {
        Map<String, Object> mount = Intrinsic.ordered(
                "ContainerPath", folder.path(), "Size", folder.sizeMib().orElse(task.memoryMib() / 2));
        put(
                mount,
                "MountOptions",
                folder.options().stream().filter(MOUNT_OPTIONS::contains).toList());
        return mount;
    }

    /** The bounds are those of ECS. */
    private Map<String, Object> health(HealthCheck check) {
        Map<String, Object> health = Intrinsic.ordered(
                "Command", words(check.command()), "Interval", Math.clamp(check.intervalSeconds(), 5, 300));
        health.put("Timeout", Math.clamp(check.timeoutSeconds(), 2, 60));
        health.put("Retries", Math.clamp(check.retries(), 1, 10));
        health.put("StartPeriod", Math.clamp(check.startSeconds(), 0, 300));
        return health;
    }

    private void putVariables(Map<String, Object> container) {
        List<Object> plain = new ArrayList<>();
        environment
                .plain(task.name())
                .forEach((name, value) -> plain.add(Intrinsic.ordered("Name", name, "Value", value)));
        put(container, "Environment", plain);
        List<Object> secrets = new ArrayList<>();
        addReferences(secrets, environment.secret(task.name()), key -> "${AppSecret}:" + key + "::");
        addReferences(secrets, environment.parameter(task.name()), TargetParameters::reference);
        put(container, "Secrets", secrets);
    }

    private static void addReferences(
            List<Object> secrets, Map<String, String> variables, Function<String, String> reference) {
        variables.forEach((name, key) -> secrets.add(
                Intrinsic.ordered("Name", name, "ValueFrom", Intrinsic.function(Intrinsic.SUB, reference.apply(key)))));
    }

    private void putWords(Map<String, Object> container, String property, List<SecretTemplate> line) {
        put(container, property, words(line));
    }

    /** ECS delivers secrets to variables only, and a command is there for everybody to read. */
    private List<Object> words(List<SecretTemplate> line) {
        return line.stream()
                .<Object>map(part -> part.plain()
                        .orElseThrow(() -> new ProvisionFailed(
                                "write the command of the service " + task.name(),
                                "it holds a secret (" + part + ")",
                                "let it read the secret from its environment, and start again")))
                .toList();
    }

    private static void put(Map<String, Object> owner, String property, List<?> values) {
        if (!values.isEmpty()) {
            owner.put(property, values);
        }
    }
}
