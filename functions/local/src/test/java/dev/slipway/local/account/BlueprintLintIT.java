package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.blueprints.EdgeTemplate;
import dev.slipway.blueprints.TargetSpec;
import dev.slipway.blueprints.TargetTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What linters say of the blueprints, and of what is assembled from them for the guides' apps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BlueprintLintIT {
    private static final String CLIENTS = "target: {size: small, network: {clients: [sg-0a1b2c3d, 10.9.0.0/16]}}";

    @TempDir
    static Path folder;

    private Path targets;

    @BeforeAll
    void assemble() throws IOException {
        targets = Files.createDirectory(folder.resolve("targets"));
        GuideTargets guides = new GuideTargets(folder);
        for (String app : GuideTargets.APPS) {
            write(app, guides.template(app, UnaryOperator.identity()));
            for (String size : GuideTargets.SIZES) {
                write(app + "-" + size, guides.template(app, GuideTargets.size(size)));
            }
        }
        TargetSpec elsewhere = guides.elsewhere("Z0123456789ABCDEFGHIJ");
        write("crp-preschool-elsewhere", TargetTemplate.of(elsewhere));
        write("crp-preschool-edge", EdgeTemplate.of(elsewhere).orElseThrow());
        write("smartboard-clients", guides.template("smartboard", wishes -> CLIENTS));
    }

    @Test
    void findsNothingInABlueprint() throws IOException {
        try (Stream<Path> files =
                Files.list(Linters.ROOT.resolve("functions/blueprints/src/main/resources/dev/slipway/blueprints"))) {
            assertThat(lint(files.filter(file -> file.toString().endsWith(".yaml"))
                            .toList()))
                    .isEmpty();
        }
    }

    @Test
    void findsNothingInAssembledTargets() throws IOException {
        try (Stream<Path> files = Files.list(targets)) {
            assertThat(lint(files.sorted().toList())).isEmpty();
        }
    }

    /** Each exception has its reason, and goes when nothing needs it any more. */
    @Test
    void findsNothingUnsafeButWhatIsJustified() throws IOException {
        List<Exceptions.Finding> findings = new Linters(folder).checks(targets);
        Exceptions exceptions = Exceptions.of("checkov.psv");
        assertThat(exceptions.unexpected(findings)).isEmpty();
        assertThat(exceptions.idle(findings)).isEmpty();
    }

    @Test
    void findsABucketThatEverybodyMayRead() throws IOException {
        Path unsafe = Files.createDirectory(folder.resolve("unsafe"));
        Files.writeString(unsafe.resolve("bucket.json"), """
                {"Resources": {"Open": {"Type": "AWS::S3::Bucket", "Properties": {"AccessControl": "PublicRead"}}}}""");
        assertThat(new Linters(folder).checks(unsafe))
                .extracting(Exceptions.Finding::rule)
                .contains("CKV_AWS_20");
    }

    private void write(String name, String template) throws IOException {
        Files.writeString(targets.resolve(name + ".json"), template);
    }

    private String lint(List<Path> files) throws IOException {
        String[] ignored = Exceptions.of("cfn-lint.psv").allowed().stream()
                .map(Exceptions.Allowed::rule)
                .toArray(String[]::new);
        return new Linters(folder).templates(files, ignored);
    }
}
