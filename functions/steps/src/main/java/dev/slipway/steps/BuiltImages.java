package dev.slipway.steps;

import dev.slipway.migration.exception.DeployFailed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** The images that the app's own files build, which somebody has to push before their services can start. */
record BuiltImages(EcrClient ecr) {
    private static final Pattern OURS =
            Pattern.compile("[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.[a-z0-9.]+/(?<repository>[^:@]+):(?<tag>[^:@]+)");

    /** @throws DeployFailed naming those that the account's own registry does not have */
    void require(List<String> images) {
        List<String> missing = images.stream().filter(this::isMissing).toList();
        if (!missing.isEmpty()) {
            throw new DeployFailed(
                    "start the app's services",
                    "their images are not there: " + String.join(", ", missing),
                    "push them, by hand or by the workflow that 'slipway template' writes, and start again");
        }
    }

    /** One of another registry is looked for by ECS itself. */
    private boolean isMissing(String image) {
        Matcher ours = OURS.matcher(image);
        return ours.matches()
                && find(ours.group("repository"), ours.group("tag")).isEmpty();
    }

    private Optional<String> find(String repository, String tag) {
        try {
            return ecr
                    .describeImages(request -> request.repositoryName(repository)
                            .imageIds(ImageIdentifier.builder().imageTag(tag).build()))
                    .imageDetails()
                    .stream()
                    .map(found -> found.imageDigest())
                    .findFirst();
        } catch (ImageNotFoundException | RepositoryNotFoundException absent) {
            return Optional.empty();
        }
    }
}
