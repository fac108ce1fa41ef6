package dev.slipway.local.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an account has, as the services' own lists tell it; never what CloudFormation tells.
 *
 * @param found names by the call that lists them
 */
public record Inventory(Map<String, Set<String>> found) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
    private static final String CLUSTERS = "ecs DescribeClusters";

    /** What holds the app's data or is needed to reach it: all else of a target goes. */
    public static final Set<String> STORES = Set.of(
            "rds DescribeDBInstances",
            "rds DescribeDBClusters",
            "rds DescribeDBSubnetGroups",
            "rds DescribeDBParameterGroups",
            "elasticache DescribeReplicationGroups",
            "elasticache DescribeCacheSubnetGroups",
            "elasticache DescribeUsers",
            "elasticache DescribeUserGroups",
            "s3 ListBuckets",
            "secretsmanager ListSecrets",
            "logs DescribeLogGroups",
            "ec2 DescribeVpcs",
            "ec2 DescribeSubnets",
            "ec2 DescribeSecurityGroups",
            // Each network has one of its own, which goes with it.
            "ec2 DescribeRouteTables");

    public static Inventory of(Questions questions) {
        Map<String, Set<String>> found = new TreeMap<>();
        Table.rows("inventory.psv").forEach(row -> found.put(row.get(0) + " " + row.get(1), names(questions, row)));
        found.put(CLUSTERS, activeClusters(questions));
        return new Inventory(found);
    }

    /** What this has and the other has not. */
    public Map<String, Set<String>> beyond(Inventory other) {
        Map<String, Set<String>> beyond = new TreeMap<>();
        found.forEach((kind, names) -> {
            Set<String> more = new TreeSet<>(names);
            more.removeAll(other.names(kind));
            if (!more.isEmpty()) {
                beyond.put(kind, more);
            }
        });
        return beyond;
    }

    public Set<String> names(String kind) {
        return found.getOrDefault(kind, Set.of());
    }

    private static Set<String> names(Questions questions, List<String> row) {
        JsonNode answer = questions.ask(row.get(0), row.get(1), arguments(row.get(2)));
        if (answer.has("error")) {
            throw new IllegalStateException(row.get(0) + " " + row.get(1) + ": " + answer);
        }
        return answer.at(row.get(3))
                .valueStream()
                .map(entry -> entry.path(row.get(4)).asText())
                .filter(name -> name.matches(row.get(5)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Object> arguments(String json) {
        try {
            return JSON.readValue(json, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }

    /** One that is deleted is told of for a while, as inactive. */
    private static Set<String> activeClusters(Questions questions) {
        JsonNode names = questions.ask("ecs", "ListClusters", Map.of()).path("clusterArns");
        return questions
                .ask("ecs", "DescribeClusters", Map.of("clusters", JSON.convertValue(names, List.class)))
                .path("clusters")
                .valueStream()
                .filter(cluster -> cluster.path("status").asText().equals("ACTIVE"))
                .map(cluster -> cluster.path("clusterName").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
