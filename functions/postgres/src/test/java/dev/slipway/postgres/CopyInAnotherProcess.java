package dev.slipway.postgres;

import dev.slipway.migration.CopyOptions;
import dev.slipway.migration.FenceToken;
import dev.slipway.migration.StoreUrl;
import dev.slipway.postgres.tools.PostgresTools;
import java.nio.file.Path;

/** Copies, says when more than the given number of bytes are done, and then hangs, so that a test can kill it there. */
final class CopyInAnotherProcess {
    private CopyInAnotherProcess() {}

    public static void main(String[] arguments) {
        StoreUrl source = StoreUrl.parse(arguments[0]);
        StoreUrl target = StoreUrl.parse(arguments[1]);
        long enough = Long.parseLong(arguments[2]);
        PostgresTools tools = PostgresTools.in(Path.of(arguments[3]));
        CopyOptions options =
                arguments[4].equals("fenced") ? CopyOptions.under(new FenceToken("shop", 1)) : CopyOptions.unfenced();
        new PostgresEngine(tools).copy(source, target, options, amount -> {
            if (amount.bytes() > enough) {
                Enough.sayAndHang();
            }
        });
        System.out.println("done");
    }
}
