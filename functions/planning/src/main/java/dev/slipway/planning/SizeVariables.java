package dev.slipway.planning;

import dev.slipway.migration.app.AppService;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proposes values that follow the size of a task: workers at two a processor, and three quarters of the memory for a program, so that
 * the rest of its process has room.
 */
final class SizeVariables {
    private static final Pattern WORKERS = Pattern.compile(
            "(?:.*_)?(?:API_WORKERS|WEB_WORKERS|GUNICORN_WORKERS|UVICORN_WORKERS|PUMA_WORKERS|WEB_CONCURRENCY)|WORKERS|NUM_WORKERS");
    private static final Pattern MEMORY =
            Pattern.compile("(?:.*_)?(?:MAX_MEMORY_MB|MEMORY_LIMIT_MB|MAX_MEMORY_MIB|MAX_HEAP_MB)");
    private static final Pattern HEAP = Pattern.compile("(-Xmx|--max-old-space-size=)(\\d+)([mMgG]?)");
    private static final int WORKERS_A_PROCESSOR = 2;
    private static final double SHARE = 0.75;

    private SizeVariables() {}

    /**
     * Another value.
     *
     * @param why in words, for the plan's warnings
     */
    record Proposal(String value, String why) {}

    /** What is proposed in the place of a value; empty where it is right as it is. */
    static Optional<Proposal> of(AppService service, FargateSize size, String name, String value) {
        boolean number = value.matches("\\d{1,6}");
        if (number && WORKERS.matcher(name).matches()) {
            return workers(service, size, Integer.parseInt(value));
        }
        int memory = (int) (size.memoryMib() * SHARE);
        if (number && MEMORY.matcher(name).matches()) {
            return memory(service, size, Integer.parseInt(value), memory, Integer.toString(memory));
        }
        return heap(service, size, value, memory);
    }

    /** Where nothing says how large the service is, fewer would be a guess. */
    private static Optional<Proposal> workers(AppService service, FargateSize size, int now) {
        int wanted = (int) Math.max(1, WORKERS_A_PROCESSOR * size.cpu() / 1024.0);
        return service.cpus().isPresent() && wanted > now
                ? Optional.of(new Proposal(Integer.toString(wanted), "the task has " + size.cpu() / 1024.0 + " vCPU"))
                : Optional.empty();
    }

    private static Optional<Proposal> memory(AppService service, FargateSize size, int now, int wanted, String value) {
        boolean grows = service.memoryMiB().isPresent() && wanted > now;
        return grows || now > size.memoryMib()
                ? Optional.of(new Proposal(value, "the task has " + size.memoryMib() + " MB"))
                : Optional.empty();
    }

    private static Optional<Proposal> heap(AppService service, FargateSize size, String value, int memory) {
        Matcher heap = HEAP.matcher(value);
        if (!heap.find()) {
            return Optional.empty();
        }
        boolean gigabytes = heap.group(3).equalsIgnoreCase("g");
        int now = heap.group(2).length() > 6
                ? Integer.MAX_VALUE
                : Integer.parseInt(heap.group(2)) * (gigabytes ? 1024 : 1);
        String unit = heap.group(3).isEmpty() ? "" : "m";
        String changed = value.substring(0, heap.start()) + heap.group(1) + memory + unit + value.substring(heap.end());
        return memory(service, size, now, memory, changed);
    }
}
