package dev.slipway.local;

import dev.slipway.local.account.AccountFailed;
import dev.slipway.local.account.PythonEnvironments;
import dev.slipway.worker.CommandSettings;
import java.util.List;
import java.util.function.Consumer;

/** The newest pg_dump, which serves every server; the one on the PATH may be older than the source, or none. */
final class PostgresClient {
    private PostgresClient() {}

    static boolean isNeeded(String... arguments) {
        List<String> all = List.of(arguments);
        return all.indexOf("copy") == 0
                && all.stream().anyMatch(argument -> argument.startsWith("postgres"))
                && CommandSettings.fromEnvironment().postgresTools().isEmpty();
    }

    /** From its registry package; where that cannot be had, the PATH's has to do. */
    static void provide(Checkout checkout, Consumer<String> progress) {
        PythonEnvironments environments = new PythonEnvironments(
                checkout.own(),
                checkout.accountFolder(),
                CommandSettings.fromEnvironment().environment(),
                progress);
        try {
            CommandSettings.usePostgresTools(environments
                    .ensure(PythonEnvironments.POSTGRES)
                    .bin("pg_dump")
                    .resolveSibling(""));
        } catch (AccountFailed e) {
            progress.accept(e.getMessage());
        }
    }
}
