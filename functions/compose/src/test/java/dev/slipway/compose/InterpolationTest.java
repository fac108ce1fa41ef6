package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.compose.variables.Interpolation;
import dev.slipway.compose.variables.Variables;
import dev.slipway.compose.yaml.Position;
import dev.slipway.migration.exception.InvalidSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
    private static final Position HERE = new Position("docker-compose.yml", 7);
    private static final Map<String, String> VALUES = Map.of("A", "a", "EMPTY", "", "B", "b", "DOLLAR", "x$y");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "$A|a",
                "${A}|a",
                "x${A}y$B.z|xayb.z",
                "${UNSET}|",
                "${UNSET:-b}|b",
                "${UNSET-b}|b",
                "${EMPTY:-b}|b",
                "${EMPTY-b}|",
                "${A:-b}|a",
                "${A:?why}|a",
                "${A:+c}|c",
                "${EMPTY:+c}|",
                "${EMPTY+c}|c",
                "${UNSET+c}|",
                "${UNSET:-${EMPTY:-${B}}}|b",
                "${UNSET:-x${A}y}|xay",
                "${UNSET:-}|",
                "$$A|$A",
                "$${A}|${A}",
                "${DOLLAR}|x$y",
                "${UNSET:-a}b}|ab}",
                "costs 5$|costs 5$",
                "$5|$5",
                "${UNSET:-{\"a\":{}}}|{\"a\":{}}"
            })
    void replacesVariablesAsDockerComposeDoes(String text, String expected) {
        assertThat(plain(text)).isEqualTo(Optional.ofNullable(expected).orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "${A|never closed",
                "${}|not followed by a variable",
                "${1}|not followed by a variable",
                "${A!b}|unknown operator",
                "${UNSET:?write it}|required variable UNSET is not set (write it)",
                "${EMPTY:?}|required variable EMPTY is not set",
                "${UNSET?x}|required variable UNSET is not set"
            })
    void refusesWhatDockerComposeRefusesNamingTheLine(String text, String reason) {
        assertThatThrownBy(() -> plain(text))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("docker-compose.yml:7")
                .hasMessageContaining(reason);
    }

    @Test
    void doesNotOverflowTheStackOnDeepNesting() {
        String deep = "${X:-".repeat(10_000) + "}".repeat(10_000);
        assertThatThrownBy(() -> plain(deep)).isInstanceOf(InvalidSpec.class).hasMessageContaining("nested too deeply");
    }

    @Test
    void keepsASecretVariableAsAReference() {
        SecretVault vault = new SecretVault();
        SecretVariables variables = new SecretVariables(
                name -> Optional.ofNullable(Map.of("DB_PASSWORD", "s3cret").get(name)), vault);
        Interpolation interpolation = new Interpolation(HERE, variables);
        assertThat(interpolation.template("postgres://u:${DB_PASSWORD}@h").text())
                .isEqualTo("postgres://u:${DB_PASSWORD}@h");
        assertThat(interpolation.template("${API_KEY:-fallback}").text()).isEqualTo("${API_KEY}");
        assertThat(interpolation.template("${JWT_SECRET:-${DB_PASSWORD}}").text())
                .isEqualTo("${DB_PASSWORD}");
        assertThat(vault.values()).isEqualTo(Map.of("DB_PASSWORD", "s3cret", "API_KEY", "fallback"));
    }

    @Test
    void givesTwoDefaultsOfOneSecretTwoNames() {
        SecretVault vault = new SecretVault();
        Interpolation interpolation = new Interpolation(HERE, new SecretVariables(name -> Optional.empty(), vault));
        assertThat(interpolation.template("${PW:-one}").text()).isEqualTo("${PW}");
        assertThat(interpolation.template("${PW:-two}").text()).isEqualTo("${PW_2}");
        assertThat(vault.values()).isEqualTo(Map.of("PW", "one", "PW_2", "two"));
    }

    @Test
    void warnsOfAVariableThatIsNotSet() {
        SecretVariables variables = new SecretVariables(name -> Optional.empty(), new SecretVault());
        Interpolation interpolation = new Interpolation(HERE, variables);
        assertThat(interpolation.template("a${TAG}").text()).isEqualTo("a");
        assertThat(interpolation.template("${DB_PASSWORD}").text()).isEqualTo("${DB_PASSWORD}");
        assertThat(variables.warnings()).extracting("subject").containsExactly("variable TAG", "variable DB_PASSWORD");
    }

    private static String plain(String text) {
        return new Interpolation(HERE, Variables.plain(name -> Optional.ofNullable(VALUES.get(name))))
                .template(text)
                .plain()
                .orElseThrow();
    }
}
