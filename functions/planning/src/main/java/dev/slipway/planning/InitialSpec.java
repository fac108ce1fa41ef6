package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import java.util.stream.Collectors;

/** The commented {@code slipway.yaml} that {@code slipway plan --init} writes: every key, with its default. */
public final class InitialSpec {
    private static final String BUCKET_ONLY = """
            #     bucket:                # CORS, lifecycle and versioning of the target's: what 'slipway inspect URL --json' prints as 'bucket'
            #       CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], AllowedOrigins: ["https://www.example.com"]}]}
            """;

    private InitialSpec() {}

    /** The file's text for this app. Every key but the app's name is a comment, so it says what an empty file says. */
    public static String text(App app) {
        String stores = app.stores().stream().map(InitialSpec::store).collect(Collectors.joining());
        return Tables.text("slipway.yaml").replace("@APP@", app.name()).replace("@STORES@\n", stores);
    }

    private static String store(AppStore store) {
        String url = store.source().map(source -> source.text()).orElse("where Slipway reaches it");
        return "#   " + store.name() + ":\n"
                + "#     role: record           # record: copied, compared, fenced; cache: may diverge; leave: stays where it is\n"
                + "#     engine: " + store.engine() + "\n"
                + "#     url: " + url + "\n"
                + "#     secret: arn:aws:secretsmanager:…   # holds the password, in place of one in .env\n"
                + "#     workers: 1             # how many copy it at once\n"
                + "#     jobs: 2                # what each worker copies side by side\n"
                + "#     rate: 20MB             # how much is read in a second at most; left out, there is no limit\n"
                + (store.kind() == StoreKind.OBJECTS ? BUCKET_ONLY : "");
    }
}
