package dev.slipway.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.Checkout;
import dev.slipway.local.LocalEnvironments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassTrainingIT {
    @TempDir
    Path run;

    /** The account in memory keeps no content types, so the comparison of the media finds differences, having read it all. */
    @Test
    void doesAllThatIsToBeCached() throws IOException, InterruptedException {
        List<String> said = train();
        for (String verb : List.of("inspect", "snapshot", "fence", "verify")) {
            for (String store : List.of("postgres", "redis", "media")) {
                int code = verb.equals("verify") && store.equals("media") ? 2 : 0;
                assertThat(said).contains(verb + " " + store + " ended " + code);
            }
        }
    }

    private List<String> train() throws IOException, InterruptedException {
        Checkout checkout = Checkout.current();
        LocalEnvironments environments = LocalEnvironments.ensure(checkout, System.getenv(), System.err::println);
        Path training = Files.createDirectories(run.resolve("training"));
        Files.createDirectories(run.resolve("pids"));
        ProcessBuilder builder = new ProcessBuilder(
                        Checkout.java().toString(),
                        "-Dslipway.root=" + checkout.root(),
                        "-cp",
                        checkout.classPath(),
                        ClassTraining.class.getName(),
                        training.toString())
                .redirectErrorStream(true);
        builder.environment().putAll(ClassTraining.environment(environments));
        Process process = builder.start();
        List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        return said;
    }
}
