package dev.slipway.compose.model;

import dev.slipway.compose.yaml.Position;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A volume in its short form: {@code [SOURCE:]TARGET[:OPTIONS]}.
 *
 * @see <a href="https://docs.docker.com/reference/compose-file/services/#short-syntax-5">Volumes, short syntax</a>
 */
record VolumeSpec(Optional<String> source, String target, List<String> options) {
    private static final Set<String> PROPAGATIONS =
            Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");
    private static final Set<String> LABELS = Set.of("z", "Z");

    static VolumeSpec parse(String text, Position at) {
        if (text.isEmpty()) {
            throw at.invalid("a volume is empty", "write SOURCE:TARGET");
        }
        if (text.length() <= 2) {
            return new VolumeSpec(Optional.empty(), text, List.of());
        }
        List<String> parts = parts(text);
        if (parts.contains("")) {
            throw at.invalid("the volume '" + text + "' has nothing between its colons", "write SOURCE:TARGET");
        }
        if (parts.size() > 3) {
            throw at.invalid("the volume '" + text + "' has too many parts", "write SOURCE:TARGET or SOURCE:TARGET:ro");
        }
        return switch (parts.size()) {
            case 1 -> new VolumeSpec(Optional.empty(), parts.getFirst(), List.of());
            case 2 -> new VolumeSpec(Optional.of(parts.getFirst()), parts.get(1), List.of());
            default ->
                new VolumeSpec(
                        Optional.of(parts.getFirst()),
                        parts.get(1),
                        List.of(parts.get(2).split(",", -1)));
        };
    }

    /** At colons, but not within a variable, and not after a drive's letter. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '{') {
                open++;
            } else if (c == '}' && open > 0) {
                open--;
            }
            boolean drive = part.length() == 1 && Character.isLetter(part.charAt(0));
            if (c == ':' && open == 0 && !drive) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    boolean isBind() {
        return source.filter(VolumeSpec::isPath).isPresent();
    }

    private static boolean isPath(String source) {
        // A variable that stays a reference may be a folder; a volume's name holds no slash.
        return source.matches("(?s)[./~].*|\\\\\\\\.*|\\p{L}:.*|\\$\\{[^}]*}/.*");
    }

    /** The same in its long form. */
    Mapping mapping(YamlNode like) {
        Mapping mapping = Mapping.empty(like.at()).with("type", Trees.string(isBind() ? "bind" : "volume", like));
        if (source.isPresent()) {
            mapping = mapping.with("source", Trees.string(source.get(), like));
        }
        mapping = mapping.with("target", Trees.string(FilePaths.clean(target), like));
        if (lastOf(Set.of("ro", "rw")).filter("ro"::equals).isPresent()) {
            mapping = mapping.with("read_only", Trees.flag(true, like));
        }
        boolean bound =
                isBind() || lastOf(LABELS).isPresent() || lastOf(PROPAGATIONS).isPresent();
        if (bound) {
            mapping = mapping.with("bind", bind(like));
        }
        if (!isBind() || options.contains("nocopy")) {
            mapping = mapping.with("volume", volume(like));
        }
        return mapping;
    }

    private Mapping volume(YamlNode like) {
        Mapping volume = Mapping.empty(like.at());
        return options.contains("nocopy") ? volume.with("nocopy", Trees.flag(true, like)) : volume;
    }

    private Mapping bind(YamlNode like) {
        Mapping bind = Mapping.empty(like.at());
        Optional<Scalar> label = lastOf(LABELS).map(text -> Trees.string(text, like));
        Optional<Scalar> propagation = lastOf(PROPAGATIONS).map(text -> Trees.string(text, like));
        if (label.isPresent()) {
            bind = bind.with("selinux", label.get());
        }
        if (propagation.isPresent()) {
            bind = bind.with("propagation", propagation.get());
        }
        return isBind() ? bind.with("create_host_path", Trees.flag(true, like)) : bind;
    }

    private Optional<String> lastOf(Set<String> known) {
        return options.stream().filter(known::contains).reduce((first, last) -> last);
    }
}
