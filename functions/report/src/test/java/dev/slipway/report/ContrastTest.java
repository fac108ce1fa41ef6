package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The colours of the page, light, dark and printed, by the <a href="https://www.w3.org/TR/WCAG22/#contrast-minimum">limits of WCAG AA</a>. */
class ContrastTest {
    private static final Pattern PALETTE = Pattern.compile(":root \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern COLOUR = Pattern.compile("--(\\S+): #([0-9a-f]{6});");
    private static final double OF_TEXT = 4.5;
    private static final double OF_SHAPES = 3;

    @ParameterizedTest
    @MethodSource("palettes")
    void canReadEveryText(Map<String, Integer> palette) {
        for (String ground : List.of("page", "card", "code", "bad-wash")) {
            assertContrast(palette, "ink", ground, OF_TEXT);
        }
        for (String ground : List.of("page", "card")) {
            assertContrast(palette, "soft", ground, OF_TEXT);
        }
        for (String tone : List.of("good", "fair", "bad", "plain")) {
            assertContrast(palette, tone, tone + "-wash", OF_TEXT);
        }
    }

    @ParameterizedTest
    @MethodSource("palettes")
    void canSeeEveryBarAndLine(Map<String, Integer> palette) {
        for (String shape : List.of("new", "old", "measured", "refused", "bad")) {
            assertContrast(palette, shape, "card", OF_SHAPES);
        }
    }

    static Stream<Map<String, Integer>> palettes() throws IOException {
        List<Map<String, Integer>> palettes = new ArrayList<>();
        Matcher roots = PALETTE.matcher(css());
        while (roots.find()) {
            Map<String, Integer> palette = new LinkedHashMap<>();
            COLOUR.matcher(roots.group(1))
                    .results()
                    .forEach(it -> palette.put(it.group(1), Integer.parseInt(it.group(2), 16)));
            palettes.add(palette);
        }
        assertThat(palettes).as("light, dark and printed").hasSize(3);
        return palettes.stream();
    }

    private static void assertContrast(Map<String, Integer> palette, String front, String ground, double least) {
        double a = luminance(Objects.requireNonNull(palette.get(front), front));
        double b = luminance(Objects.requireNonNull(palette.get(ground), ground));
        assertThat((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05))
                .as(front + " on " + ground + " of " + palette)
                .isGreaterThanOrEqualTo(least);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static String css() throws IOException {
        try (InputStream stream = Objects.requireNonNull(ReportHtml.class.getResourceAsStream("page.css"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
