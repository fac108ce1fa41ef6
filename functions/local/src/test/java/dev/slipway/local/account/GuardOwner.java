package dev.slipway.local.account;

import java.io.IOException;
import java.nio.file.Path;

/** A process with a guard and a child, to be killed by a test. */
final class GuardOwner {
    private GuardOwner() {}

    /** Arguments: the checkout, the run's folder, and {@code close} or for how many seconds to wait. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Path run = Path.of(args[1]);
        PythonEnvironment python = new PythonEnvironments(
                        root.resolve(".slipway"),
                        root.resolve("functions/local/src/main/account"),
                        System.getenv(),
                        System.err::println)
                .ensure(PythonEnvironments.ACCOUNT);
        try (Guard guard = Guard.start(python, run)) {
            Process child = new ProcessBuilder("sleep", "600").start();
            Pids.in(run).record(child.pid());
            System.out.println(child.pid());
            if (!args[2].equals("close")) {
                guard.awaitEnd();
            }
        }
    }
}
