package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A library that keeps a queue in Redis by scripts over several keys, which a Redis cluster refuses unless all lie in one slot.
 *
 * @param name as its makers write it
 * @param service whose variables, command or image name it
 * @see <a href="https://docs.bullmq.io/guide/redis-tm-compatibility/redis-cluster">BullMQ and cluster mode</a>
 */
record QueueLibrary(String name, String service) {
    private static final Map<String, Pattern> LIBRARIES = Map.ofEntries(
            Map.entry("BullMQ", word("bullmq")),
            Map.entry("Bull", word("bull")),
            Map.entry("Celery", word("celery|flower")),
            Map.entry("Sidekiq", word("sidekiq")),
            Map.entry("RQ", word("rq|rqworker|rqscheduler|django-rq")),
            Map.entry("Resque", word("resque")),
            Map.entry("Dramatiq", word("dramatiq")),
            Map.entry("Huey", word("huey|huey_consumer")),
            Map.entry("ARQ", word("arq")),
            Map.entry("Laravel Horizon", word("horizon")),
            Map.entry("Asynq", word("asynq|asynqmon")));

    /** The first service that uses one, if any. */
    static Optional<QueueLibrary> of(App app) {
        return Stream.of(ServiceKind.APP, ServiceKind.JOB, ServiceKind.MONITORING)
                .flatMap(kind -> app.services(kind).stream())
                .flatMap(service -> of(service).stream())
                .findFirst();
    }

    private static Optional<QueueLibrary> of(AppService service) {
        String words = words(service);
        return LIBRARIES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(library -> library.getValue().matcher(words).find())
                .map(library -> new QueueLibrary(library.getKey(), service.name()))
                .findFirst();
    }

    /** Names of variables, the command and the image; values of variables may say anything. */
    private static String words(AppService service) {
        return Stream.of(
                        service.environment().keySet().stream(),
                        service.command().stream().map(SecretTemplate::text),
                        service.declared().entrySet().stream()
                                .filter(key -> key.getKey().equals("entrypoint"))
                                .map(key -> key.getValue().text()),
                        service.image().stream(),
                        service.product().stream())
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    private static Pattern word(String names) {
        return Pattern.compile("(?i)(?<![a-z0-9])(?:" + names + ")(?![a-z0-9])");
    }
}
