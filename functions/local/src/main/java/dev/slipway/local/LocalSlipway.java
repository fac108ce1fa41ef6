package dev.slipway.local;

import dev.slipway.local.demo.DemoCommand;
import dev.slipway.worker.SlipwayCommand;
import java.util.List;

/** The command line of a checkout: everything the worker can do, and the demo. */
public final class LocalSlipway {
    private LocalSlipway() {}

    public static void main(String[] arguments) {
        if (PostgresClient.isNeeded(arguments)) {
            PostgresClient.provide(Checkout.current(), System.err::println);
        }
        System.exit(SlipwayCommand.commandLine(List.of(new DemoCommand())).execute(arguments));
    }
}
