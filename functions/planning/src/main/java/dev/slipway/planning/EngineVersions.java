package dev.slipway.planning;

import dev.slipway.migration.app.AppStore;

/** Which version of an engine the target has. */
final class EngineVersions {
    /** Majors that RDS offers for a new instance. */
    static final int OLDEST_POSTGRES = 14;

    static final int NEWEST_POSTGRES = 18;
    static final int NEWEST_AURORA = 18;
    private static final String DEFAULT_POSTGRES = "17";

    private EngineVersions() {}

    /** A managed cache. */
    record Cache(String product, String version) {}

    /** The source's major, or the oldest one after it that RDS has. */
    static String postgres(String source) {
        int major = major(source);
        return major == 0 ? DEFAULT_POSTGRES : Integer.toString(Math.clamp(major, OLDEST_POSTGRES, NEWEST_POSTGRES));
    }

    /** The same of Aurora, which gets a major later and takes a bare one for its usual minor, as RDS does. */
    static String aurora(String source) {
        int major = major(source);
        return major == 0 ? DEFAULT_POSTGRES : Integer.toString(Math.clamp(major, OLDEST_POSTGRES, NEWEST_AURORA));
    }

    /** Redis OSS ends at 7.1 on ElastiCache; what is newer goes to Valkey, which reads its dumps up to 7.2. */
    static Cache cache(AppStore store) {
        boolean valkey = store.engine().equals("valkey") || tenths(store.version()) > 71;
        return valkey ? new Cache("Valkey", "8.1") : new Cache("Redis OSS", "7.1");
    }

    static int major(String version) {
        String digits = version.replaceFirst("\\..*$", "");
        return digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : 0;
    }

    private static int tenths(String version) {
        return version.matches("\\d{1,2}\\.\\d{1,2}.*")
                ? major(version) * 10 + Integer.parseInt(version.replaceFirst("^\\d+\\.(\\d+).*$", "$1"))
                : major(version) * 10;
    }
}
