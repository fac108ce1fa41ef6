package dev.slipway.compose;

import dev.slipway.compose.yaml.Nodes;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.migration.Tables;
import dev.slipway.migration.app.SecretTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the services that do their work and end from those that stay. */
final class JobSigns {
    private static final Pattern NAME = Pattern.compile(
            "(?i)(.*[-_.])?(db|database|schema)?[-_]?(migrat(e|es|ion|ions|or)|init(ializer|ialize)?|seed(er|s)?|setup|bootstrap|create-?buckets?|make-?buckets?|mkbucket|prestart)([-_.].*)?");
    /** What stands after a job's command without keeping it alive. */
    private static final Pattern IDLE =
            Pattern.compile("(?i)(exit|echo|true|:|done|fi|sleep \\d+|rm|touch|set|cd|wait)\\b.*|}|\\)");

    private static final Pattern LOOP = Pattern.compile("while\\s+(true|:|\\[)|sleep\\s+infinity|tail\\s+-f");

    private static final Pattern CLOCK =
            Pattern.compile("celery\\b.*\\sbeat\\b|rqscheduler\\b|clockwork\\s|rake\\s+resque:scheduler");

    private static final Pattern CLOCK_NAME = Pattern.compile("(?i)(.*[-_.])?(celery)?beat([-_.].*)?");

    /** A bar within an expression is one of the table's, too. */
    private static final List<Pattern> COMMANDS = Tables.rows(JobSigns.class, "jobs.psv").stream()
            .map(row -> Pattern.compile(String.join("|", row.subList(1, row.size()))))
            .toList();

    private JobSigns() {}

    /** @param awaited whether another service waits until this one has completed */
    static boolean isJob(String name, Mapping service, boolean awaited) {
        String mode =
                Nodes.text(Nodes.mappingOrEmpty(service, "deploy"), "mode").orElse("");
        return awaited || mode.endsWith("-job") || endsByItself(service) || isNamedSo(name, service);
    }

    /** Whether it is known to end by the command that it is started with. */
    static boolean endsByItself(Mapping service) {
        String line = line(service);
        List<String> commands = Arrays.stream(line.split("&&|;|\\n|\\|\\|", -1))
                .map(String::strip)
                .filter(command -> !command.isEmpty() && !IDLE.matcher(command).matches())
                .toList();
        return !commands.isEmpty()
                && !LOOP.matcher(line).find()
                && COMMANDS.stream()
                        .anyMatch(known -> known.matcher(commands.getLast()).find());
    }

    private static boolean isNamedSo(String name, Mapping service) {
        String restart = Nodes.text(service, "restart").orElse("no");
        return NAME.matcher(name).matches()
                && restart.matches("no|on-failure.*")
                && Ports.of(service).isEmpty()
                && HealthChecks.of(service).isEmpty();
    }

    /** Entrypoint and command as one line. */
    static String line(Mapping service) {
        return Stream.of("entrypoint", "command")
                .flatMap(key -> Commands.words(service, key).stream())
                .map(SecretTemplate::text)
                .collect(Collectors.joining(" "));
    }

    /** Whether it starts other work by the clock and may run only once, as Celery's beat. */
    static boolean isClock(String name, Mapping service) {
        return CLOCK_NAME.matcher(name).matches()
                || CLOCK.matcher(line(service)).find();
    }
}
