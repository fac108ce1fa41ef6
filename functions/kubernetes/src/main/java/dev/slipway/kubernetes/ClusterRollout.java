package dev.slipway.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs an app in its cluster by its changed manifests. Changes and deletes nothing but what it has made there itself. */
public final class ClusterRollout implements Rollout {
    private final KubernetesClient client;
    private final Applied applied;
    private final Workloads workloads;
    private final Pods pods;
    private final Jobs jobs;
    private final Removing removing;

    /**
     * @param client which is closed with it
     * @param app whose namespace is called as it is
     */
    public ClusterRollout(KubernetesClient client, String app) {
        this.client = client;
        this.applied = new Applied(client, app);
        this.workloads = new Workloads(client, app);
        this.pods = new Pods(client, app);
        this.jobs = new Jobs(client, app, pods);
        this.removing = new Removing(client, applied, app);
    }

    @Override
    public void prepare(ChangedManifests manifests, Map<String, String> values, int attempt) {
        List<ObjectNode> objects = manifests.resolved(values);
        answered("look at what the cluster has", () -> {
            objects.forEach(object -> prepare(object, attempt));
            applied.deleteOthers(objects.stream().map(Applied.Name::of).toList());
            return objects;
        });
    }

    private void prepare(ObjectNode object, int attempt) {
        Optional<GenericKubernetesResource> there = applied.find(Applied.Name.of(object));
        switch (object.path("kind").asText()) {
            case "Deployment", "StatefulSet" -> there.ifPresent(now -> keepCount(object, now));
            case "Job" -> {
                String mine = Integer.toString(attempt);
                object.withObjectProperty("metadata")
                        .withObjectProperty("annotations")
                        .put(Marks.ATTEMPT, mine);
                if (there.filter(now -> mine.equals(annotation(now, Marks.ATTEMPT)))
                        .isPresent()) {
                    return;
                }
                // What a job runs can not be changed, and an ended one does not run again.
                there.filter(applied::isOurs)
                        .ifPresent(now -> client.resource(now).delete());
            }
            default -> {}
        }
        applied.put(object);
    }

    /** The manifests say none, so that whoever applies them by hand starts nothing before its data is there. */
    private static void keepCount(ObjectNode object, GenericKubernetesResource now) {
        if (now.get("spec", "replicas") instanceof Integer count) {
            object.withObjectProperty("spec").put("replicas", count);
        }
    }

    static String annotation(HasMetadata object, String name) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(name))
                .orElse("");
    }

    @Override
    public Optional<String> runJobs() {
        return answered("run the app's jobs", jobs::runNext);
    }

    @Override
    public void start() {
        answered("start the app's services", workloads::start);
    }

    @Override
    public List<String> awaited() {
        return answered("look after the app's services", () -> {
            List<String> awaited = workloads.unready();
            awaited.forEach(pods::refuseFailed);
            return awaited;
        });
    }

    @Override
    public String lastWords(String service) {
        return answered("read what the pods of " + service + " said", () -> pods.lastWords(service));
    }

    @Override
    public List<String> stop() {
        return answered("stop the app's services", () -> {
            jobs.holdAll();
            jobs.schedule(false);
            return workloads.stop();
        });
    }

    @Override
    public List<String> schedule(boolean running) {
        return answered("set the app's schedules", () -> jobs.schedule(running));
    }

    @Override
    public Removal remove(boolean volumes) {
        return answered("take the app out of its cluster", () -> removing.remove(volumes));
    }

    private static <T> T answered(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw ClusterAnswer.failed(what, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
