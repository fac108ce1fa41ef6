package dev.slipway.migration.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a container runs, beside its command and its environment.
 *
 * @param entrypoint what overrides the image's own; empty: nothing
 * @param workingDirectory where its command runs; empty: the image's
 * @param user as {@code USER[:GROUP]}; empty: the image's
 * @param readOnly whether its root file system is
 * @param stopSeconds from SIGTERM until it is killed; empty: as the platform says
 * @param openFiles how many it may open; empty: as the platform says
 * @param dropped capabilities that it has not, without {@code CAP_}
 * @param traces whether it may trace other processes ({@code SYS_PTRACE})
 * @param controls of the kernel ({@code sysctl}) by name
 * @param temporary folders in memory
 * @param architecture of its processor, {@code arm64} or {@code amd64}; empty: as the platform says
 * @param portNames how the mappings of its ports are called, where they are
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ContainerOptions(
        List<SecretTemplate> entrypoint,
        Optional<String> workingDirectory,
        Optional<String> user,
        boolean readOnly,
        Optional<Integer> stopSeconds,
        Optional<OpenFiles> openFiles,
        List<String> dropped,
        boolean traces,
        Map<String, String> controls,
        List<Temporary> temporary,
        Optional<String> architecture,
        Map<Integer, String> portNames) {
    public static final ContainerOptions NONE = new ContainerOptions(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            Map.of(),
            List.of(),
            Optional.empty(),
            Map.of());

    public ContainerOptions {
        entrypoint = List.copyOf(entrypoint);
        dropped = List.copyOf(dropped);
        controls = Collections.unmodifiableMap(new TreeMap<>(controls));
        temporary = List.copyOf(temporary);
        portNames = Collections.unmodifiableMap(new TreeMap<>(portNames));
    }

    /** The number of open files that a process may raise itself to, and what it begins with. */
    public record OpenFiles(int soft, int hard) {}

    /**
     * A folder in memory.
     *
     * @param path in the container
     * @param sizeMib empty: nobody said
     * @param options as {@code mount} has them, e.g. {@code noexec}
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Temporary(String path, Optional<Integer> sizeMib, List<String> options) {
        public Temporary {
            options = List.copyOf(options);
        }
    }
}
