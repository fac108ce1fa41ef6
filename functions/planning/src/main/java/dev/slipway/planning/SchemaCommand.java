package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.SecretTemplate;
import dev.slipway.migration.app.ServiceKind;
import dev.slipway.migration.spec.Spec;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What brings the schema up to date: as slipway.yaml says, otherwise a job of the app that does nothing else. */
final class SchemaCommand {
    private static final Pattern MIGRATION = Pattern.compile(
            "\\balembic\\b.*\\bupgrade\\b|manage\\.py\\b.*\\bmigrate\\b"
                    + "|\\bprisma\\b.*\\bmigrate\\b|\\bprisma\\b.*\\bdb push\\b|\\b(rails|rake)\\b.*\\bdb:(migrate|prepare|setup)\\b"
                    + "|\\bflyway\\b.*\\bmigrate\\b|\\bliquibase\\b.*\\bupdate\\b|\\bknex\\b.*\\bmigrate:|\\btypeorm\\b.*\\bmigration:run\\b"
                    + "|\\bsequelize\\b.*\\bdb:migrate\\b|\\bdrizzle-kit\\b.*\\b(migrate|push)\\b|\\bartisan\\b.*\\bmigrate\\b"
                    + "|\\bgoose\\b.*\\bup\\b|\\bdbmate\\b.*\\b(up|migrate)\\b|\\bmigrate\\b.*-path.*\\bup\\b|\\bsqitch\\b.*\\bdeploy\\b"
                    + "|\\bdoctrine:migrations:migrate\\b|\\becto\\.migrate\\b|\\bdotnet ef database update\\b|\\b(db:migrate|migrate:deploy)\\b");

    private SchemaCommand() {}

    static Optional<String> of(App app, Spec spec) {
        return spec.schemaCommand()
                .or(() -> app.services(ServiceKind.JOB).stream()
                        .filter(job -> job.schedule().isEmpty())
                        .map(SchemaCommand::line)
                        .filter(line -> MIGRATION.matcher(line).find())
                        .findFirst());
    }

    private static String line(AppService job) {
        return job.command().stream().map(SecretTemplate::text).collect(Collectors.joining(" "));
    }
}
