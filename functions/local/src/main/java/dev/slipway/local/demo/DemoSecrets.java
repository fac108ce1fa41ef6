package dev.slipway.local.demo;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The passwords of one demo, made for it, by the names that its app's variables have. */
record DemoSecrets(Map<String, String> values) {
    static final String POSTGRES = "POSTGRES_PASSWORD";
    static final String REDIS = "REDIS_PASSWORD";

    DemoSecrets {
        values = Map.copyOf(values);
    }

    static DemoSecrets random(List<String> names) {
        return new DemoSecrets(names.stream().collect(Collectors.toMap(Function.identity(), name -> text())));
    }

    String postgres() {
        return values.getOrDefault(POSTGRES, "");
    }

    String redis() {
        return values.getOrDefault(REDIS, "");
    }

    private static String text() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "DemoSecrets[…]";
    }
}
