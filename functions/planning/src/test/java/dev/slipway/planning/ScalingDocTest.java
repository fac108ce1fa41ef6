package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does the sums of docs/scaling.md again. */
class ScalingDocTest {
    private static final String NUMBER = "\\$?\\d[\\d,]*(?:\\.\\d+)?";
    private static final String UNIT = "(?: (?:TB|GB|MB/s|MB|kB/s|kB|bytes|ms|s|h|min)(?![A-Za-z]))?";
    private static final String TERM = "\\(*" + NUMBER + UNIT + "\\)*";
    private static final Pattern SUM = Pattern.compile(TERM + "(?: [×/+−] " + TERM + ")+(?: = " + NUMBER + UNIT + ")+");
    private static final Pattern AMOUNT = Pattern.compile(NUMBER);

    static Stream<String> sums() {
        return SUM.matcher(doc()).results().map(found -> inside(found.group()));
    }

    /** Without a parenthesis that stands around the whole of it. */
    private static String inside(String sum) {
        long unclosed = sum.chars().filter(c -> c == '(').count()
                - sum.chars().filter(c -> c == ')').count();
        return sum.substring((int) unclosed);
    }

    @ParameterizedTest
    @MethodSource("sums")
    void addsUp(String sum) {
        assertThat(isRight(sum)).isTrue();
    }

    @Test
    void findsTheSums() {
        assertThat(sums()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 × 3 = 21",
                "100 MB / 3 MB/s = 33 s",
                "50,000 s / (2 × 3,600) = 6.9",
                "7 TB / 67 MB = 104,000",
                "(2 + 3) × $4 = $20"
            })
    void takesForRightWhatIs(String sum) {
        assertThat(isRight(sum)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7 × 3 = 22", "100 MB / 3 MB/s = 34 s", "16 × 2.4 = 38.9", "7,200 s / 1 = 3 h", "1 + 2 × 3 = 9"})
    void takesForWrongWhatIsNot(String sum) {
        assertThat(isRight(sum)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "fargate.vcpu-hour, 0.04048",
        "fargate.gb-hour, 0.004445",
        "s3.gb, 0.023",
        "rds.storage.gp3, 0.115",
        "nat.gb, 0.045",
        "cache.redis.r7g.large, 0.219"
    })
    void takesThePricesOfThePlan(String name, String price) {
        assertThat(PriceBook.ofFile(PriceFile.HOME).of(name).usd()).isEqualByComparingTo(price);
        assertThat(doc()).contains("$" + price);
    }

    /** Each side as it stands, but for the units: what is said in hours may have been reckoned in seconds. */
    private static boolean isRight(String sum) {
        String[] sides = sum.split(" = ", -1);
        double value = new Sum(sides[0]).value();
        return IntStream.range(1, sides.length)
                .allMatch(i -> scales(sum).anyMatch(scale -> isShown(value * scale, sides[i])));
    }

    private static DoubleStream scales(String sum) {
        List<Double> time = sum.matches(".* (h|min)\\b.*") ? List.of(1.0, 1 / 60.0, 1 / 3_600.0) : List.of(1.0);
        List<Integer> thousands =
                sum.matches(".* (TB|GB|MB|kB|bytes|ms)\\b.*") ? List.of(-4, -3, -2, -1, 0, 1, 2, 3, 4) : List.of(0);
        return time.stream()
                .flatMapToDouble(one -> thousands.stream().mapToDouble(power -> one * Math.pow(1_000, power)));
    }

    /** Zeros at the end of a whole number may stand for what was rounded. */
    private static boolean isShown(double value, String shown) {
        MatchResult amount = AMOUNT.matcher(shown).results().findFirst().orElseThrow();
        String digits = amount.group().replaceAll("[$,]", "");
        int point = digits.indexOf('.');
        int zeros = digits.length() - digits.replaceFirst("0+$", "").length();
        double step = point >= 0 ? Math.pow(10, point + 1 - digits.length()) : Math.pow(10, zeros);
        return Math.abs(value - Double.parseDouble(digits)) <= step / 2 * 1.000001;
    }

    private static String doc() {
        try {
            return Files.readString(Path.of("..", "..", "docs", "scaling.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands left of the first equals sign. */
    private static final class Sum {
        private final List<String> tokens;
        private int next;

        Sum(String text) {
            tokens = Pattern.compile("[()×/+−]|" + NUMBER)
                    .matcher(text.replaceAll("[A-Za-z]+/[A-Za-z]+|[A-Za-z]+", ""))
                    .results()
                    .map(MatchResult::group)
                    .toList();
        }

        double value() {
            double value = terms();
            assertThat(next).as("all of %s is read", tokens).isEqualTo(tokens.size());
            return value;
        }

        private double terms() {
            double value = factors();
            while (isNext("+") || isNext("−")) {
                value += tokens.get(next++).equals("+") ? factors() : -factors();
            }
            return value;
        }

        private double factors() {
            double value = factor();
            while (isNext("×") || isNext("/")) {
                value = tokens.get(next++).equals("×") ? value * factor() : value / factor();
            }
            return value;
        }

        private double factor() {
            String token = tokens.get(next++);
            if (!token.equals("(")) {
                return Double.parseDouble(token.replaceAll("[$,]", ""));
            }
            double value = terms();
            next++;
            return value;
        }

        private boolean isNext(String token) {
            return next < tokens.size() && tokens.get(next).equals(token);
        }
    }
}
