package dev.slipway.local.check;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A pipeline of commands whose last output is wanted; it fails if one of them does. */
record OutsideCommand(List<List<String>> commands, Map<String, String> environment) {

    static OutsideCommand of(Map<String, String> environment, List<String> command) {
        return new OutsideCommand(List.of(command), environment);
    }

    OutsideCommand into(String... command) {
        List<List<String>> longer = new ArrayList<>(commands);
        longer.add(List.of(command));
        return new OutsideCommand(longer, environment);
    }

    String run() throws IOException, InterruptedException {
        return new String(runForBytes(), StandardCharsets.UTF_8);
    }

    private byte[] runForBytes() throws IOException, InterruptedException {
        Path complaints = Files.createTempFile("outside", ".err");
        try {
            List<Process> processes = ProcessBuilder.startPipeline(commands.stream()
                    .map(command -> builder(command, complaints))
                    .toList());
            byte[] output = processes.getLast().getInputStream().readAllBytes();
            for (int place = 0; place < processes.size(); place++) {
                int code = processes.get(place).waitFor();
                if (code != 0) {
                    throw new IOException("Tried to run " + commands.get(place).getFirst() + " but it ended with "
                            + code + ": " + Files.readString(complaints).strip());
                }
            }
            return output;
        } finally {
            Files.delete(complaints);
        }
    }

    private ProcessBuilder builder(List<String> command, Path complaints) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(complaints.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
