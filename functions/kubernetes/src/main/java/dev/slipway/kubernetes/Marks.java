package dev.slipway.kubernetes;

import java.util.Map;

/** What we write on objects, so that they are found again and what becomes of them is known. */
final class Marks {
    static final String MANAGER = "slipway";

    /** Label of pods: which service, or which job, they belong to. */
    static final String SERVICE = "slipway/service";

    /** Annotation: how many pods there are when it runs; until then there is none. */
    static final String COUNT = "slipway/replicas";

    /** Annotation of a CronJob that runs where the app comes from, too. */
    static final String SCHEDULED = "slipway/scheduled";

    /** Annotation of a job that goes before the others: it brings the schema up to date. */
    static final String FIRST = "slipway/first";

    /** Annotation: which attempt runs a job. */
    static final String ATTEMPT = "slipway/attempt";

    private Marks() {}

    /** What everything bears that is ours. */
    static Map<String, String> labels(String app) {
        return Map.of("app.kubernetes.io/managed-by", MANAGER, "slipway/app", app);
    }
}
