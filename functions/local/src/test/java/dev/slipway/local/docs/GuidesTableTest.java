package dev.slipway.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.docs.GuideLine.Answer;
import dev.slipway.local.docs.GuideLine.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps docs/guides.md true: whoever renames a test or changes a template that answers a guide's line hears of it here. */
class GuidesTableTest {
    private static final Path ROOT = Path.of(System.getProperty("slipway.root", "../.."));
    private static final SourceTree TREE = new SourceTree(ROOT);
    private static final String GOOD = "`GuidesTableTest.takesAnAnswerThatIsThere`";

    private final GuidesTable table;

    GuidesTableTest() throws IOException {
        table = GuidesTable.of(Files.readString(ROOT.resolve("docs/guides.md")));
    }

    @Test
    void answersEachLine() {
        assertThat(problems(table)).isEmpty();
    }

    @Test
    void countsTheLinesOfEachGuide() {
        List<List<String>> sums = new ArrayList<>();
        sums.add(List.of("guide", "lines", "tests", "template", "a person", "not yet"));
        for (String guide : List.of("SmartBoard", "CRP Preschool", "MigrateAI", "BahnVision", "ProStudio")) {
            sums.add(sum(guide, guide));
        }
        sums.add(sum("all", ""));
        assertThat(table.sums()).isEqualTo(sums);
    }

    @Test
    void takesAnAnswerThatIsThere() {
        assertThat(problems(row(GOOD))).isEmpty();
        assertThat(problems(row("`rollback.asl.yaml: StartAt: Whom it is about`, *a person*")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "`GuidesTableTest.takesAnAnswerThatWasRenamed` | GuidesTableTest has no test takesAnAnswerThatWasRenamed",
                "`GuidesTableTest.problems` | GuidesTableTest has no test problems",
                "`NoSuchTest.takesAnAnswer` | NoSuchTest is the name of 0 test sources",
                "`rollback.asl.yaml: StartAt: Nowhere` | rollback.asl.yaml does not say 'StartAt: Nowhere'",
                "`template.yaml: a NAT gateway forgets` | template.yaml does not say 'a NAT gateway forgets'",
                "`nosuch.yaml: StartAt: Nowhere` | nosuch.yaml is the name of 0 templates",
                "*some day* | neither a test",
                "`LogDriver` | neither a test",
                "a test | is no list",
                "'' | empty cell"
            })
    void findsAnAnswerThatIsNotThere(String answer, String problem) {
        assertThat(problems(row(answer))).singleElement().asString().contains(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| a | *a person* | why |\n| a | *a person* | why |",
                "| a | *a person* | |",
                "| | *a person* | why |",
                "| a | *a person* |",
                "| a | *a person* | why | and more |",
                "## Other guide\n| a | *a person* | why |"
            })
    void findsARowThatIsWrong(String rows) {
        assertThat(problems(GuidesTable.of("## Guide\n### Section\n" + rows))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A {\n    @Disabled\n    @Test\n    void a() {}\n}",
                "class A {\n    @Test\n    @org.junit.jupiter.api.Disabled(\"slow\")\n    void a() {}\n}",
                "@Disabled\nclass A {\n\n    @Test\n    void a() {}\n}",
                "class A {\n    void a() {}\n}",
                "class A {\n    @Test\n    void b() {}\n\n    void a() {}\n}"
            })
    void takesNoMethodForATestThatDoesNotRun(String source) {
        assertThat(SourceTree.testsOf(source)).doesNotContain("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A {\n    @Test\n    void a() {}\n}",
                "class A {\n    @ParameterizedTest\n    @CsvSource({\n        \"b, void c\"\n    })\n    void a(int i) {}\n}",
                "class A {\n    @TestFactory\n    Stream<DynamicTest> a() {}\n}",
                "class A {\n    @Disabled\n    @Test\n    void b() {}\n\n    @Test\n    void a() {}\n}"
            })
    void takesForATestWhatRuns(String source) {
        assertThat(SourceTree.testsOf(source)).contains("a");
    }

    private static GuidesTable row(String answer) {
        return GuidesTable.of(
                "## Guide\n### Section\n| line | answered by | how |\n|---|---|---|\n| a | " + answer + " | how |\n");
    }

    private static List<String> problems(GuidesTable table) {
        List<String> problems = new ArrayList<>(table.problems());
        Set<String> seen = new HashSet<>();
        for (GuideLine line : table.lines()) {
            String name = line.guide() + " / " + line.section() + " / " + line.line();
            if (!seen.add(name)) {
                problems.add(name + ": is there twice");
            }
            line.answers().stream()
                    .flatMap(answer -> objection(answer).stream())
                    .forEach(objection -> problems.add(name + ": " + objection));
        }
        return problems;
    }

    private static Optional<String> objection(Answer answer) {
        return switch (answer) {
            case Answer.Proof(String type, String method) -> TREE.objectionToTest(type, method);
            case Answer.TemplateLine(String file, String text) -> TREE.objectionToLine(file, text);
            case Answer.Person() -> Optional.empty();
            case Answer.NotYet() -> Optional.empty();
        };
    }

    private List<String> sum(String name, String guide) {
        List<Kind> kinds = table.lines().stream()
                .filter(line -> guide.isEmpty() || line.guide().equals(guide))
                .map(GuideLine::kind)
                .toList();
        return Stream.concat(
                        Stream.of(name, Integer.toString(kinds.size())),
                        Stream.of(Kind.values())
                                .map(kind -> Long.toString(
                                        kinds.stream().filter(kind::equals).count())))
                .toList();
    }
}
