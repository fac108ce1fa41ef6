package dev.slipway.blueprints;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Turns a plan's name into the start of logical ids and outputs: {@code auth-service} into {@code AuthService}. */
public final class LogicalName {
    private LogicalName() {}

    public static String of(String name) {
        return Arrays.stream(name.split("[^A-Za-z0-9]+"))
                .filter(part -> !part.isEmpty())
                .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
                .collect(Collectors.joining());
    }
}
