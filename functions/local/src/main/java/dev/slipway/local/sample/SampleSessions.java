package dev.slipway.local.sample;

import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Map;

/** The app's Redis: sessions that it reads and marks that it leaves. */
record SampleSessions(RedisLink redis) {
    private static final Duration WEEK = Duration.ofDays(7);

    Map<String, String> sessionOf(long parent) {
        return redis.commands().hgetall("session:" + parent);
    }

    void remember(String service, long message, String text) {
        redis.commands().set("message:" + service + ":" + message, text, SetArgs.Builder.ex(WEEK));
    }
}
