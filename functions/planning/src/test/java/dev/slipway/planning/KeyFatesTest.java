package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.AppBundle;
import dev.slipway.compose.AppFiles;
import dev.slipway.compose.model.ComposeRequest;
import dev.slipway.compose.yaml.YamlNode;
import dev.slipway.compose.yaml.YamlNode.Mapping;
import dev.slipway.compose.yaml.YamlNode.Sequence;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.Tables;
import dev.slipway.migration.app.Platform;
import dev.slipway.migration.plan.KeyFate;
import dev.slipway.migration.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFatesTest {
    private static final KeyTable TABLE = KeyTable.load(Platform.COMPOSE);

    /** What names other files, whose content has taken its place when a plan is made. */
    private static final String RESOLVED =
            "(env_file|label_file|extends|include)(\\..*)?|.*\\.env_file.*|version|secrets\\.file\\.file";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"STORE", "PROXY", "APP", "JOB"})
    void hasAnAnswerForEveryKeyOfAServiceInTheSchema(String place) {
        assertThat(SchemaKeys.ofService())
                .as("keys that the schema has and compose-keys.psv does not")
                .hasSizeGreaterThan(300)
                .allMatch(key -> has(place, key) || (place.equals("JOB") && has("APP", key)));
    }

    @Test
    void hasAnAnswerForEveryOtherKeyInTheSchema() {
        assertThat(SchemaKeys.ofTop())
                .as("keys that the schema has and compose-keys.psv does not")
                .hasSizeGreaterThan(50)
                .allMatch(key -> has("TOP", key));
    }

    @Test
    void namesNoKeyThatTheSchemaLacks() {
        Set<String> service = SchemaKeys.ofService();
        Set<String> top = SchemaKeys.ofTop();
        assertThat(Tables.rows(KeyFatesTest.class, "compose-keys.psv"))
                .filteredOn(row -> !row.get(1).endsWith("**") && !row.get(1).equals("ulimits.nofile"))
                .allMatch(row -> (row.get(0).equals("TOP") ? top : service).contains(row.get(1)));
    }

    @Test
    void saysWhyOfEveryKey() {
        assertThat(Tables.rows(KeyFatesTest.class, "compose-keys.psv")).allSatisfy(row -> {
            assertThat(row.get(4)).isNotBlank();
            assertThat(row.get(5)).isIn("", "not yet");
        });
    }

    @Test
    void theFileOfEveryKeyHasEveryKeyOfTheSchema() {
        Mapping file = YamlReader.read("every-key.yaml", Tables.text(KeyFatesTest.class, "every-key.yaml"));
        Set<String> written = new TreeSet<>();
        mapping(file, "services").entries().values().forEach(service -> written.addAll(paths(service)));
        assertThat(SchemaKeys.ofService().stream().filter(key -> !key.startsWith("pre_start.")))
                .allMatch(key -> written.stream().anyMatch(path -> fits(key, path)));
        Set<String> top = new TreeSet<>(paths(file.without("services").without("jobs")));
        assertThat(SchemaKeys.ofTop().stream()
                        .filter(key -> !key.matches("(services|jobs)(\\..*)?|.*\\.external\\.name")))
                .allMatch(key -> top.stream().anyMatch(path -> fits(key, path)));
    }

    @Test
    void listsEveryKeyInExactlyOneOfItsThreeLists() throws IOException {
        Plan plan = planOfEveryKey();
        Mapping file = YamlReader.read("every-key.yaml", Tables.text(KeyFatesTest.class, "every-key.yaml"));
        List<String> missing = new ArrayList<>();
        mapping(file, "services").entries().forEach((service, keys) -> {
            for (String path : paths(keys)) {
                if (!path.matches(RESOLVED + "|profiles|healthcheck\\.disable|.*use_service_name_alias|networks.back")
                        && times(plan, service, path) != 1) {
                    missing.add(service + " " + path + " " + times(plan, service, path));
                }
            }
        });
        for (String path : paths(file.without("services"))) {
            if (!path.matches(RESOLVED + "|name|networks.back|jobs.*") && times(plan, "-", path) != 1) {
                missing.add("- " + path + " " + times(plan, "-", path));
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "restart: always|restart|changed|replaces",
                "restart: unless-stopped|restart|changed|replaces",
                "restart: 'no'|restart|lost|has to be a job",
                "restart: on-failure|restart|lost|has to be a job",
                "network_mode: host|network_mode|lost|not the host's",
                "network_mode: bridge|network_mode|changed|address of its own",
                "network_mode: 'service:db'|network_mode|lost|into one task",
                "privileged: true|privileged|lost|EC2",
                "privileged: false|privileged|kept|off",
                "init: true|init|kept|init process",
                "init: false|init|changed|every task",
                "read_only: false|read_only|kept|off",
                "cap_add: [SYS_PTRACE]|cap_add|kept|SYS_PTRACE",
                "cap_add: [SYS_PTRACE, NET_ADMIN]|cap_add|lost|SYS_PTRACE only",
                "cap_add: []|cap_add|kept|off",
                "pid: host|pid|lost|own processes",
                "ipc: host|ipc|lost|own memory",
                "shm_size: 1g|shm_size|lost|64 MB",
                "tmpfs: /run|tmpfs|changed|memory",
                "sysctls: {net.core.somaxconn: 1}|sysctls|changed|systemControls",
                "sysctls: {vm.max_map_count: 1}|sysctls|lost|network",
                "ulimits: {nofile: 1000}|ulimits.nofile|kept|open files",
                "ulimits: {memlock: -1}|ulimits.memlock|lost|only nofile",
                "ports: [{target: 80, published: '80', mode: host}]|ports.mode|lost|spreads",
                "ports: ['53:53/udp']|ports.protocol|lost|Network Load Balancer",
                "stop_grace_period: 30s|stop_grace_period|kept|stopTimeout",
                "stop_grace_period: 10m|stop_grace_period|changed|120",
                "healthcheck: {test: 'true', start_interval: 1s}|healthcheck.start_interval|lost|one interval",
                "deploy: {update_config: {order: start-first}}|deploy.update_config.order|kept|first",
                "deploy: {update_config: {order: stop-first}}|deploy.update_config.order|changed|first",
                "deploy: {mode: global}|deploy.mode|lost|replicas",
                "networks: {default: {ipv4_address: 10.0.0.9}}|networks.default.ipv4_address|lost|another address",
                "extra_hosts: ['a:1.2.3.4']|extra_hosts|lost|DNS",
                "gpus: all|gpus|lost|EC2"
            })
    void answersByTheValueWhereItDecides(String written, String key, String list, String why) {
        Plan plan = Planned.plan(
                "services: {db: {image: 'shop/db:1'}, web: {image: 'shop/web:1', %s}}".formatted(written),
                Planned.TRAFFIC);
        List<KeyFate> fates = switch (list) {
            case "kept" -> plan.kept();
            case "changed" -> plan.changed();
            default -> plan.lost();
        };
        assertThat(fates)
                .filteredOn(fate -> fate.service().equals("web") && fate.key().equals(key))
                .singleElement()
                .extracting(KeyFate::why)
                .asString()
                .contains(why);
    }

    @Test
    void leavesOutWhatDockerComposeAddsByItself() {
        Plan plan = Planned.plan(
                "services: {web: {image: 'shop/web:1', ports: ['80:3000'], depends_on: [api]}, api: {image: 'shop/api:1'}}",
                Planned.TRAFFIC);
        assertThat(Stream.of(plan.kept(), plan.changed(), plan.lost())
                        .flatMap(List::stream)
                        .filter(fate -> fate.service().equals("web")))
                .extracting(KeyFate::key)
                .containsExactlyInAnyOrder("image", "ports", "ports.target", "ports.published", "depends_on");
    }

    @Test
    void setsEveryKeyThatItKeeps() throws IOException {
        assertThat(planOfEveryKey().warnings())
                .extracting("message")
                .noneMatch(message -> message.toString().contains("not yet set by this version"));
    }

    private Plan planOfEveryKey() throws IOException {
        Map<String, String> files = Map.of(
                "compose.yaml", Tables.text(KeyFatesTest.class, "every-key.yaml"),
                "included.yaml", "services: {extra: {image: 'every/extra:1'}}",
                "included.env", "A=b\n",
                "base.yaml", "services: {base: {image: 'every/base:1'}}",
                "web.env", "B=c\n",
                "web.labels", "d=e\n",
                "secret.txt", "s3cret-Of-a-file",
                "config.txt", "hello");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        AppBundle bundle = AppFiles.read(new ComposeRequest(
                folder,
                List.of(),
                List.of("*"),
                List.of(),
                Map.of(
                        "TOKEN_OF_THE_SHELL",
                        "t0ken-Of-a-shell",
                        "CONFIG_OF_THE_SHELL",
                        "c",
                        "DB_PASSWORD",
                        "db-Pass-1")));
        return new Planner().plan(bundle.app(), bundle.spec());
    }

    private static boolean has(String place, String key) {
        return TABLE.find(place, key.replace("*", "name"), "value").isPresent();
    }

    private static long times(Plan plan, String service, String key) {
        return Stream.of(plan.kept(), plan.changed(), plan.lost())
                .flatMap(List::stream)
                .filter(fate -> fate.service().equals(service) && fate.key().equals(key))
                .count();
    }

    private static boolean fits(String key, String path) {
        return path.matches(key.replace(".", "\\.").replace("*", "[^.]+"));
    }

    private static Set<String> paths(YamlNode node) {
        Set<String> paths = new TreeSet<>();
        collect(node, "", paths);
        return paths;
    }

    private static void collect(YamlNode node, String path, Set<String> paths) {
        if (node instanceof Sequence sequence) {
            sequence.items().forEach(item -> collect(item, path, paths));
        } else if (node instanceof Mapping mapping) {
            mapping.entries().forEach((key, value) -> {
                String deeper = path.isEmpty() ? key : path + "." + key;
                paths.add(deeper);
                if (!FREE.contains(key)) {
                    collect(value, deeper, paths);
                }
            });
        }
    }

    private static final Set<String> FREE = Set.of(
            "environment",
            "labels",
            "annotations",
            "args",
            "options",
            "driver_opts",
            "sysctls",
            "storage_opt",
            "additional_contexts",
            "aux_addresses");

    private static Mapping mapping(Mapping node, String key) {
        return (Mapping) node.get(key).orElseThrow();
    }
}
