package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison.Side;
import dev.slipway.redis.keys.Dump;
import dev.slipway.redis.keys.Expiry;
import dev.slipway.redis.keys.KeyText;
import java.time.Duration;
import java.time.Instant;

/** Compares one key at a time: what it is, when it goes, and what it holds. */
final class KeyCompare {
    private final KeySide source;
    private final KeySide target;
    private final Duration tolerance;
    private final Findings findings;

    KeyCompare(KeySide source, KeySide target, Duration tolerance, Findings findings) {
        this.source = source;
        this.target = target;
        this.tolerance = tolerance;
        this.findings = findings;
    }

    /** A key that the source has, or had when it was serialised. */
    void compare(Dump dump) {
        byte[] key = dump.key();
        KeySide.Facts here = source.facts(key);
        KeySide.Facts there = target.facts(key);
        if (here.isGone()) {
            compareExtra(key);
        } else if (there.isGone()) {
            missing(key, Side.ONLY_SOURCE, here, there.now());
        } else if (!here.type().equals(there.type())) {
            different(key, "it is a " + here.type() + " on the source and a " + there.type() + " on the target");
        } else if (!here.expiry().isNear(there.expiry(), tolerance)) {
            different(
                    key,
                    "it expires " + when(here.expiry()) + " on the source and " + when(there.expiry())
                            + " on the target");
        } else {
            compareValues(dump, here.type());
        }
    }

    /** A key that the source has not. */
    void compareExtra(byte[] key) {
        KeySide.Facts there = target.facts(key);
        if (!there.isGone()) {
            missing(key, Side.ONLY_TARGET, there, source.facts(key).now());
        }
    }

    /** Its time may have come on one server and not yet on the other, by as much as their clocks differ. */
    private void missing(byte[] key, Side side, KeySide.Facts facts, long nowOnTheOther) {
        if (!facts.expiry().isDue(nowOnTheOther, tolerance)) {
            findings.different(
                    side, source.database(), key, "a " + facts.type() + " that expires " + when(facts.expiry()));
        }
    }

    private void compareValues(Dump dump, String type) {
        byte[] key = dump.key();
        switch (ValueCompare.of(type, source, target, tolerance).compare(key)) {
            case ValueCompare.Equal() -> findings.same(source.database(), key, dump.digest(), dump.size());
            case ValueCompare.Unequal(String detail) -> unlessItExpired(dump, detail);
            case ValueCompare.Unreadable(String reason) ->
                findings.unknown(KeyText.of(source.database(), key) + ": " + reason);
        }
    }

    /** Half a value was read when its time came. */
    private void unlessItExpired(Dump dump, String detail) {
        byte[] key = dump.key();
        KeySide.Facts here = source.facts(key);
        KeySide.Facts there = target.facts(key);
        if (here.isGone() || there.isGone()) {
            compare(dump);
        } else {
            different(key, detail);
        }
    }

    private void different(byte[] key, String detail) {
        findings.different(Side.BOTH, source.database(), key, detail);
    }

    private static String when(Expiry expiry) {
        return expiry.isVolatile() ? "at " + Instant.ofEpochMilli(expiry.millis()) : "never";
    }
}
