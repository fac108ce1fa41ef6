package dev.slipway.planning;

import dev.slipway.migration.StoreKind;
import dev.slipway.migration.Tables;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.SourceUrl;
import dev.slipway.migration.spec.Spec;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commented {@code slipway.yaml} that {@code slipway plan --init} writes: every key, with its default and what was found. */
public final class InitialSpec {
    private static final String BUCKET_ONLY = """
            #     bucket:                   # what 'slipway inspect URL --json' prints as 'bucket'
            #       CorsConfiguration: {CorsRules: [{AllowedMethods: [GET], AllowedOrigins: ["https://www.example.com"]}]}
            #       LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 365}]}
            #       VersioningConfiguration: {Status: Enabled}
            #     cdn: true                 # no default: users read it through CloudFront, as what was a folder anyway; or false, or the name under which
            """;

    /** What a Postgres alone may become. */
    private static final String POSTGRES_ONLY = """
            #     target: rds               # rds or aurora
            #     proxy: false              # true: reached through RDS Proxy, which keeps the connections of many tasks together
            #     replicas: 0               # copies that can be read
            #     rotation: false           # 30d: two logins, neither of them the master, which the app has by turns, each for that long; true: 30d
            """;

    /** What a database or a cache may be asked for. */
    private static final String BACKUP = """
            #     backup:
            #       days: 7                 # no default: how long backups are kept; otherwise as the size says
            #       region: eu-west-1       # no default: where a copy of them lies
            """;

    private static final String REDIS_ONLY = """
            #     shards: 0                 # of cluster mode; 0: without it
            """;

    /** What YAML takes for a text, whichever version of it is read. */
    private static final Pattern PLAIN = Pattern.compile("(?!.*: )[A-Za-z/][A-Za-z0-9_./:*@$?=&% -]*(?<![: ])");

    private static final Pattern NO_TEXT = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private InitialSpec() {}

    /** The file's text for this app. Every key is a comment, so it says what an empty file says. */
    public static String text(App app) {
        String stores = app.stores().stream().map(InitialSpec::store).collect(Collectors.joining());
        String paths = ServicePlanner.services(app, Spec.DEFAULT, ServiceAccess.of(app, Spec.DEFAULT)).stream()
                .filter(service -> !service.paths().isEmpty())
                .map(service -> "#     " + quoted(service.name()) + ": " + quoted(service.paths()) + "\n")
                .collect(Collectors.joining());
        return Tables.text(InitialSpec.class, "slipway.yaml")
                .replace("@APP@", quoted(app.name()))
                .replace("@STORES@", stores)
                .replace("@PATHS@", paths)
                .replace(
                        "@SCHEMA@",
                        SchemaCommand.of(app, Spec.DEFAULT)
                                .map(InitialSpec::quoted)
                                .orElse("alembic upgrade head   # no default; an example"));
    }

    private static String store(AppStore store) {
        return "#   " + quoted(store.name()) + ":\n"
                + "#     role: " + store.role().name().toLowerCase(Locale.ROOT)
                + "              # record: copied, compared, fenced; cache: may differ; leave: stays where it is\n"
                + "#     engine: " + store.engine() + "\n"
                + "#     url: " + quoted(store.source().map(SourceUrl::text).orElseGet(() -> example(store.kind())))
                + (store.source().isPresent() ? "\n" : "   # no default: where Slipway reaches it\n")
                + "#     secret: arn:aws:secretsmanager:us-east-1:123456789012:secret:NAME   # no default: holds the password\n"
                + "#     workers: 1                # how many copy it at once\n"
                + "#     jobs: 2                   # what each worker copies side by side\n"
                + "#     rate: 20MB                # no default: how much is read in a second at most\n"
                + "#     size: 20GB                # no default: how much is in it, for the plan's estimates\n"
                + switch (store.kind()) {
                    case POSTGRES -> POSTGRES_ONLY + BACKUP;
                    case REDIS -> REDIS_ONLY + BACKUP;
                    case OBJECTS -> BUCKET_ONLY;
                };
    }

    private static String example(StoreKind kind) {
        return switch (kind) {
            case POSTGRES -> "postgres://USER:${PASSWORD}@HOST:5432/DATABASE";
            case REDIS -> "redis://:${PASSWORD}@HOST:6379";
            case OBJECTS -> "s3://BUCKET?endpoint=http://HOST:9000";
        };
    }

    private static String quoted(List<String> texts) {
        return texts.size() == 1
                ? quoted(texts.getFirst())
                : texts.stream().map(InitialSpec::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.matcher(text).matches();
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
