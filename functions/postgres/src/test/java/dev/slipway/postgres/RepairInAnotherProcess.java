package dev.slipway.postgres;

import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.util.Map;

/** Repairs, says when it has changed something, and then hangs, so that a test can kill it there. */
final class RepairInAnotherProcess {
    private RepairInAnotherProcess() {}

    public static void main(String[] arguments) {
        StoreUrl source = StoreUrl.parse(arguments[0]);
        StoreUrl target = StoreUrl.parse(arguments[1]);
        new PostgresEngine(PostgresTools.find(Map.of())).repair(source, target, amount -> {
            if (amount.what().startsWith("repairing") && amount.items() == amount.ofItems()) {
                Enough.sayAndHang();
            }
        });
        System.out.println("done");
    }
}
