package dev.slipway.planning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes a tree as YAML in any of the ways in which people and machines do, and now and then in none. */
final class OddYaml {
    private static final List<String> TAGS = List.of(
            "!reset ", "!override ", "!!str ", "!!int ", "!!float ", "!!bool ", "!!null ", "!!binary ", "!own ");
    private static final List<String> PIECES = List.of(
            "", ":", "- ", "[", "]", "{", "}", "'", "\"", "*a0", "&a0 ", "<<: *a0", "\t", "\n", "---\n", "? ", "!", "|",
            "\u0000");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> anchors = new ArrayList<>();

    private OddYaml(Random random) {
        this.random = random;
    }

    static String of(Object tree, Random random) {
        OddYaml yaml = new OddYaml(random);
        yaml.write(tree, 0, false);
        String text = yaml.text.toString();
        return random.nextInt(8) == 0 ? yaml.broken(text) : text;
    }

    private String broken(String whole) {
        int at = random.nextInt(whole.length() + 1);
        int to = Math.min(whole.length(), at + random.nextInt(4));
        return whole.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + whole.substring(to);
    }

    private void write(Object value, int indent, boolean flow) {
        if (!anchors.isEmpty() && random.nextInt(150) == 0) {
            text.append('*').append(anchors.get(random.nextInt(anchors.size())));
            return;
        }
        if (random.nextInt(40) == 0) {
            text.append('&').append("a").append(anchors.size()).append(' ');
            anchors.add("a" + anchors.size());
        }
        if (random.nextInt(300) == 0) {
            text.append(TAGS.get(random.nextInt(TAGS.size())));
        }
        switch (value) {
            case Map<?, ?> map -> map(map, indent, flow || map.isEmpty() || random.nextInt(5) == 0);
            case Collection<?> items -> list(items, indent, flow || items.isEmpty() || random.nextInt(3) == 0);
            default -> scalar(value);
        }
    }

    private void map(Map<?, ?> map, int indent, boolean flow) {
        text.append(flow ? "{" : "");
        map.forEach((key, value) -> {
            begin(indent, flow);
            scalar(key);
            text.append(": ");
            write(value, indent + 1, flow);
            text.append(flow ? ", " : "");
        });
        if (!anchors.isEmpty() && random.nextInt(150) == 0) {
            begin(indent, flow);
            text.append("<<: *").append(anchors.getFirst());
        }
        text.append(flow ? "}" : "");
    }

    private void list(Collection<?> items, int indent, boolean flow) {
        text.append(flow ? "[" : "");
        items.forEach(item -> {
            begin(indent, flow);
            text.append(flow ? "" : "- ");
            write(item, indent + 1, flow);
            text.append(flow ? ", " : "");
        });
        text.append(flow ? "]" : "");
    }

    private void begin(int indent, boolean flow) {
        text.append(flow ? "" : "\n" + "  ".repeat(indent));
    }

    private void scalar(Object value) {
        String plain = value == ComposeGrammar.Absent.VALUE ? "" : String.valueOf(value);
        boolean safe = plain.matches("[\\w./~é-][\\w./:${}@=é-]*[\\w./}é-]|\\w?") && !plain.contains(": ");
        if (!(value instanceof String) || (safe && random.nextInt(3) > 0) || random.nextInt(400) == 0) {
            text.append(plain);
        } else {
            text.append('"').append(escaped(plain)).append('"');
        }
    }

    private static String escaped(String plain) {
        return plain.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\u0000", "\\0");
    }
}
