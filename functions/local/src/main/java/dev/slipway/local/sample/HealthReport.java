package dev.slipway.local.sample;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which of a program's stores answer. */
final class HealthReport {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Map<String, String> stores = new LinkedHashMap<>();

    /** Asks one store. */
    @FunctionalInterface
    interface Check {
        boolean passes() throws Exception;
    }

    HealthReport with(String store, Check check) {
        stores.put(store, state(check));
        return this;
    }

    Reply reply() throws IOException {
        return Reply.json(stores.values().stream().allMatch("ok"::equals) ? OK : UNAVAILABLE, stores);
    }

    private static String state(Check check) {
        try {
            return check.passes() ? "ok" : "no answer";
        } catch (Exception e) {
            return Causes.lineOf(e);
        }
    }
}
