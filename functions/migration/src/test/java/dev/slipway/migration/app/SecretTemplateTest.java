package dev.slipway.migration.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTemplateTest {
    @Test
    void fillsInEveryReferenceAndHalvesDoubledDollars() {
        SecretTemplate template = new SecretTemplate("a${X}b$$c${target:db:host}$$${X}");
        assertThat(template.references()).containsExactly("X", "target:db:host");
        assertThat(template.resolve(Map.of("X", "$1\\", "target:db:host", "h"))).isEqualTo("a$1\\b$ch$$1\\");
    }

    @Test
    void literalTextComesBackAsItWas() {
        SecretTemplate literal = SecretTemplate.literal("pa$$w${ord}$");
        assertThat(literal.references()).isEmpty();
        assertThat(literal.plain()).contains("pa$$w${ord}$");
        assertThat(literal.resolve(Map.of())).isEqualTo("pa$$w${ord}$");
    }

    @Test
    void tellsASoleReferenceFromOneAmongText() {
        assertThat(SecretTemplate.reference("A").soleReference()).contains("A");
        assertThat(new SecretTemplate("x${A}").soleReference()).isEmpty();
        assertThat(new SecretTemplate("$$").soleReference()).isEmpty();
    }

    @Test
    void namesTheMissingValueAndWhatToDo() {
        assertThatThrownBy(() -> SecretTemplate.reference("JWT_SECRET").resolve(Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("${JWT_SECRET}")
                .hasMessageContaining("slipway app put");
    }

    @Test
    void renamesReferencesAndLeavesLiteralDollarsAlone() {
        assertThat(new SecretTemplate("$$${A}/${B}").rename(name -> SecretTemplate.reference("T_" + name)))
                .hasToString("$$${T_A}/${T_B}");
    }

    @Test
    void encodesSecretsInASourceUrl() {
        SourceUrl url = SourceUrl.of("postgres://app:${PW}@127.0.0.1:5432/shop");
        assertThat(url.resolve(Map.of("PW", "p@ss/w:rd 100%*+")).password()).contains("p@ss/w:rd 100%*+");
    }

    @Test
    void isAStringInJson() throws IOException {
        SourceUrl url = SourceUrl.of("redis://:${PW}@h/0");
        String json = StrictJson.mapper().writeValueAsString(url);
        assertThat(json).isEqualTo("\"redis://:${PW}@h/0\"");
        assertThat(StrictJson.mapper().readValue(json, SourceUrl.class)).isEqualTo(url);
    }

    @Test
    void secretsPrintTheirNamesOnly() {
        assertThat(new AppSecrets(Map.of("PW", "hunter2"))).hasToString("AppSecrets[PW]");
    }
}
