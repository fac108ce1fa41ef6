package dev.slipway.compose;

import dev.slipway.migration.Finding;
import dev.slipway.migration.Severity;
import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.app.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes apps of texts, for tests. */
final class Understood {
    private Understood() {}

    static App app(String services) {
        return AppFiles.readUploaded("shop", "services:\n" + services.indent(2), "")
                .app();
    }

    /** One service, whose keys are given in flow style. */
    static AppService service(String keys) {
        return app("it: {" + keys + "}").service("it").orElseThrow();
    }

    static AppStore store(String keys) {
        return app("it: {" + keys + "}").store("it").orElseThrow();
    }

    static AppBundle folder(Path folder, Map<String, String> files) {
        files.forEach((name, text) -> {
            try {
                Files.createDirectories(folder.resolve(name).getParent());
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return AppFiles.readDirectory(folder);
    }

    static List<String> routes(App app) {
        return app.routes().stream().map(Understood::line).toList();
    }

    private static String line(Route route) {
        return route.host().orElse("*") + " " + route.path() + " → " + route.service()
                + route.port().map(port -> ":" + port).orElse("");
    }

    static List<String> findings(App app) {
        return app.findings().stream()
                .map(finding -> finding.subject() + " " + finding.message())
                .toList();
    }

    static List<Finding> blockers(App app) {
        return app.findings().stream()
                .filter(finding -> finding.severity() == Severity.BLOCKER)
                .toList();
    }
}
