package dev.slipway.local;

import java.util.Map;

/** The environment that this process was started with. */
public final class LocalSettings {
    private LocalSettings() {}

    public static Map<String, String> environment() {
        return System.getenv();
    }
}
