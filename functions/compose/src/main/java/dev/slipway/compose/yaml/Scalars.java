package dev.slipway.compose.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Takes plain scalars for what Docker Compose's YAML library takes them: the core schema of YAML 1.2 with octal numbers such as 0644,
 * underscores in numbers, and dates as in YAML 1.1. Values are written as Go prints them.
 *
 * @see <a href="https://pkg.go.dev/go.yaml.in/yaml/v4">go-yaml</a>
 */
final class Scalars implements ScalarResolver {
    static final Tag TIMESTAMP = new Tag("tag:yaml.org,2002:timestamp");

    private static final Set<String> TRUTHS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern SPECIAL = Pattern.compile("\\.nan|\\.NaN|\\.NAN|[-+]?\\.(inf|Inf|INF)|-0|-0\\.0");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}([Tt ].*)?");
    private static final int SHORT_EXPONENT = 6;
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final DateTimeFormatter GO_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Override
    public Tag resolve(String text, Boolean implicit) {
        if (!implicit) {
            return Tag.STR;
        }
        if (NULLS.contains(text)) {
            return Tag.NULL;
        }
        if (TRUTHS.contains(text)) {
            return Tag.BOOL;
        }
        if (SPECIAL.matcher(text).matches()) {
            return Tag.FLOAT;
        }
        if (time(text).isPresent()) {
            return TIMESTAMP;
        }
        return number(text);
    }

    private static Tag number(String text) {
        String digits = text.replace("_", "");
        boolean begins = !text.isEmpty() && "+-.0123456789".indexOf(text.charAt(0)) >= 0;
        if (!begins) {
            return Tag.STR;
        }
        if (integer(digits).isPresent()) {
            return Tag.INT;
        }
        String whole = text.charAt(0) == '.' ? text : digits;
        return FLOAT.matcher(whole).matches() ? Tag.FLOAT : Tag.STR;
    }

    static Optional<BigInteger> integer(String text) {
        String digits = text.replace("_", "");
        if (!INTEGER.matcher(digits).matches()) {
            return Optional.empty();
        }
        boolean minus = digits.startsWith("-");
        String unsigned = digits.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT);
        BigInteger value = unsigned.length() < 2 || unsigned.charAt(0) != '0'
                ? new BigInteger(unsigned)
                : switch (unsigned.charAt(1)) {
                    case 'x' -> new BigInteger(unsigned.substring(2), 16);
                    case 'o' -> new BigInteger(unsigned.substring(2), 8);
                    case 'b' -> new BigInteger(unsigned.substring(2), 2);
                    default -> new BigInteger(unsigned, 8);
                };
        BigInteger signed = minus ? value.negate() : value;
        return signed.compareTo(LEAST) < 0 || signed.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(signed);
    }

    /** As {@code strconv.FormatFloat(value, 'g', -1, 64)} writes it. */
    static String decimal(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        if (digits.contains("nan")) {
            return "NaN";
        }
        if (digits.contains("inf")) {
            return digits.startsWith("-") ? "-Inf" : "+Inf";
        }
        return goText(Double.parseDouble(digits));
    }

    static String goText(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent >= -4 && exponent < SHORT_EXPONENT) {
            return sign + shortest.toPlainString();
        }
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** A date as Go prints it. */
    static Optional<String> time(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            if (text.length() <= 10) {
                String[] parts = text.split("-", -1);
                LocalDate date = LocalDate.of(
                        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
                return Optional.of(date.atStartOfDay().format(GO_TIME) + " +0000 UTC");
            }
            if (text.contains(" ")) {
                LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
                return Optional.of(time.format(GO_TIME) + " +0000 UTC");
            }
            OffsetDateTime time = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
            boolean utc = time.getOffset().equals(ZoneOffset.UTC);
            String offset = time.getOffset().getId().replace(":", "").replace("Z", "+0000");
            return Optional.of(time.format(GO_TIME) + " " + offset + " " + (utc ? "UTC" : offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
