package dev.slipway.local;

import dev.slipway.local.account.Account;
import dev.slipway.local.account.AccountSettings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An account that starts while other things are made ready. */
final class Starting implements AutoCloseable {
    private final FutureTask<Account> task;
    private final Thread thread;

    private Starting(FutureTask<Account> task) {
        this.task = task;
        this.thread = Thread.ofVirtual().name("starting-account").start(task);
    }

    static Starting account(AccountSettings settings) {
        return new Starting(new FutureTask<>(() -> {
            Account account = Account.start(settings);
            account.environment().forEach(Starting::tellSdk);
            return account;
        }));
    }

    /** The account once it answers. @throws dev.slipway.local.account.AccountFailed if it did not start */
    Account get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the account started", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The SDK in this process reads system properties where there is no such environment variable. */
    private static void tellSdk(String variable, String value) {
        Map<String, String> properties = Map.of(
                "AWS_ENDPOINT_URL", "aws.endpointUrl",
                "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
                "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey",
                "AWS_REGION", "aws.region");
        if (properties.containsKey(variable)) {
            System.setProperty(properties.getOrDefault(variable, variable), value);
        }
    }

    @Override
    public void close() {
        if (!task.isDone()) {
            thread.interrupt();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (task.state() == FutureTask.State.SUCCESS) {
            task.resultNow().close();
        }
    }
}
