package dev.slipway.kubernetes;

import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.PlannedJob;
import dev.slipway.migration.plan.PlannedService;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Images;
import java.util.LinkedHashMap;
import java.util.Map;

/** The images of a target's own repositories, by those that they are copied from or called after. */
record TargetImages(Plan plan) {

    /** The image itself, where the target has no repository for it. */
    String of(String image) {
        return repositories().getOrDefault(image, image);
    }

    private Map<String, String> repositories() {
        boolean all = plan.target().images() == Images.ECR;
        Map<String, String> images = new LinkedHashMap<>();
        plan.services().stream()
                .filter(service -> all || service.built())
                .forEach((PlannedService service) ->
                        images.putIfAbsent(service.image(), inRepository(service.name(), service.image())));
        plan.jobs().stream()
                .filter(job -> all || job.built())
                .forEach((PlannedJob job) -> images.putIfAbsent(job.image(), inRepository(job.name(), job.image())));
        return images;
    }

    private static String inRepository(String name, String image) {
        return StackOutput.of(name, "RepositoryUri") + ":" + TargetNames.tag(image);
    }
}
