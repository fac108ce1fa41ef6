package dev.slipway.local.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks any service of an account, by the names of its API, through AWS's own client for Python: no SDK for each service. */
public final class Questions implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    public Questions(PythonEnvironment python, Account account, Path run) throws IOException {
        Path script = run.resolve("ask.py");
        try (InputStream file = Objects.requireNonNull(Questions.class.getResourceAsStream("ask.py"))) {
            Files.write(script, file.readAllBytes());
        }
        this.process = Tool.builder(List.of(python.bin("python").toString(), script.toString()), account.environment())
                .redirectError(Redirect.appendTo(run.resolve("logs/ask.log").toFile()))
                .start();
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** @return the answer, which has an {@code error} and a {@code message} where the service refused */
    public JsonNode ask(String service, String operation, Map<String, ?> arguments) {
        return ask("us-east-1", service, operation, arguments);
    }

    public synchronized JsonNode ask(String region, String service, String operation, Map<String, ?> arguments) {
        try {
            questions.write(JSON.writeValueAsString(
                    Map.of("service", service, "operation", operation, "arguments", arguments, "region", region)));
            questions.newLine();
            questions.flush();
            return JSON.readTree(Objects.requireNonNull(answers.readLine(), "ask.py ended: see logs/ask.log"));
        } catch (IOException e) {
            throw new UncheckedIOException("Tried to ask " + service + " " + operation, e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
