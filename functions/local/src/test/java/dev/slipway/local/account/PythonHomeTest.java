package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonHomeTest {
    @TempDir
    private Path home;

    @Test
    void passesOverAShimThatDoesNotRun() throws IOException {
        executable("shims/python3.13");
        Path real = executable(".pyenv/versions/3.13.0/bin/python3.13");

        Path found = PythonHome.find(
                Map.of("PATH", home.resolve("shims").toString(), "HOME", home.toString()),
                List.of("3.13"),
                (python, version) -> python.equals(real));

        assertThat(found).isEqualTo(real);
    }

    @Test
    void prefersTheVersionNamedFirst() throws IOException {
        executable("bin/python3.13");
        Path older = executable("other/python3.12");

        Path found = PythonHome.find(
                Map.of("PATH", home.resolve("bin") + ":" + home.resolve("other")),
                List.of("3.12", "3.13"),
                (python, version) ->
                        python.startsWith(home) && python.toString().endsWith(version));

        assertThat(found).isEqualTo(older);
    }

    @Test
    void saysInOneLineWhatToInstall() {
        assertThatThrownBy(() ->
                        PythonHome.find(Map.of("HOME", home.toString()), List.of("3.13"), (python, version) -> false))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "Tried to find Python 3.13 for the emulated account but the PATH and the usual folders of pyenv, uv, asdf"
                                + " and mise hold none: install python3.13 with its venv module and run this again");
    }

    private Path executable(String name) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
