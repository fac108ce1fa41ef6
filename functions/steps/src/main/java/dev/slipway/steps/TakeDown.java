package dev.slipway.steps;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.account.Clients;
import dev.slipway.account.S3Artifacts;
import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.TakeDownTemplate;
import dev.slipway.kubernetes.Rollout;
import dev.slipway.migration.Attempt;
import dev.slipway.migration.JsonArtifacts;
import dev.slipway.migration.exception.ProvisionFailed;
import dev.slipway.migration.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Removes a target that never was the writer, one short step at a time; its stores only where that is said. */
public final class TakeDown extends Step<TakeDown.Input, TakeDown.Output> {
    private final CloudFormationClient cloudFormation;
    private final CloudFormationClient edge;
    private final Buckets buckets;
    private final Rollouts rollouts;
    private final JsonArtifacts artifacts;
    private final Settings settings;
    private final UnaryOperator<String> address;

    public TakeDown() {
        this(Settings.fromEnvironment(), Clients.of(S3Client.builder()));
    }

    private TakeDown(Settings settings, S3Client s3) {
        this(
                Clients.of(CloudFormationClient.builder()),
                Clients.of(CloudFormationClient.builder().region(Region.of(EdgeTemplate.REGION))),
                bucket -> s3
                        .listObjectVersions(request -> request.bucket(bucket).maxKeys(1))
                        .versions()
                        .stream()
                        .findAny()
                        .isPresent(),
                EksRollouts.inAccount(),
                new JsonArtifacts(new S3Artifacts(s3, settings.bucket())),
                settings,
                new S3Artifacts(s3, settings.bucket())::url);
    }

    /**
     * @param edge where CloudFront's certificates are
     * @param address the URL of an artifact, from which CloudFormation reads it
     */
    TakeDown(
            CloudFormationClient cloudFormation,
            CloudFormationClient edge,
            Buckets buckets,
            Rollouts rollouts,
            JsonArtifacts artifacts,
            Settings settings,
            UnaryOperator<String> address) {
        super(Input.class);
        this.cloudFormation = cloudFormation;
        this.edge = edge;
        this.buckets = buckets;
        this.rollouts = rollouts;
        this.artifacts = artifacts;
        this.settings = settings;
        this.address = address;
    }

    /** Knows what buckets hold. */
    @FunctionalInterface
    interface Buckets {
        /** Whether it holds any version of an object. */
        boolean hasContent(String bucket);
    }

    /**
     * Which migration's target.
     *
     * @param attempt the last one
     * @param stores whether the stores go, too
     */
    public record Input(
            @JsonProperty(required = true) String app,
            @JsonProperty(required = true) int attempt,
            @JsonProperty(required = true) Stores stores) {}

    /** What becomes of the stores. */
    public enum Stores {
        @JsonProperty("keep")
        KEEP,
        @JsonProperty("delete")
        DELETE
    }

    /** Whether the target is gone, and what is left of it. */
    public record Output(boolean done, List<TargetStack.Resource> left) {}

    /**
     * How far it is.
     *
     * @param changeSet that lets go of the stores; empty: the stack is being deleted
     */
    record Note(Optional<String> changeSet, List<TargetStack.Resource> left) {}

    @Override
    protected Output take(Input input) {
        Attempt attempt = new Attempt(input.app(), input.attempt());
        Optional<Plan> plan = lastPlan(attempt);
        String app = plan.map(Plan::app).orElse(attempt.app());
        TargetStack stack = new TargetStack(cloudFormation, TargetStack.nameOf(app), settings.provisioningRole());
        Optional<Note> note = artifacts.find(attempt.takingDown(), Note.class);
        if (stack.isGone()) {
            return end(attempt, plan, note.map(Note::left).orElse(List.of()));
        }
        if (note.isEmpty()) {
            return emptyAndBegin(attempt, stack, input, app);
        }
        return note.get().changeSet().isPresent()
                ? release(attempt, stack, note.get(), note.get().changeSet().get())
                : delete(attempt, stack, note.get());
    }

    /** Calls the app as its target does; a later attempt may have ended before it had one. */
    private Optional<Plan> lastPlan(Attempt last) {
        return IntStream.iterate(last.number(), number -> number > 0, number -> number - 1)
                .mapToObj(number -> artifacts.find(new Attempt(last.app(), number).plan(), Plan.class))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What runs in a cluster of the stack goes before the stack, as volumes that a cluster has made would outlive it. */
    private Output emptyAndBegin(Attempt attempt, TargetStack stack, Input input, String app) {
        boolean cluster = stack.isWhole() && stack.outputs().values().containsKey("ClusterEndpoint");
        if (!cluster) {
            return begin(attempt, stack, input.stores(), List.of());
        }
        try (Rollout rollout = rollouts.open(stack.outputs(), app)) {
            Rollout.Removal removal = rollout.remove(input.stores() == Stores.DELETE);
            List<TargetStack.Resource> volumes = removal.volumes().entrySet().stream()
                    .map(volume -> new TargetStack.Resource(volume.getKey(), "AWS::EC2::Volume", volume.getValue()))
                    .toList();
            return removal.awaited().isEmpty()
                    ? begin(attempt, stack, input.stores(), volumes)
                    : new Output(false, volumes);
        }
    }

    private Output begin(Attempt attempt, TargetStack stack, Stores stores, List<TargetStack.Resource> volumes) {
        Map<String, TargetStack.Resource> resources = stack.resources();
        TakeDownTemplate template = switch (stores) {
            case KEEP -> TakeDownTemplate.keepingStores(stack.template());
            case DELETE ->
                TakeDownTemplate.deletingStores(
                        stack.template(),
                        name -> resources.containsKey(name)
                                && buckets.hasContent(resources.get(name).id()));
        };
        List<TargetStack.Resource> left = Stream.concat(
                        template.kept().stream().filter(resources::containsKey).map(resources::get), volumes.stream())
                .toList();
        if (!template.changed() || !stack.isWhole()) {
            stack.delete();
            artifacts.write(attempt.takingDown(), new Note(Optional.empty(), left));
            return new Output(false, left);
        }
        String key = attempt.folder() + "take-down-template.json";
        artifacts.writeText(key, template.text());
        String changeSet = "slipway-take-down-" + attempt.number();
        if (stack.begin(changeSet, request -> request.templateURL(address.apply(key)), Map.of())) {
            artifacts.write(attempt.takingDown(), new Note(Optional.of(changeSet), left));
        }
        return new Output(false, left);
    }

    private Output release(Attempt attempt, TargetStack stack, Note note, String changeSet) {
        switch (stack.look(changeSet)) {
            case StackProgress.UnderWay underWay -> {}
            case StackProgress.Ready ready -> stack.execute(changeSet);
            case StackProgress.Unchanged unchanged -> remove(attempt, stack, note);
            case StackProgress.Complete complete -> remove(attempt, stack, note);
            case StackProgress.Failed failed -> throw failed(attempt, stack, failed.reason());
        }
        return new Output(false, note.left());
    }

    private void remove(Attempt attempt, TargetStack stack, Note note) {
        stack.delete();
        artifacts.write(attempt.takingDown(), new Note(Optional.empty(), note.left()));
    }

    private Output delete(Attempt attempt, TargetStack stack, Note note) {
        stack.deletionFailure().ifPresent(reason -> {
            throw failed(attempt, stack, reason);
        });
        return new Output(false, note.left());
    }

    /** What the target showed at the edge can be removed once nothing shows it any more. */
    private Output end(Attempt attempt, Optional<Plan> plan, List<TargetStack.Resource> left) {
        boolean gone = plan.map(
                        last -> new EdgeStack(edge, last, settings.provisioningRole()).remove(attempt, artifacts))
                .orElse(true);
        if (gone) {
            artifacts.delete(attempt.takingDown());
        }
        return new Output(gone, left);
    }

    /** The next execution begins anew. */
    private ProvisionFailed failed(Attempt attempt, TargetStack stack, String reason) {
        artifacts.delete(attempt.takingDown());
        return new ProvisionFailed(
                "take down the target's stack " + stack.name(), reason, "resolve this and start the execution again");
    }
}
