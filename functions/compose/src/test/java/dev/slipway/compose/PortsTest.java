package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.app.Port;
import dev.slipway.migration.exception.InvalidSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
    @ParameterizedTest
    @CsvSource({
        "3000, -:3000/tcp",
        "'\"8000:80\"', 8000:80/tcp",
        "'\"127.0.0.1:8000:80\"', 8000:80/tcp",
        "'\"127.0.0.1::80\"', -:80/tcp",
        "'\"[::1]:8000:80\"', 8000:80/tcp",
        "'\"53:53/udp\"', 53:53/udp",
        "'\"9000-9001:80-81\"', 9000:80/tcp 9001:81/tcp",
        "'\"3000-3001\"', -:3000/tcp -:3001/tcp",
        "'{target: 80, published: \"8000\", protocol: tcp}', 8000:80/tcp",
        "'{target: 80}', -:80/tcp"
    })
    void readsShortAndLongForms(String entry, String expected) {
        assertThat(text(ports(entry))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999:80", "80:0", "'a:80'", "'80:'", "'5-1:5-1'", "{published: 80}", "'1-60000:1-60000'"})
    void refusesWhatIsNoPortNamingTheLine(String entry) {
        assertThatThrownBy(() -> ports(entry))
                .isInstanceOf(InvalidSpec.class)
                .hasMessageContaining("f.yml:1")
                .hasMessageContaining("port");
    }

    @Test
    void exposesWhatIsNotPublished() {
        assertThat(text(Ports.of(YamlReader.read("f.yml", "ports: ['80:8000']\nexpose: [8000, '9000']"))))
                .isEqualTo("80:8000/tcp -:9000/tcp");
    }

    private static List<Port> ports(String entry) {
        return Ports.of(YamlReader.read("f.yml", "ports: [" + entry + "]"));
    }

    private static String text(List<Port> ports) {
        return ports.stream()
                .map(port -> port.published().map(String::valueOf).orElse("-") + ":" + port.container() + "/"
                        + port.protocol())
                .collect(Collectors.joining(" "));
    }
}
