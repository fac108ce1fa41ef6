package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final CommandRun command = new CommandRun();

    @BeforeEach
    void write() throws IOException {
        ShopFolder.write(folder);
        Files.writeString(folder.resolve("slipway.yaml"), "traffic: {zone: shop.example, record: www.shop.example}\n");
    }

    @Test
    void writesTheTargetForPeopleToReviewAndDeploy() throws IOException {
        Path out = folder.resolve("out");
        assertThat(template(out)).as(command.err()).isZero();
        assertThat(command.out())
                .isEqualTo("Wrote the target of shop to " + out + ": README.md, target.yaml" + System.lineSeparator());
        assertThat(out.resolve("target.yaml"))
                .content()
                .contains("# postgres.yaml: What a Postgres store stands on", "!Ref 'Vpc'");
        assertThat(content(out).values()).noneMatch(text -> text.contains(ShopFolder.SECRET));
    }

    @Test
    void writesTheManifestsOfACluster() throws IOException {
        Path bahnvision = Path.of(System.getProperty("slipway.root", "../.."), "events/apps/bahnvision");
        Path out = folder.resolve("out");
        assertThat(command.run("template", bahnvision.toString(), "-o", out.toString()))
                .as(command.err())
                .isZero();
        Map<String, String> files = content(out);
        assertThat(files.get("README.md")).contains("as `manifests/README.md` says");
        assertThat(files.get("manifests/README.md"))
                .contains("`${output:BahnvisionBackendRepositoryUri}`", "`${secret:bahnvision-backend.DATABASE_URL}`")
                .contains("kubectl --namespace bahnvision scale deployment/bahnvision-backend --replicas=2");
        assertThat(files.keySet()).anyMatch(name -> name.endsWith("-deployment-bahnvision-backend.yaml"));
        assertThat(files.values()).noneMatch(text -> text.contains("kind-only-"));
    }

    @Test
    void writesTheSameBytesEachTime() throws IOException {
        template(folder.resolve("one"));
        template(folder.resolve("two"));
        template(folder.resolve("two"));
        assertThat(content(folder.resolve("two"))).isEqualTo(content(folder.resolve("one")));
    }

    @Test
    void removesWhatAnEarlierRunWroteAndKeepsWhatOthersPutBeside() throws IOException {
        Path out = folder.resolve("out");
        template(out);
        Files.writeString(out.resolve("old.yaml"), "");
        Files.writeString(
                out.resolve("SHA256SUMS"),
                Files.readString(out.resolve("SHA256SUMS"))
                        + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  old.yaml\n");
        Files.writeString(out.resolve("notes.txt"), "reviewed");
        assertThat(template(out)).as(command.err()).isZero();
        assertThat(content(out)).containsOnlyKeys("README.md", "SHA256SUMS", "notes.txt", "target.yaml");
    }

    @Test
    void writesNothingIntoAFolderOfOthers() throws IOException {
        Map<String, String> before = content(folder);
        refused("not empty and not of an earlier run", "or an empty one", folder);
        refused("it is a file", "name a folder", folder.resolve("compose.yaml"));
        assertThat(content(folder)).isEqualTo(before);
    }

    @Test
    void keepsWhatAPersonChanged() throws IOException {
        Path out = folder.resolve("out");
        template(out);
        Files.writeString(out.resolve("target.yaml"), "# mine");
        refused("target.yaml was changed since it was written", "or remove that file", out);
        assertThat(out.resolve("target.yaml")).hasContent("# mine");
    }

    @Test
    void isNotLedOutOfTheFolderByItsList() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.writeString(out.resolve("SHA256SUMS"), "00  ../compose.yaml\n");
        refused("not what this command writes", "name another folder", out);
        assertThat(folder.resolve("compose.yaml")).exists();
    }

    @Test
    void refusesABlockedPlanWithItsBlockersInOneLine() throws IOException {
        Files.delete(folder.resolve("slipway.yaml"));
        Path out = folder.resolve("out");
        refused("nothing says which DNS name the users call", "and upload the app again", out);
        assertThat(out).doesNotExist();
    }

    private int template(Path out) {
        return command.run("template", folder.toString(), "-o", out.toString());
    }

    private void refused(String why, String remedy, Path out) {
        command.refused(why, remedy, "template", folder.toString(), "-o", out.toString());
    }

    private static Map<String, String> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(),
                            TemplateCommandTest::text,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
