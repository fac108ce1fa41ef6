package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.compose.SpecSchema;
import dev.slipway.migration.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final CommandRun command = new CommandRun();

    @BeforeEach
    void write() throws IOException {
        ShopFolder.write(folder);
    }

    @Test
    void tellsAPersonWhatNeedsADecisionFirst() {
        assertThat(command.run("plan", folder.toString())).as(command.err()).isZero();
        assertThat(command.out().lines().toList().subList(0, 6))
                .containsExactly(
                        "shop to AWS: region us-east-1, size poc, compute fargate",
                        "  Not ready: 1 blocker below.",
                        "  1 service and 1 store, " + cost() + " a month at the prices of " + asOf() + ".",
                        "",
                        "1 blocker: nothing is done before it is gone",
                        "  traffic  nothing says which DNS name the users call: write 'traffic.zone' and 'traffic.record' in slipway.yaml");
        assertThat(command.out()).doesNotContain("\033", ShopFolder.SECRET);
    }

    private String asOf() {
        return command.out().lines().toList().get(2).replaceFirst(".*prices of ([0-9-]+)\\.$", "$1");
    }

    private String cost() {
        return command.out().lines().toList().get(2).replaceFirst(".*(\\$[0-9.,]+) a month.*", "$1");
    }

    @Test
    void tellsEveryRowOnRequest() {
        assertThat(command.run("plan", folder.toString(), "--all")).isZero();
        assertThat(command.out())
                .contains("  Changed\n", "reached from inside the network only")
                .doesNotContain(ShopFolder.SECRET);
    }

    @Test
    void printsOneDocument() throws IOException {
        assertThat(command.run("plan", folder.toString(), "--json")).isZero();
        JsonNode plan = StrictJson.mapper().readTree(command.out());
        assertThat(plan.path("app").asText()).isEqualTo("shop");
        assertThat(command.out()).doesNotContain(ShopFolder.SECRET);
    }

    @Test
    void writesAPage() throws IOException {
        Path page = folder.resolve("plan.html");
        assertThat(command.run("plan", folder.toString(), "--html", page.toString()))
                .as(command.err())
                .isZero();
        assertThat(command.out()).isEqualTo("Wrote the plan of shop to " + page + System.lineSeparator());
        assertThat(page).content().contains("<svg", "</html>").doesNotContain(ShopFolder.SECRET);
    }

    @Test
    void saysInOneLineWhereAPageCannotBeWritten() {
        command.refused("it is a folder", "can be written to", "plan", folder.toString(), "--html", folder.toString());
        command.refused(
                "NoSuchFile",
                "can be written to",
                "plan",
                folder.toString(),
                "--html",
                folder.resolve("no/plan.html").toString());
    }

    @Test
    void isToldOneWayAtATime() {
        command.refused("mutually exclusive", "see slipway plan --help", "plan", folder.toString(), "--json", "--all");
    }

    @Test
    void writesACommentedSlipwayYamlAndItsSchema() throws IOException {
        assertThat(command.run("plan", "--json", folder.toString())).isZero();
        String before = command.out();
        assertThat(command.run("plan", "--init", folder.toString()))
                .as(command.err())
                .isZero();
        assertThat(command.out())
                .contains("Wrote every key with its default to " + folder.resolve("slipway.yaml"))
                .doesNotContain(ShopFolder.SECRET);
        assertThat(folder.resolve("slipway.yaml"))
                .content()
                .startsWith("# yaml-language-server: $schema=" + SpecSchema.FILE + "\n")
                .contains("#   db:\n", "#     web: /*\n")
                .doesNotContain(ShopFolder.SECRET);
        assertThat(folder.resolve(SpecSchema.FILE)).content().isEqualTo(SpecSchema.text());
        assertThat(command.run("plan", "--json", folder.toString())).isZero();
        assertThat(command.out()).isEqualTo(before);
    }

    @Test
    void writesOverNothing() throws IOException {
        for (String name : new String[] {"slipway.yaml", SpecSchema.FILE}) {
            Path there = Files.writeString(folder.resolve(name), "app: [");
            command.refused(name + " but it is there already", "edit it as it is", "plan", "--init", folder.toString());
            assertThat(there).content().isEqualTo("app: [");
            Files.delete(there);
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactly(folder.resolve("compose.yaml"));
            }
        }
    }

    @Test
    void writesNothingBesideAComposeFileThatIsWrong() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), "services: [");
        command.refused("compose.yaml", "", "plan", "--init", folder.toString());
        assertThat(folder.resolve("slipway.yaml")).doesNotExist();
    }
}
