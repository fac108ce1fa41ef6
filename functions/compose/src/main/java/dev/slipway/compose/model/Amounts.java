package dev.slipway.compose.model;

import dev.slipway.compose.yaml.TreePath;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Scalar;
import dev.slipway.compose.yaml.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of all kinds, each in the form that its type has; what is still a variable stays one. */
final class Amounts {
    private static final Pattern SIZE = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+) ?(?i:([kmgtp])(?:i?b)?|b)?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final String UNITS = "kmgtp";

    private Amounts() {}

    static YamlNode bytes(YamlNode node, TreePath path) {
        if (!(node instanceof Scalar scalar)
                || scalar.type() == ScalarType.DECIMAL
                || scalar.text().contains("${")) {
            return node;
        }
        long bytes = bytes(scalar);
        return bytes == 0 ? Trees.number(0, scalar) : Trees.string(Long.toString(bytes), scalar);
    }

    private static long bytes(Scalar scalar) {
        if (scalar.text().matches("-?\\d{1,18}")) {
            return Long.parseLong(scalar.text());
        }
        Matcher size = SIZE.matcher(scalar.text());
        if (!size.matches()) {
            throw scalar.at().invalid("'" + scalar.text() + "' is no amount of bytes", "write e.g. 512m or 1g");
        }
        String unit = size.group(2) == null ? "" : size.group(2).toLowerCase(Locale.ROOT);
        double factor = unit.isEmpty() ? 1 : Math.pow(1_024, UNITS.indexOf(unit) + 1d);
        return (long) (Double.parseDouble(size.group(1)) * factor);
    }

    /** One of 32 bits, as Docker Compose keeps it. */
    static YamlNode number(YamlNode node, TreePath path) {
        if (!(node instanceof Scalar scalar) || scalar.text().contains("${")) {
            return node;
        }
        float value = NUMBER.matcher(scalar.text()).matches() ? Float.parseFloat(scalar.text()) : Float.NaN;
        if (!Float.isFinite(value)) {
            throw scalar.at().invalid("'" + scalar.text() + "' is no number", "write e.g. 0.5");
        }
        BigDecimal shortest = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        return new Scalar(
                shortest.toPlainString(), shortest.scale() > 0 ? ScalarType.DECIMAL : ScalarType.INTEGER, scalar.at());
    }

    /** Rights are octal, quoted or not. */
    static YamlNode mode(YamlNode node, TreePath path) {
        if (!(node instanceof Scalar scalar) || scalar.text().contains("${")) {
            return node;
        }
        try {
            boolean text = scalar.type() == ScalarType.STRING;
            long mode = Long.parseLong(scalar.text(), text ? 8 : 10);
            return Trees.string("0" + Long.toOctalString(mode), scalar);
        } catch (NumberFormatException e) {
            throw scalar.at().invalid("the mode '" + scalar.text() + "' is not octal", "write e.g. 0440", e);
        }
    }

    static YamlNode integer(YamlNode node, TreePath path) {
        return node instanceof Scalar scalar && scalar.text().matches("\\d{1,9}")
                ? new Scalar(scalar.text(), ScalarType.INTEGER, scalar.at())
                : node;
    }

    /** A number as YAML has it, quoted or not. */
    static YamlNode umask(YamlNode node, TreePath path) {
        if (!(node instanceof Scalar scalar) || scalar.text().contains("${")) {
            return node;
        }
        String digits = scalar.text().toLowerCase(Locale.ROOT);
        boolean octal = scalar.type() == ScalarType.STRING && digits.matches("0o?[0-7]{1,10}");
        if (!octal && !digits.matches("\\d{1,9}")) {
            throw scalar.at().invalid("the umask '" + scalar.text() + "' is no number", "write e.g. 022");
        }
        return Trees.number(Long.parseLong(digits.replace("o", ""), octal ? 8 : 10), scalar);
    }

    /** Of devices; all are -1. */
    static YamlNode count(YamlNode node, TreePath path) {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (text.contains("${")) {
            return node;
        }
        if (text.equalsIgnoreCase("all")) {
            return Trees.number(-1, node);
        }
        if (!text.matches("[-+]?\\d{1,18}")) {
            throw node.at().invalid("'" + text + "' is no number of devices", "write 'all' or a number");
        }
        return Trees.number(Long.parseLong(text), node);
    }
}
