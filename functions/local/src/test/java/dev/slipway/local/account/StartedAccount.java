package dev.slipway.local.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One account for all classes of a JVM that ask for it, since it takes some seconds to start; each class removes what it makes. */
final class StartedAccount implements AutoCloseable {
    private final Account account;
    private final Stacks stacks;
    private final Questions questions;
    private final PythonEnvironments environments;
    private final Path faults;

    private StartedAccount() throws IOException {
        Path run = Files.createDirectories(Linters.ROOT.resolve(
                ".slipway/runs/started-account-" + ProcessHandle.current().pid()));
        faults = run.resolve("faults.json");
        environments = new PythonEnvironments(
                Linters.ROOT.resolve(".slipway"),
                Linters.ROOT.resolve("functions/local/src/main/account"),
                System.getenv(),
                System.out::println);
        PythonEnvironment python = environments.ensure(PythonEnvironments.ACCOUNT);
        account = Account.start(settings(AccountSettings.inCheckout(Linters.ROOT, run, python)));
        stacks = new Stacks(account);
        questions = new Questions(python, account, run);
    }

    private AccountSettings settings(AccountSettings plain) {
        return new AccountSettings(
                plain.run(),
                plain.python(),
                plain.plugin(),
                plain.java(),
                plain.runtimeClient(),
                plain.jsonata(),
                plain.functionCache(),
                plain.javaFlags(),
                Optional.empty(),
                Optional.of(faults),
                Optional.empty());
    }

    Stacks stacks() {
        return stacks;
    }

    Questions questions() {
        return questions;
    }

    PythonEnvironments environments() {
        return environments;
    }

    /** Lets calls fail, as {@code {"service:Operation": {"code": …, "message": …}}} says; an empty object ends it. */
    void faults(String json) throws IOException {
        Files.writeString(faults, json);
    }

    @Override
    public void close() {
        questions.close();
        stacks.close();
        account.close();
    }

    /** Gives it to whoever has it as a parameter, and ends it after the last class. */
    static final class Resolver implements ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(StartedAccount.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == StartedAccount.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            // Of the session, since the build runs class by class.
            return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                    .getOrComputeIfAbsent(StartedAccount.class, absent -> start(), StartedAccount.class);
        }

        private static StartedAccount start() {
            try {
                return new StartedAccount();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
