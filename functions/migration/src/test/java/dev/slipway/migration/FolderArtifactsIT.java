package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

    /** A copy of objects was ended by it: its ranges keep their notes side by side. */
    @Test
    void listsWhileOthersWrite() throws Exception {
        FolderArtifacts artifacts = new FolderArtifacts(folder);
        artifacts.write("notes/0", out -> out.write(0));
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FolderArtifacts>> written = IntStream.range(1, 4)
                    .mapToObj(writer -> writers.submit(() -> {
                        for (int i = 0; i < 300; i++) {
                            artifacts.write("notes/" + writer, out -> out.write(1));
                        }
                        return artifacts;
                    }))
                    .toList();
            while (written.stream().anyMatch(each -> !each.isDone())) {
                assertThat(artifacts.list("notes/")).contains("notes/0");
            }
            for (Future<FolderArtifacts> each : written) {
                each.get();
            }
        }
        assertThat(artifacts.list("notes/")).containsExactly("notes/0", "notes/1", "notes/2", "notes/3");
    }
}
