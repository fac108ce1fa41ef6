package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.time.Duration;

/** Turns a stream, and hangs where it begins a step, so that a test can kill it there. */
final class TurnInAnotherProcess {
    private TurnInAnotherProcess() {}

    public static void main(String[] arguments) {
        StoreUrl writer = StoreUrl.parse(arguments[0]);
        StoreUrl follower = StoreUrl.parse(arguments[1]);
        String step = arguments[2];
        new PostgresEngine(PostgresTools.find(System.getenv()))
                .following()
                .orElseThrow()
                .turn(writer, follower, Duration.ofSeconds(60), amount -> {
                    if (amount.what().equals(step)) {
                        Enough.sayAndHang();
                    }
                });
        System.out.println("done");
    }
}
