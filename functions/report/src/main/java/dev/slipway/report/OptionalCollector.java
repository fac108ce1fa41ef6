package dev.slipway.report;

import com.samskivert.mustache.DefaultCollector;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a template's section stand for an {@link Optional}, which the library takes for a value that is always there. */
final class OptionalCollector extends DefaultCollector {
    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
        return value instanceof Optional<?> optional ? optional.stream().iterator() : super.toIterator(value);
    }
}
