package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.compose.yaml.YamlWriter;
import dev.slipway.migration.exception.InvalidSpec;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {
    @Test
    void mergesAnchorsAndOwnKeysWin() {
        Mapping root = read("""
                base: &base {a: 1, b: 2}
                more: &more {b: 3, c: 4}
                one: {<<: *base, a: own}
                two: {<<: [*base, *more]}
                """);
        assertThat(text(root, "one")).isEqualTo("{a: own, b: 2}");
        assertThat(text(root, "two")).isEqualTo("{a: 1, b: 2, c: 4}");
    }

    @Test
    void knowsTheLineOfAKey() {
        assertThat(read("a: 1\n\nb:\n  c: 2\n").at("b")).hasToString("f.yml:3:1");
    }

    @Test
    void anEmptyFileIsAnEmptyMapping() {
        assertThat(read("").entries()).isEmpty();
        assertThat(read("# only a remark\n").entries()).isEmpty();
        assertThat(read("null\n").entries()).isEmpty();
    }

    @Test
    void takesPlainScalarsAsDockerComposeDoes() {
        assertThat(YamlWriter.write(
                        read("a: yes\nb: 022\nc: 22:22\nd: '1'\ne: 1_000\nf: 1.50\ng: 0x1F\nh: 2001-02-03\n")))
                .isEqualTo(
                        YamlWriter.write(
                                read(
                                        "a: 'yes'\nb: 18\nc: '22:22'\nd: \"1\"\ne: 1000\nf: 1.5\ng: 31\nh: '2001-02-03 00:00:00 +0000 UTC'\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1'|f.yml:|not YAML",
                "'a: 1\n\tb: 2'|f.yml:2|not YAML",
                "'a: 1\na: 2'|f.yml:2|twice",
                "'- a'|f.yml:1|top level is a list",
                "'text'|f.yml:1|top level is a single value",
                "'a: *gone'|f.yml:1|not YAML",
                "'a: &x {b: *x}'|f.yml:1|refers to what it stands in",
                "'? [a]\n: b'|f.yml:1|key is not a single value",
                "'a: \"b\\0\"'|f.yml:1:4|NUL",
                "'a: 1\n---\nb: 2'|f.yml:3|second document"
            })
    void saysInOneLineWhatIsWrongAndWhere(String text, String place, String reason) {
        Refusal.assertRefused(() -> read(text), place, reason);
    }

    @Test
    void refusesABombOfAliases() {
        String bomb = "a0: &a0 [x, x]\n"
                + IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]")
                        .collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> read(bomb)).isInstanceOf(InvalidSpec.class).hasMessageContaining("aliases");
    }

    @Test
    void refusesWhatIsNestedDeeperThanItCanBeWalked() {
        Refusal.assertRefused(
                () -> read("a: " + "[".repeat(100_000) + "]".repeat(100_000)), "f.yml:1:203", "nested too deeply");
        String chain = "a0: &a0 [x]\n"
                + IntStream.rangeClosed(1, 1_000)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + "]")
                        .collect(Collectors.joining("\n"));
        Refusal.assertRefused(() -> read(chain), "f.yml:", "nested too deeply");
    }

    @ParameterizedTest
    @CsvSource({"'|', '\n'", "'>', '\n'", "'|+', '\n'", "'|-', ''"})
    void endsTheLastLineOfATextOnlyWhereTheFileDoes(String style, String end) {
        assertThat(text(read("a: " + style + "\n  one # two"), "a")).isEqualTo("one # two");
        assertThat(text(read("a: " + style + "\n  one # two\n"), "a")).isEqualTo("one # two" + end);
        assertThat(text(read("a: " + style + "\n  one\n# two"), "a")).isEqualTo("one" + end);
    }

    @Test
    void readsAnAnchorThatManyShare() {
        String services =
                IntStream.rangeClosed(1, 300).mapToObj(i -> "s" + i + ": *a").collect(Collectors.joining("\n"));
        assertThat(read("a: &a {b: 1}\n" + services).entries()).hasSize(301);
    }

    @Test
    void writesWhatItReads() {
        Mapping root = read("""
                a: {b: [1, 2.50, true, null, "3", 'no', "line\\nnext", "x: y", "", "#", "${A}", "$$",
                  "0644", "1_000", "0b1", "2001-01-01", "~", "Null", ".5", "1e3", ".inf", "True", "yes", "<<"]}
                "8080": ' padded '
                é: ü
                """);
        Mapping again = read(YamlWriter.write(root));
        assertThat(YamlWriter.write(again)).isEqualTo(YamlWriter.write(root));
        assertThat(Declared.of(again)).isEqualTo(Declared.of(root));
    }

    private static Mapping read(String text) {
        return YamlReader.read("f.yml", text);
    }

    private static String text(Mapping root, String key) {
        return String.valueOf(Declared.of(root).get(key));
    }
}
