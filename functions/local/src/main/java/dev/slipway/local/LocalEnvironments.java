package dev.slipway.local;

import dev.slipway.local.account.PythonEnvironment;
import dev.slipway.local.account.PythonEnvironments;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The Python environments that a run needs. */
public record LocalEnvironments(PythonEnvironment account, PythonEnvironment sam, PythonEnvironment postgres) {

    /** Finds them, or makes them side by side, which takes some minutes the first time. */
    public static LocalEnvironments ensure(Checkout checkout, Map<String, String> env, Consumer<String> progress)
            throws InterruptedException {
        PythonEnvironments environments =
                new PythonEnvironments(checkout.own(), checkout.accountFolder(), env, progress);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PythonEnvironment> account = executor.submit(() -> environments.ensure(PythonEnvironments.ACCOUNT));
            Future<PythonEnvironment> sam = executor.submit(() -> environments.ensure(PythonEnvironments.SAM));
            Future<PythonEnvironment> postgres =
                    executor.submit(() -> environments.ensure(PythonEnvironments.POSTGRES));
            return new LocalEnvironments(account.get(), sam.get(), postgres.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
