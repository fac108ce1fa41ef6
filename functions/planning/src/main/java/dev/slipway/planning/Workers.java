package dev.slipway.planning;

import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.Scaling;
import dev.slipway.migration.spec.Size;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells the services that take their work from a queue, whose tasks may end at any time: the queue gives it to another. */
final class Workers {
    private static final Pattern WORKER = Pattern.compile(
            "\\b(worker|workers|consumer|queue|celery|sidekiq|resque|rq|bullmq|dramatiq|horizon|faktory|jobs)\\b");

    private Workers() {}

    /** Not at the size that has to hold, and never the one that runs once: its place would be empty. */
    static boolean maySpareTasks(AppService service, Size size, List<String> paths) {
        boolean asked = !paths.isEmpty()
                || service.ports().stream().anyMatch(port -> port.published().isPresent());
        boolean single =
                service.scaling().map(Scaling::most).filter(most -> most == 1).isPresent();
        return size != Size.MEDIUM && !asked && !single && isWorker(service);
    }

    private static boolean isWorker(AppService service) {
        String command = service.command().stream().map(Object::toString).collect(Collectors.joining(" "));
        return WORKER.matcher((service.name() + " " + command)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' '))
                .find();
    }
}
