package dev.slipway.blueprints;

import dev.slipway.migration.Tables;
import dev.slipway.migration.plan.TargetNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What builds and deploys the next versions of an app whose services are pods. */
record ClusterDelivery(TargetSpec spec) {
    /**
     * An image that the app's own files build. Manifests do not say where those lie.
     *
     * @param dockerfile in the folder that is called as the image
     * @param context that folder
     */
    record Build(String repository, String dockerfile, String context) {}

    /** One for each image that has an owner in its name; those without are Docker's own, which nobody builds. */
    List<Build> builds() {
        Set<String> images = new LinkedHashSet<>();
        return TargetTask.of(spec).stream()
                .filter(task -> task.hasRepository(spec))
                .filter(task -> task.image().contains("/"))
                .filter(task -> images.add(task.image()))
                .map(this::build)
                .toList();
    }

    private Build build(TargetTask task) {
        String name = task.image().substring(task.image().lastIndexOf('/') + 1).replaceFirst("[:@].*$", "");
        return new Build(TargetNames.repository(spec.plan().app(), task.name()), name + "/Dockerfile", name);
    }

    String repositories() {
        return builds().stream().map(Build::repository).collect(Collectors.joining(" "));
    }

    /** What replaces the images of what runs, as lines of a shell. */
    static String rollout() {
        return text("rollout.sh");
    }

    /** What AWS CodeBuild runs to build and push the images. */
    static String buildSpec() {
        return commands(text("build-cluster.sh"));
    }

    /** What AWS CodeBuild runs to deploy them. */
    static String deploySpec() {
        return commands("""
                aws eks update-kubeconfig --region "$AWS_REGION" --name "$CLUSTER"
                export TAG="$CODEBUILD_RESOLVED_SOURCE_VERSION"
                """ + rollout());
    }

    private static String commands(String lines) {
        return """
                version: 0.2
                env:
                  shell: bash
                phases:
                  build:
                    commands:
                      - |
                """ + lines.indent(8);
    }

    private static String text(String file) {
        return Tables.text(ClusterDelivery.class, "delivery/" + file);
    }
}
