package dev.slipway.worker.images;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.exception.ImageNotCopied;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.StreamSupport;

/**
 * Copies one image as it is, byte for byte, so that it has the same digest. Of an image of several platforms the one that runs on
 * the target is taken.
 *
 * @param architecture of the target's processors, e.g. {@code amd64}
 * @param progress is told the bytes of each layer that has come over
 */
public record ImageCopy(Registry registry, String architecture, LongConsumer progress) {

    /** What became of an image. */
    public sealed interface Outcome {
        /** @param bytes that came over; what was there already is not in it */
        record Copied(String digest, long bytes) implements Outcome {}

        record Skipped(String digest) implements Outcome {}
    }

    /** May be run again at any time: what is there with the same digest stays. */
    public Outcome copy(ImageName source, ImageName target) {
        Registry.Manifest manifest = ofPlatform(source, registry.manifest(source));
        if (registry.digest(target).equals(Optional.of(manifest.digest()))) {
            return new Outcome.Skipped(manifest.digest());
        }
        long bytes = 0;
        for (JsonNode blob : blobs(manifest.json())) {
            bytes += copy(source, target, blob);
        }
        registry.put(target, manifest);
        return new Outcome.Copied(manifest.digest(), bytes);
    }

    private Registry.Manifest ofPlatform(ImageName source, Registry.Manifest manifest) {
        JsonNode platforms = manifest.json().path("manifests");
        if (!platforms.isArray()) {
            return manifest;
        }
        return StreamSupport.stream(platforms.spliterator(), false)
                .filter(each -> each.at("/platform/os").asText().equals("linux"))
                .filter(each -> each.at("/platform/architecture").asText().equals(architecture))
                .findFirst()
                .map(each -> registry.manifest(source.at(each.path("digest").asText())))
                .orElseThrow(() -> new ImageNotCopied(
                        "copy " + source,
                        "it is not made for linux/" + architecture,
                        "build it for that platform, or name another with 'platform' in docker-compose.yml"));
    }

    /** Each once: layers may stand in a manifest twice. */
    private static List<JsonNode> blobs(JsonNode manifest) {
        List<JsonNode> blobs = new ArrayList<>();
        manifest.path("layers").forEach(blobs::add);
        blobs.add(manifest.path("config"));
        return blobs.stream().distinct().toList();
    }

    private long copy(ImageName source, ImageName target, JsonNode blob) {
        String digest = blob.path("digest").asText();
        long size = blob.path("size").asLong();
        if (registry.hasBlob(target, digest)) {
            return 0;
        }
        try (InputStream content = registry.blob(source, digest)) {
            registry.put(target, digest, content, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.accept(size);
        return size;
    }
}
