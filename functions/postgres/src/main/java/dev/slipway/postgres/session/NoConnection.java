package dev.slipway.postgres.session;

import dev.slipway.migration.exception.StoreUnreachable;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Why there is no connection, where no server says it but the driver. */
final class NoConnection {
    // The driver has no code of its own for it.
    private static final Pattern ABOUT_TLS = Pattern.compile("(?i)ssl|hostnameverifier");
    private static final String TLS =
            "check that it is a Postgres, and sslmode and sslrootcert in the URL: the server's certificate must name"
                    + " the host and be signed by an authority of that file";
    private static final String ADDRESS =
            "check that the server runs, that the address is right and that a firewall lets us in";

    private NoConnection() {}

    static StoreUnreachable of(String tried, SQLException e) {
        if (e.getCause() instanceof UnknownHostException unknown) {
            return new StoreUnreachable(
                    tried, "the name " + unknown.getMessage() + " is not known", "check the host in the URL", e);
        }
        String sentence = PostgresFailure.line(innermost(e)).replaceFirst("\\.( .*)?$", "");
        if (ABOUT_TLS.matcher(sentence).find()) {
            return new StoreUnreachable(tried, sentence, TLS, e);
        }
        return new StoreUnreachable(tried, sentence + network(sentence, e), ADDRESS, e);
    }

    // What goes wrong where the driver makes a factory is wrapped in that it could not be made.
    private static SQLException innermost(SQLException e) {
        SQLException innermost = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause instanceof SQLException inner ? inner : innermost;
        }
        return innermost;
    }

    /** What the network said, unless the driver's sentence has it. */
    private static String network(String sentence, SQLException e) {
        String said = e.getCause() instanceof IOException cause ? String.valueOf(cause.getMessage()) : "";
        return said.isEmpty() || sentence.contains(" refused") ? "" : " (" + said + ")";
    }
}
