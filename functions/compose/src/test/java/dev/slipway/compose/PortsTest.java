package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.app.Port;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'ports: [{target: 80, published: \"8000\", protocol: tcp}]'|8000:80/tcp",
                "'ports: [{target: 80}]'|-:80/tcp",
                "'ports: [{target: 53, published: \"8000-8010\", protocol: udp}]'|8000:53/udp",
                "'ports: [{target: 8000, published: \"80\"}]\nexpose: [\"8000\", \"9000\"]'|80:8000/tcp -:9000/tcp",
                "'expose: [\"3000-3001/udp\"]'|-:3000/udp -:3001/udp"
            })
    void readsThePortsOfAService(String service, String expected) {
        assertThat(text(Ports.of(YamlReader.read("f.yml", service)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'expose: [\"x\"]'|is no port",
                "'expose: [\"5-1\"]'|runs backwards",
                "'expose: [\"1-60000\"]'|too long",
                "'ports: [{target: 99999}]'|is no port"
            })
    void refusesWhatIsNoPortNamingTheLine(String service, String reason) {
        Refusal.assertRefused(() -> Ports.of(YamlReader.read("f.yml", service)), "f.yml:1:", reason);
    }

    private static String text(List<Port> ports) {
        return ports.stream()
                .map(port -> port.published().map(String::valueOf).orElse("-") + ":" + port.container() + "/"
                        + port.protocol())
                .collect(Collectors.joining(" "));
    }
}
