package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the linters say of template.yaml and of the machines. */
final class LintIT {
    private static final Path TEMPLATE = Linters.ROOT.resolve("template.yaml");

    @TempDir
    Path folder;

    @Test
    void findsNothingInTheTemplate() throws IOException {
        assertThat(new Linters(folder).templates(List.of(TEMPLATE))).isEmpty();
    }

    @Test
    void findsNothingInTheApplication() throws IOException {
        assertThat(new Linters(folder).application(TEMPLATE)).isEmpty();
    }

    @Test
    void findsNothingInAMachine() throws IOException {
        try (Stream<Path> machines = Files.list(Linters.ROOT.resolve("statemachine"))) {
            assertThat(new Linters(folder).machines(machines.sorted().toList())).isEmpty();
        }
    }

    @Test
    void findsAStateThatIsNotThere() throws IOException {
        Path machine = Files.writeString(folder.resolve("broken.asl.yaml"), """
                QueryLanguage: JSONata
                StartAt: Begin
                States:
                  Begin:
                    Type: Pass
                    Next: Nowhere
                """);
        assertThat(new Linters(folder).machines(List.of(machine))).contains("Nowhere");
    }
}
