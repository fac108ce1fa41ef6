package dev.slipway.blueprints;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the images of the services and jobs come from, and the right to take them from there. */
record TargetImages(TargetSpec spec) {
    /** A registry of this or of another account. */
    private static final Pattern ECR =
            Pattern.compile("(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^:@]+).*");

    void addTo(Template template) {
        List<Object> repositories = new ArrayList<>();
        TargetTask.of(spec)
                .forEach(task -> repository(task)
                        .filter(repository -> !repositories.contains(repository))
                        .ifPresent(repositories::add));
        if (!repositories.isEmpty()) {
            template.add(Blueprint.named("images")
                    .place("", Map.of("ExecutionRole", Intrinsic.ref("ExecutionRole"), "Repositories", repositories)));
        }
    }

    /** Empty for a registry that is none of ECR's. */
    private Optional<Object> repository(TargetTask task) {
        if (task.hasRepository(spec)) {
            return Optional.of(Intrinsic.attribute(task.prefix() + "Repository.Arn"));
        }
        Matcher elsewhere = ECR.matcher(task.image());
        return elsewhere.matches()
                ? Optional.of(Intrinsic.function(
                        Intrinsic.SUB,
                        "arn:${AWS::Partition}:ecr:" + elsewhere.group(2) + ":" + elsewhere.group(1) + ":repository/"
                                + elsewhere.group(3)))
                : Optional.empty();
    }
}
