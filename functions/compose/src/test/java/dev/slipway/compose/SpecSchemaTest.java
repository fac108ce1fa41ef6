package dev.slipway.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.compose.yaml.YamlJson;
import dev.slipway.compose.yaml.YamlReader;
import dev.slipway.migration.exception.InvalidSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor says of a {@code slipway.yaml} is what the reader says of it. */
class SpecSchemaTest {
    private static final String UNKNOWN = "zzzzzzzzzzzz";
    private static final Pattern KNOWN = Pattern.compile("known here are (.*)");
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(SpecSchema.text(), InputFormat.JSON);

    @Test
    void knowsTheKeysThatTheReaderKnows() {
        Map<String, Set<String>> published = new TreeMap<>();
        collect(schema(), "", published);
        assertThat(published)
                .containsKeys("", "target.", "stores.NAME.", "stores.NAME.bucket.CorsConfiguration.", "traffic.gates.");
        published.forEach(
                (path, keys) -> assertThat(keysOfTheReader(path)).as(path).isEqualTo(keys));
    }

    /** Each object's own keys by its path, stages of stages left out; where the names are the user's, one stands for all. */
    private static void collect(JsonNode node, String path, Map<String, Set<String>> found) {
        if (path.startsWith("stages.NAME.stages.")) {
            return;
        }
        JsonNode schema = node.has("$ref") ? definition(node.get("$ref").asText()) : node;
        if (schema.has("properties")) {
            Set<String> keys = new TreeSet<>();
            schema.get("properties").properties().forEach(property -> {
                keys.add(property.getKey());
                collect(property.getValue(), path + property.getKey() + ".", found);
            });
            found.put(path, keys);
        }
        if (schema.path("additionalProperties").isObject()) {
            collect(schema.get("additionalProperties"), path + "NAME.", found);
        }
    }

    private static JsonNode definition(String reference) {
        return schema().at(reference.substring(1));
    }

    /** It names them where it refuses another. */
    private static Set<String> keysOfTheReader(String path) {
        StringBuilder text = new StringBuilder();
        String indent = "";
        for (String key : path.split("\\.", -1)) {
            if (!key.isEmpty()) {
                text.append(indent).append(key.equals("NAME") ? "name" : key).append(":\n");
                indent += "  ";
            }
        }
        text.append(indent).append(UNKNOWN).append(": 1\n");
        InvalidSpec refusal =
                catchThrowableOfType(InvalidSpec.class, () -> SpecReader.read("slipway.yaml", text.toString()));
        Matcher known = KNOWN.matcher(String.valueOf(refusal.getMessage()));
        assertThat(known.find()).as(refusal.getMessage()).isTrue();
        return new TreeSet<>(Arrays.asList(known.group(1).split(", ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "traffic:\nstores:\ntarget:\napp:\napproval:\n",
                "app: shop",
                "app: my-shop-2",
                "source: {address: 10.0.0.5}",
                "target: {region: eu-west-1, size: medium, compute: none}",
                "target: {region: us-gov-west-1, size: , compute: }",
                "stores: {db: , cache: {role: cache}}",
                "stores: {db: {role: leave, engine: postgres, workers: 32, jobs: 64, rate: 20MB}}",
                "stores: {db: {url: 'postgres://app:${DB_PASSWORD}@10.0.0.5/shop'}}",
                "stores: {db: {url: 'redis://:${PW}@h:6379'}, m: {url: 's3://b/p?endpoint=http://h:9000'}, f: {url: 'file:///srv'}}",
                "stores: {db: {url: 'postgres://app@10.0.0.5/shop', rate: 1.5 gb}}",
                "stores: {db: {rate: 1048576}}",
                "stores: {old: {secret: 'arn:aws:secretsmanager:eu-west-1:1:secret:old'}}",
                "stores: {m: {bucket: {CorsConfiguration: {CorsRules: [{AllowedMethods: [GET]}]}, VersioningConfiguration: {Status: Enabled}}}}",
                "stores: {db: {size: 20GB, target: aurora, proxy: true}}",
                "delivery: github-actions",
                "target: {network: {cidr: 172.16.0.0/16, nat: none, clients: [sg-0a, 10.9.0.0/16]}, images: source}",
                "target: {network: {vpc: vpc-0a, public_subnets: [subnet-1, subnet-2], private_subnets: [subnet-3, subnet-4]}}",
                "target: {compute: servers, servers: {existing: [i-0a, 10.0.1.5], image: ami-0a, instance: t3.micro, count: 2}}",
                "target: {compute: servers, servers: {security_group: sg-0a, launch_template: lt-0a:12}}",
                "target: {protection: [guardduty, cloudtrail, config, inspector, backup], monthly_limit: 200}",
                "stores: {db: {replicas: 2, backup: {days: 30, region: eu-west-1}, rotation: true}, c: {shards: 3}}",
                "stores: {a: {rotation: 1d}, b: {rotation: 30d}, c: {rotation: 365d}, d: {rotation: false}, e: {rotation: }}",
                "stores: {m: {cdn: false}, n: {cdn: true}, o: {cdn: media.shop.example}}",
                "traffic: {certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b'}",
                "stages: {staging: {target: {size: poc}}, production: {traffic: {zone: shop.example}}, empty: }",
                "strategy: compute-first",
                "cutover: {max_pause: 90s}",
                "hold: 2d\nsoak: 1h30m",
                "hold: 0s\nsoak: 1.5h",
                "hold: 1w\nsoak: 0",
                "hold: .5h30m\ncutover: {max_pause: 500µs}",
                "approval: true",
                "approval: false",
                "traffic: {zone: shop.example., record: www.shop.example, by: 25, every: 250ms, failures: 3}",
                "traffic: {by: 25%, gates: {error_share: 0.5%, response_time: 2s}}",
                "traffic: {by: 100, gates: {error_share: 0.01}}",
                "traffic: {by: 1, gates: {error_share: 0}}",
                "traffic: {gates: {error_share: 100%}, failures: 100}",
                "traffic: {paths: {web: /*, api: [/api/*, /v2/*], none: }}",
                "schema: {command: alembic upgrade head}",
                "notify: team@example.com",
                "notify: [team@example.com, 'arn:aws:sns:us-east-1:1:topic']"
            })
    void takesWhatTheReaderTakes(String text) {
        assertThat(refusal(text)).as("the reader").isEmpty();
        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trafic: {by: 5}",
                "traffic: {evry: 5m}",
                "traffic: {gates: {eror_share: 1%}}",
                "traffic: 5",
                "stores: {db: {rol: cache}}",
                "stores: {db: {role: primary}}",
                "stores: {db: {engine: mysql}}",
                "stores: {db: {url: 'mysql://h/d'}}",
                "stores: {db: {url: 'postgres://app:hunter2@h/d'}}",
                "stores: {db: {secret: hunter2}}",
                "stores: {db: {workers: 33}}",
                "stores: {db: {workers: 0}}",
                "stores: {db: {jobs: 65}}",
                "stores: {db: {jobs: 2.5}}",
                "stores: {db: {rate: fast}}",
                "stores: {db: {rate: 0}}",
                "stores: {db: {rate: 0MB}}",
                "stores: {db: [1]}",
                "stores: {db: {size: big}}",
                "stores: {db: {target: rdss}}",
                "stores: {db: {proxy: perhaps}}",
                "delivery: jenkins",
                "target: {network: {cidr: 8.8.0.0/16}}",
                "target: {network: {cidr: 10.0.0.0/8}}",
                "target: {network: {nat: two}}",
                "target: {network: {vpc: mine}}",
                "target: {network: {clients: [everybody]}}",
                "target: {images: hub}",
                "target: {servers: {existing: [web-1]}}",
                "target: {servers: {count: 21}}",
                "target: {servers: {launch_template: lt-0a}}",
                "target: {servers: {security_group: default}}",
                "target: {protection: [firewall]}",
                "target: {monthly_limit: 0}",
                "stores: {db: {replicas: 16}}",
                "stores: {db: {backup: {days: 36}}}",
                "stores: {db: {backup: {region: Paris}}}",
                "stores: {db: {rotation: weekly}}",
                "stores: {db: {rotation: 0d}}",
                "stores: {db: {rotation: 366d}}",
                "stores: {db: {rotation: 30}}",
                "stores: {db: {rotation: 12h}}",
                "stores: {m: {cdn: https://media.shop.example}}",
                "traffic: {certificate: mine}",
                "stages: [staging]",
                "stages: {staging: {target: {size: huge}}}",
                "stages: {Staging: {}}",
                "stores: {m: {bucket: {CorsConfigurations: {}}}}",
                "stores: {m: {bucket: {CorsConfiguration: {Rules: []}}}}",
                "target: {size: huge}",
                "target: {size: POC}",
                "target: {compute: lambda}",
                "target: {region: Frankfurt}",
                "strategy: fast",
                "hold: 5",
                "hold: -5m",
                "hold: 5 m",
                "soak: soon",
                "cutover: {max_pause: 1y}",
                "cutover: 60s",
                "traffic: {by: 0}",
                "traffic: {by: 101}",
                "traffic: {by: ten}",
                "traffic: {by: 101%}",
                "traffic: {failures: 0}",
                "traffic: {failures: 101}",
                "traffic: {gates: {error_share: 200%}}",
                "traffic: {gates: {error_share: 1.5}}",
                "traffic: {gates: {error_share: few}}",
                "traffic: {paths: {web: api}}",
                "traffic: {paths: {web: [/a, b]}}",
                "traffic: {paths: {web: {a: /b}}}",
                "approval: maybe",
                "app: My App",
                "app: a",
                "app: [a]",
                "schema: alembic",
                "notify: {mail: a@example.com}",
                "- app: shop"
            })
    void refusesWhatTheReaderRefuses(String text) {
        assertThat(refusal(text)).as("the reader").isNotEmpty();
        assertThat(text.startsWith("-") || !SCHEMA.validate(json(text)).isEmpty())
                .as("the schema")
                .isTrue();
    }

    /** No schema relates a key to another. */
    @Test
    void cannotSeeThatARecordLiesInAnotherZone() {
        String text = "traffic: {zone: a.example, record: b.com}";
        assertThat(refusal(text)).contains("does not lie in the zone");
        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @Test
    void cannotSeeThatANetworksSubnetsAreMissing() {
        String text = "target: {network: {vpc: vpc-0a, public_subnets: [subnet-1]}}";
        assertThat(refusal(text)).contains("'public_subnets' names fewer than two");
        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @Test
    void cannotSeeThatAStageHasStages() {
        String text = "stages: {a: {stages: {b: {app: shop}}}}";
        assertThat(refusal(text)).contains("a stage has stages of its own");
        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @Test
    void saysWhatEachKeyMeans() {
        schema().findParents("type").stream()
                .filter(node -> node.path("type").toString().contains("object"))
                .flatMap(node -> node.path("properties").properties().stream())
                .filter(property ->
                        !property.getValue().isEmpty() && !property.getKey().matches("[A-Z].*"))
                .forEach(property -> assertThat(
                                property.getValue().path("description").asText())
                        .as(property.getKey())
                        .endsWith("."));
    }

    private static String refusal(String text) {
        try {
            SpecReader.read("slipway.yaml", text);
            return "";
        } catch (InvalidSpec e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static JsonNode json(String text) {
        return YamlJson.of(YamlReader.read("slipway.yaml", text));
    }

    private static JsonNode schema() {
        try {
            return new ObjectMapper().readTree(SpecSchema.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
