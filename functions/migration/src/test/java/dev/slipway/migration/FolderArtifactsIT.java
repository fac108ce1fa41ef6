package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactsIT extends ArtifactsContract {
    @TempDir
    Path folder;

    @Override
    protected Artifacts empty() {
        return new FolderArtifacts(folder.resolve("artifacts"));
    }

    @Test
    void writesNothingOutsideTheFolder() {
        assertThatThrownBy(() -> empty().write("../elsewhere", out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads out of");
    }
}
