package dev.slipway.redis.session;

import dev.slipway.migration.StoreUrl;
import dev.slipway.migration.exception.StoreUnreachable;

/** Says that a server cannot be used, and what to do about that. */
final class Unreachable {
    private static final int LONGEST = 200;

    private Unreachable() {}

    static StoreUnreachable of(StoreUrl url, String failed, Throwable cause) {
        return new StoreUnreachable(
                "use the Redis at " + url.host() + ":" + url.port(6379),
                shortened(failed),
                remedy(url, failed, RedisStore.reason(cause)),
                cause);
    }

    /** A server in protected mode answers with a whole page in one line. */
    private static String shortened(String failed) {
        return failed.length() > LONGEST ? failed.substring(0, LONGEST) + "…" : failed;
    }

    private static String remedy(StoreUrl url, String failed, String said) {
        boolean encrypted = url.scheme().equals("rediss");
        if (said.contains("certification path") || said.contains("signature check failed")) {
            return "name the file of its certificate's authority by ?ca=/path/of/ca.pem";
        }
        if (said.contains("subject alternative") || said.contains("No name matching")) {
            return "name the host as its certificate does";
        }
        if (said.contains("SSL/TLS record") || said.contains("Unsupported or unrecognized SSL message")) {
            return "check the port, and write redis:// if it speaks no TLS";
        }
        if (encrypted && said.contains("timed out")) {
            return "check that it runs and can be reached from here, and write redis:// if it speaks no TLS";
        }
        boolean greeting = failed.startsWith("it could not be opened");
        if (greeting && !encrypted && (said.contains("Connection reset") || said.contains("closed prematurely"))) {
            return "check that it is a Redis, and write rediss:// if it speaks TLS";
        }
        if (said.contains("Invalid first byte") || said.contains("does not answer as a Redis does")) {
            return "check the port: what answers there is no Redis";
        }
        if (said.startsWith("DENIED")) {
            return "give the server a password, or switch its protected mode off";
        }
        if (said.startsWith("LOADING")) {
            return "wait until it has read its data, and run this again";
        }
        return "check that it runs, that its address can be reached from here and that the URL's user and password are right";
    }
}
