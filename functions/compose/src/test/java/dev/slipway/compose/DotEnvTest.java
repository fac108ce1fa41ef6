package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.compose.variables.DotEnv;
import dev.slipway.migration.exception.InvalidSpec;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DotEnvTest {
    @Test
    void readsEveryFormOfALine() {
        assertThat(read("""
                # a remark
                PLAIN=a b
                export EXPORTED = x   # a remark
                HASH=a#b
                EMPTY=

                SINGLE='$PLAIN # no remark'
                DOUBLE="line\\nnext \\"q\\" \\$PLAIN"
                EXPANDED=${PLAIN}-${UNSET:-d}
                LINES="one
                two"
                INHERITED
                """))
                .isEqualTo(Map.of(
                        "PLAIN", "a b",
                        "EXPORTED", "x",
                        "HASH", "a#b",
                        "EMPTY", "",
                        "SINGLE", "$PLAIN # no remark",
                        "DOUBLE", "line\nnext \"q\" $PLAIN",
                        "EXPANDED", "a b-d",
                        "LINES", "one\ntwo",
                        "INHERITED", "from the shell"));
    }

    @Test
    void takesRawValuesAsTheyStand() {
        assertThat(DotEnv.readRaw("# a remark\nA=\"$B\" # c\n\nB=x=y\n"))
                .isEqualTo(Map.of("A", "\"$B\" # c", "B", "x=y"));
    }

    @Test
    void readsWindowsLineEnds() {
        assertThat(read("A=1\r\nB=2\r\n")).isEqualTo(Map.of("A", "1", "B", "2"));
    }

    @Test
    void namesTheLineThatIsWrongButNotItsContent() {
        assertThatThrownBy(() -> read("A=1\nhunter2 secret\n"))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining(".env:2")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> read("A=\"never closed\n"))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("no end")
                .hasMessageNotContaining("never closed");
    }

    private static Map<String, String> read(String text) {
        return DotEnv.read(
                ".env", text, name -> name.equals("INHERITED") ? Optional.of("from the shell") : Optional.empty());
    }
}
