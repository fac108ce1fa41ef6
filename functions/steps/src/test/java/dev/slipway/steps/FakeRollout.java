package dev.slipway.steps;

import dev.slipway.kubernetes.ChangedManifests;
import dev.slipway.kubernetes.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster that does what it is told at once, and remembers it. */
final class FakeRollout implements Rollout {
    private final List<String> told = new ArrayList<>();
    private Map<String, String> values = Map.of();
    private Optional<String> job = Optional.empty();
    private List<String> awaited = List.of();
    private Removal removal = new Removal(List.of(), Map.of());

    /** For a target that has no cluster. */
    static Rollouts none() {
        return (target, app) -> {
            throw new AssertionError("nobody has to ask the cluster of " + app);
        };
    }

    Rollouts anywhere() {
        return (target, app) -> this;
    }

    List<String> told() {
        return told;
    }

    Map<String, String> values() {
        return values;
    }

    void awaits(Optional<String> whichJob, List<String> services) {
        job = whichJob;
        awaited = services;
    }

    void removes(Removal next) {
        removal = next;
    }

    @Override
    public void prepare(ChangedManifests manifests, Map<String, String> given, int attempt) {
        told.add("prepare " + manifests.app() + " " + attempt);
        values = Map.copyOf(given);
    }

    @Override
    public Optional<String> runJobs() {
        return job;
    }

    @Override
    public void start() {
        told.add("start");
    }

    @Override
    public List<String> awaited() {
        return awaited;
    }

    @Override
    public String lastWords(String service) {
        return service + " said nothing good";
    }

    @Override
    public List<String> stop() {
        told.add("stop");
        return List.of("web");
    }

    @Override
    public List<String> schedule(boolean running) {
        told.add("schedule " + running);
        return List.of("nightly");
    }

    @Override
    public Removal remove(boolean volumes) {
        told.add("remove " + volumes);
        return removal;
    }

    @Override
    public void close() {
        told.add("close");
    }
}
