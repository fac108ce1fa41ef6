package dev.slipway.compose.model;

import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;

/** What a model runs, and where it stands. */
final class Workloads {
    static final List<String> KINDS = List.of("services", "jobs");

    /** Patterns of a service's places, and of a job's. */
    static final List<String> ALL = List.of("services.*", "jobs.*");

    /** The same with the containers that run before a service. */
    static final List<String> CONTAINERS = List.of("services.*", "jobs.*", "services.*.pre_start.*");

    private Workloads() {}

    static Mapping each(Mapping root, Trees.Change change) {
        Mapping result = root;
        for (String kind : KINDS) {
            Optional<Mapping> all = Trees.child(result, kind);
            if (all.isPresent()) {
                result = result.with(kind, Trees.entries(all.get(), TreePath.of(kind), change));
            }
        }
        return result;
    }
}
