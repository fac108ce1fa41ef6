package dev.slipway.local.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What linters say of the blueprints, and of what is assembled from them for the guides' apps. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("battery")
final class BlueprintLintIT {
    @TempDir
    static Path folder;

    private Path targets;
    /** By one process for all tests: it takes five seconds to begin. */
    private List<Exceptions.Finding> findings;

    @BeforeAll
    void assemble() throws IOException {
        Path checked = Files.createDirectory(folder.resolve("checked"));
        targets = Files.createDirectory(checked.resolve("targets"));
        new LintedTargets(folder).write(targets);
        Files.writeString(Files.createDirectory(checked.resolve("unsafe")).resolve("bucket.json"), """
                {"Resources": {"Open": {"Type": "AWS::S3::Bucket", "Properties": {"AccessControl": "PublicRead"}}}}""");
        findings = new Linters(folder).checks(checked);
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

    @Test
    void findsNothingInTheRolesOfWorkflows() throws IOException {
        assertThat(lint(new LintedTargets(folder).writeRoles(folder))).isEmpty();
    }

    /** Each exception has its reason, and goes when nothing needs it any more. */
    @Test
    void findsNothingUnsafeButWhatIsJustified() {
        List<Exceptions.Finding> ofTargets = in("/targets/");
        Exceptions exceptions = Exceptions.of("checkov.psv");
        assertThat(exceptions.unexpected(ofTargets)).isEmpty();
        assertThat(exceptions.idle(ofTargets)).isEmpty();
    }

    @Test
    void findsABucketThatEverybodyMayRead() {
        assertThat(in("/unsafe/")).extracting(Exceptions.Finding::rule).contains("CKV_AWS_20");
    }

    private List<Exceptions.Finding> in(String place) {
        return findings.stream()
                .filter(finding -> finding.file().startsWith(place))
                .toList();
    }

    private String lint(List<Path> files) throws IOException {
        String[] ignored = Exceptions.of("cfn-lint.psv").allowed().stream()
                .map(Exceptions.Allowed::rule)
                .toArray(String[]::new);
        return new Linters(folder).templates(files, ignored);
    }
}
