package dev.slipway.blueprints;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.Sending;
import java.util.Map;
import java.util.stream.Stream;

/** What a service or a job may do in the account: what it uses, and nothing where it uses nothing. */
record TaskRole(TargetSpec spec, TargetTask task) {
    /** @param piece the task, placed already */
    void addTo(Template template, Piece piece) {
        if (!usesTheAccount()) {
            return;
        }
        template.add(Blueprint.named("task-role").place(task.prefix(), Map.of()));
        buckets().filter(store -> reads(store)).forEach(store -> template.add(access("bucket-read", store)));
        buckets().filter(store -> writes(store)).forEach(store -> template.add(access("bucket-write", store)));
        task.access().sends().forEach(sending -> template.add(sending(sending)));
        piece.with("TaskDefinition", "TaskRoleArn", arn());
    }

    boolean usesTheAccount() {
        return !task.access().sends().isEmpty() || buckets().anyMatch(this::reads);
    }

    /** What names the role in a statement. */
    Object arn() {
        return Intrinsic.attribute(task.prefix() + "TaskRole.Arn");
    }

    boolean writes(PlannedStore store) {
        return task.access().writes().contains(store.name());
    }

    /** Whoever writes looks up what is there. */
    private boolean reads(PlannedStore store) {
        return task.access().stores().contains(store.name()) || writes(store);
    }

    private Stream<PlannedStore> buckets() {
        return spec.stores().stream().filter(store -> store.kind() == StoreKind.OBJECTS);
    }

    private Piece access(String blueprint, PlannedStore store) {
        String bucket = LogicalName.of(store.name());
        return Blueprint.named(blueprint)
                .place(
                        task.prefix() + bucket,
                        Map.of(
                                "Role",
                                role(),
                                "Store",
                                store.name(),
                                "Bucket",
                                Intrinsic.attribute(bucket + "Bucket.Arn")));
    }

    private Object role() {
        return Intrinsic.ref(task.prefix() + "TaskRole");
    }

    private Piece sending(Sending sending) {
        return switch (sending) {
            case MAIL ->
                Blueprint.named("task-mail")
                        .place(task.prefix(), Map.of("Role", role(), "Sender", new TargetMail(spec).sender()));
            case SMS -> Blueprint.named("task-sms").place(task.prefix(), Map.of("Role", role()));
        };
    }
}
