package dev.slipway.redis.compare;

import dev.slipway.redis.session.Answers;
import io.lettuce.core.RedisCommandExecutionException;

/** Compares vector sets of Redis 8 by their elements; where these do not tell everything, by what DUMP says. */
final class VectorSetValue implements ValueCompare {
    static final String TYPE = "vectorset";

    private final KeySide source;
    private final KeySide target;

    VectorSetValue(KeySide source, KeySide target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public Outcome compare(byte[] key) {
        try {
            Outcome elements = new UnorderedValue(source, target, new VectorElements(source, target)).compare(key);
            return elements instanceof Equal && isReduced(key) ? whole(key) : elements;
        } catch (RedisCommandExecutionException e) {
            // A user may lack the right to its commands, and another module may have a type of that name.
            return whole(key);
        }
    }

    /** By a matrix that no command tells. */
    private boolean isReduced(byte[] key) {
        return !Answers.text(
                        VectorElements.settings(source, key).getOrDefault(VectorElements.PROJECTED_FROM, "unknown"))
                .equals("0");
    }

    private Outcome whole(byte[] key) {
        return new OpaqueValue(source, target, TYPE).compare(key);
    }

    @Override
    public boolean isOfAModule() {
        return true;
    }
}
