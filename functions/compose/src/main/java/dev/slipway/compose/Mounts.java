package dev.slipway.compose;

import dev.slipway.compose.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;

/** Reads a service's {@code volumes}, short and long. */
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
        List<MountedVolume> mounts = new ArrayList<>();
        for (YamlNode entry : Nodes.list(service, "volumes")) {
            mounts.add(
                    entry instanceof Mapping mapping
                            ? longForm(mapping)
                            : shortForm(Nodes.asText("volumes", entry), entry.at()));
        }
        return mounts.stream().filter(mount -> !mount.target().isEmpty()).toList();
    }

    private static MountedVolume longForm(Mapping mount) {
        String type = Nodes.text(mount, "type").orElse("volume");
        return new MountedVolume(
                Nodes.text(mount, "source").orElse(""),
                type.equals("tmpfs") ? "" : Nodes.text(mount, "target").orElse(""),
                type.equals("bind"),
                Nodes.text(mount, "read_only").map("true"::equals).orElse(false),
                mount.at());
    }

    private static MountedVolume shortForm(String text, Position at) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3) {
            throw at.invalid("the volume '" + text + "' has too many parts", "write SOURCE:TARGET or SOURCE:TARGET:ro");
        }
        if (parts.length == 1) {
            return new MountedVolume("", parts[0], false, false, at);
        }
        boolean readOnly = parts.length == 3 && List.of(parts[2].split(",")).contains("ro");
        return new MountedVolume(parts[0], parts[1], parts[0].startsWith("/"), readOnly, at);
    }
}
