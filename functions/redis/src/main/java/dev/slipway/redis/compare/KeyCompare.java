package dev.slipway.redis.compare;

import dev.slipway.migration.Comparison.Side;
import dev.slipway.redis.keys.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;

/** Compares one key at a time: what it is, when it goes, and what it holds. */
final class KeyCompare {
    private final KeySide source;
    private final KeySide target;
    private final Duration tolerance;
    private final Findings findings;
    private OptionalInt lacking = OptionalInt.empty();

    KeyCompare(KeySide source, KeySide target, Duration tolerance, Findings findings) {
        this.source = source;
        this.target = target;
        this.tolerance = tolerance;
        this.findings = findings;
    }

    /** A key that the source has, or had when it was asked for. */
    void compare(byte[] key) {
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
            compareValues(key, here.type());
        }
    }

    /** A key that the source has not. */
    void compareExtra(byte[] key) {
        KeySide.Facts there = target.facts(key);
        if (there.isGone()) {
            findings.gone(source.database(), key);
        } else {
            missing(key, Side.ONLY_TARGET, there, source.facts(key).now());
        }
    }

    /** Its time may have come on one server and not yet on the other, by as much as their clocks differ. */
    private void missing(byte[] key, Side side, KeySide.Facts facts, long nowOnTheOther) {
        if (facts.expiry().isDue(nowOnTheOther, tolerance)) {
            findings.expired(source.database(), key);
        } else if (side == Side.ONLY_SOURCE && isOfALackingModule(facts.type())) {
            findings.unknown(
                    source.database(), key, "the type " + facts.type() + " of a module, which the target has not got");
        } else {
            findings.different(
                    side, source.database(), key, "a " + facts.type() + " that expires " + when(facts.expiry()));
        }
    }

    /** Which module makes which type no server tells: any that the target lacks may. */
    private boolean isOfALackingModule(String type) {
        return ValueCompare.of(type, source, target, tolerance).isOfAModule() && lackingModules() > 0;
    }

    private synchronized int lackingModules() {
        if (lacking.isEmpty()) {
            Set<String> modules = source.modules();
            modules.removeAll(target.modules());
            lacking = OptionalInt.of(modules.size());
        }
        return lacking.getAsInt();
    }

    private void compareValues(byte[] key, String type) {
        switch (ValueCompare.of(type, source, target, tolerance).compare(key)) {
            case ValueCompare.Equal(ValueDigest value) ->
                findings.same(source.database(), new TypedKey(key, type), value.digest(), value.bytes());
            case ValueCompare.Unequal(String detail) -> unlessItExpired(key, detail);
            case ValueCompare.Unreadable(String reason) -> findings.unknown(source.database(), key, reason);
        }
    }

    /** Half a value was read when its time came. */
    private void unlessItExpired(byte[] key, String detail) {
        if (source.facts(key).isGone() || target.facts(key).isGone()) {
            compare(key);
        } else {
            different(key, detail);
        }
    }

    private void different(byte[] key, String detail) {
        findings.different(Side.BOTH, source.database(), key, detail);
    }

    static String when(Expiry expiry) {
        return expiry.isVolatile() ? "at " + Instant.ofEpochMilli(expiry.millis()) : "never";
    }
}
