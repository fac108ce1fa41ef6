package dev.slipway.report.plan;

import dev.slipway.migration.plan.KeyFate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys that the same becomes of, in each of several services; the service {@code -} is the file itself. */
public record SharedFate(List<String> services, List<String> keys, String why) {
    public SharedFate {
        services = List.copyOf(services);
        keys = List.copyOf(keys);
    }

    /** In the order in which each stands in the plan first. */
    public static List<SharedFate> of(List<KeyFate> fates) {
        Map<List<String>, List<String>> keys = new LinkedHashMap<>();
        fates.forEach(fate -> keys.computeIfAbsent(List.of(fate.service(), fate.why()), any -> new ArrayList<>())
                .add(fate.key()));
        Map<Alike, List<String>> services = new LinkedHashMap<>();
        keys.forEach((of, names) -> services.computeIfAbsent(new Alike(names, of.getLast()), any -> new ArrayList<>())
                .add(of.getFirst()));
        return services.entrySet().stream()
                .map(entry -> new SharedFate(
                        entry.getValue(), entry.getKey().keys(), entry.getKey().why()))
                .toList();
    }

    /** E.g. {@code web, api}, or {@code the file} for what stands beside the services. */
    public String of(int most) {
        return Words.some(
                services.stream()
                        .map(service -> service.equals("-") ? "the file" : service)
                        .toList(),
                most);
    }

    private record Alike(List<String> keys, String why) {}
}
