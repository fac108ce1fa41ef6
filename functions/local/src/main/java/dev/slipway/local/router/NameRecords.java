package dev.slipway.local.router;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The names of the account's hosted zones; of several weighted records each request draws one anew, as if no one cached. */
record NameRecords(Map<String, List<Weighted>> byName) {

    /** What a name leads to, a further name or an address, and how much of the traffic it gets. */
    record Weighted(String value, long weight) {}

    NameRecords {
        byName = Map.copyOf(byName);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** Where all weights are zero all records count alike (docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html). */
    String draw(String name, RandomGenerator random) {
        List<Weighted> records = byName.getOrDefault(name, List.of());
        long total = records.stream().mapToLong(Weighted::weight).sum();
        if (total == 0) {
            return records.get(random.nextInt(records.size())).value;
        }
        long ticket = random.nextLong(total);
        for (Weighted record : records) {
            ticket -= record.weight;
            if (ticket < 0) {
                return record.value;
            }
        }
        throw new IllegalStateException("a ticket below the total lies in one of the weights");
    }
}
