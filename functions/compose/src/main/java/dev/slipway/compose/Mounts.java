package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import java.util.List;

/** Reads a service's {@code volumes}. */
final class Mounts {
    private Mounts() {}

    /**
     * Something mounted into a service.
     *
     * @param source a volume's name or a path of the host; empty for an anonymous volume
     * @param bind whether the source is a path of the host
     */
    record MountedVolume(String source, String target, boolean bind, boolean readOnly, Position at) {}

    static List<MountedVolume> of(Mapping service) {
        return Nodes.list(service, "volumes").stream()
                .map(entry -> mount((Mapping) entry))
                .filter(mount -> !mount.target().isEmpty())
                .toList();
    }

    private static MountedVolume mount(Mapping mount) {
        String type = Nodes.text(mount, "type").orElse("volume");
        return new MountedVolume(
                Nodes.text(mount, "source").orElse(""),
                type.equals("tmpfs") ? "" : Nodes.text(mount, "target").orElse(""),
                type.equals("bind"),
                Nodes.text(mount, "read_only").filter("true"::equals).isPresent(),
                mount.at());
    }
}
