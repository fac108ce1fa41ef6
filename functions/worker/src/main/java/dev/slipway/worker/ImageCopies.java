package dev.slipway.worker;

import dev.slipway.account.Clients;
import dev.slipway.blueprints.LogicalName;
import dev.slipway.migration.TargetOutputs;
import dev.slipway.migration.plan.Plan;
import dev.slipway.migration.plan.TargetNames;
import dev.slipway.migration.spec.Images;
import dev.slipway.worker.images.ImageCopy;
import dev.slipway.worker.images.ImageName;
import dev.slipway.worker.images.Registry;
import dev.slipway.worker.images.RegistryLogins;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * Brings the images of a plan's services and jobs into the target's repositories. What the app's files only build has none to copy;
 * what they build and name is copied where its registry has it, as Docker Compose pulls it before it builds, and otherwise left to
 * whoever builds it.
 */
record ImageCopies(Plan plan, TargetOutputs outputs, RegistryLogins logins) {
    private static final String USUAL = "amd64";

    /**
     * One image and where it goes.
     *
     * @param buildable whether the app's files build it, too
     */
    record Copy(ImageName from, ImageName to, String architecture, boolean buildable) {}

    /** The copies by the name of their service or job. */
    Map<String, Copy> planned() {
        Map<String, Copy> copies = new LinkedHashMap<>();
        if (plan.target().images() == Images.ECR) {
            plan.services().stream()
                    .filter(service -> !service.built())
                    .forEach(service -> copies.put(
                            service.name(),
                            copy(
                                    service.name(),
                                    service.image(),
                                    service.container().architecture().orElse(USUAL))));
            plan.jobs().stream()
                    .filter(job -> !job.built())
                    .forEach(job -> copies.put(
                            job.name(),
                            copy(
                                    job.name(),
                                    job.image(),
                                    job.container().architecture().orElse(USUAL))));
        }
        return copies;
    }

    /** How many there are, and how many of them came over now. */
    record Done(int images, int copied) {}

    Done copyAll(Consumer<String> progress) {
        Map<String, Copy> copies = planned();
        if (copies.isEmpty()) {
            return new Done(0, 0);
        }
        return copyAll(
                new Registry(withTarget(copies.values().iterator().next().to().host())), progress);
    }

    Done copyAll(Registry registry, Consumer<String> progress) {
        Map<String, Copy> copies = planned();
        int copied = 0;
        for (Map.Entry<String, Copy> each : copies.entrySet()) {
            copied += copy(registry, each.getKey(), each.getValue(), progress) ? 1 : 0;
        }
        return new Done(copies.size(), copied);
    }

    private static boolean copy(Registry registry, String name, Copy copy, Consumer<String> progress) {
        if (copy.buildable() && !registry.gives(copy.from())) {
            progress.accept(name + ": its registry does not give " + copy.from() + "; whoever builds it pushes it");
            return false;
        }
        AtomicLong bytes = new AtomicLong();
        ImageCopy.Outcome outcome = new ImageCopy(
                        registry,
                        copy.architecture(),
                        layer -> progress.accept(name + ": " + bytes.addAndGet(layer) + " bytes"))
                .copy(copy.from(), copy.to());
        return switch (outcome) {
            case ImageCopy.Outcome.Copied done -> {
                progress.accept(name + ": copied " + done.digest());
                yield true;
            }
            case ImageCopy.Outcome.Skipped there -> {
                progress.accept(name + ": is there already, " + there.digest());
                yield false;
            }
        };
    }

    private Copy copy(String name, String image, String architecture) {
        String repository = outputs.value(LogicalName.of(name) + "RepositoryUri");
        return new Copy(
                ImageName.parse(image),
                ImageName.parse(repository + ":" + TargetNames.tag(image)),
                architecture,
                plan.builds(name));
    }

    /** ECR's login holds for 12 hours. */
    private RegistryLogins withTarget(String host) {
        String token = Clients.of(EcrClient.builder())
                .getAuthorizationToken()
                .authorizationData()
                .getFirst()
                .authorizationToken();
        String[] login = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
        return logins.with(host, login[0], login[1]);
    }
}
