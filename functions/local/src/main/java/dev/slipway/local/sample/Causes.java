package dev.slipway.local.sample;

import io.lettuce.core.RedisCommandExecutionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a failure of a store means to the app. */
final class Causes {
    /** read_only_sql_transaction and insufficient_privilege (postgresql.org/docs/current/errcodes-appendix.html). */
    private static final Set<String> READ_ONLY_STATES = Set.of("25006", "42501");

    private static final List<String> READ_ONLY_WORDS = List.of("NOREPLICAS", "NOPERM", "READONLY");
    private static final int FORBIDDEN = 403;

    private Causes() {}

    /** Whether a store refused a write because writes are fenced off, rather than because something is broken. */
    static boolean isReadOnly(Throwable failure) {
        return anyOf(failure, cause -> switch (cause) {
            case SQLException sql -> READ_ONLY_STATES.contains(Objects.requireNonNullElse(sql.getSQLState(), ""));
            case RedisCommandExecutionException redis ->
                READ_ONLY_WORDS.stream().anyMatch(text(redis)::startsWith);
            case S3Exception s3 -> s3.statusCode() == FORBIDDEN;
            case AccessDeniedException file -> true;
            case ReadOnlyFileSystemException file -> true;
            default -> false;
        });
    }

    /** Whether the database session is gone, rather than the statement wrong: class 08, or ended by an administrator. */
    static boolean isLostSession(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** The innermost message, on one line. */
    static String lineOf(Throwable failure) {
        Throwable last = chain(failure).reduce(failure, (outer, inner) -> inner);
        return (last.getClass().getSimpleName() + ": " + last.getMessage()).replaceAll("\\s+", " ");
    }

    private static boolean anyOf(Throwable failure, Predicate<Throwable> test) {
        return chain(failure).anyMatch(test);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static String text(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "");
    }
}
