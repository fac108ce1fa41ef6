package dev.slipway.blueprints;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.plan.PlannedStore;
import dev.slipway.migration.plan.PlannedVariable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a service or a job may do in the account: what it uses, and nothing where it uses nothing. */
record TaskRole(TargetSpec spec, TargetTask task) {
    private static final String MAIL = "AWS::SES::EmailIdentity";

    /** @param piece the task, placed already */
    void addTo(Template template, Piece piece) {
        if (!usesTheAccount()) {
            return;
        }
        template.add(Blueprint.named("task-role").place(task.prefix(), Map.of()));
        buckets().filter(store -> reads(store)).forEach(store -> template.add(access("bucket-read", store)));
        buckets().filter(store -> writes(store)).forEach(store -> template.add(access("bucket-write", store)));
        if (sendsMail()) {
            template.add(Blueprint.named("task-mail")
                    .place(
                            task.prefix(),
                            Map.of(
                                    "Role",
                                    role(),
                                    "Sender",
                                    spec.plan().traffic().zone().orElse("*"))));
        }
        piece.with("TaskDefinition", "TaskRoleArn", arn());
    }

    boolean usesTheAccount() {
        return sendsMail() || buckets().anyMatch(this::reads);
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

    /** The plan says which variable tells where mail is sent. */
    private boolean sendsMail() {
        return mailVariable()
                .filter(name -> spec.plan().environmentOf(task.name()).stream()
                        .map(PlannedVariable::name)
                        .anyMatch(name::equals))
                .isPresent();
    }

    private Optional<String> mailVariable() {
        List<String> reasons = spec.plan().resources().stream()
                .filter(resource -> resource.type().equals(MAIL))
                .map(resource -> resource.from())
                .toList();
        return reasons.stream()
                .map(from -> from.substring(from.lastIndexOf(' ') + 1))
                .findFirst();
    }
}
