package dev.slipway.blueprints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.PlanBlocked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateYamlTest {
    @Test
    void saysTheSameAsTheJsonText() {
        for (TargetSpec spec : List.of(Targets.crpPreschool(), Targets.smartboard())) {
            JsonNode read = StrictJson.mapper().valueToTree(BlueprintYaml.read("target", yaml(spec)));
            assertThat(read).isEqualTo(Templates.template(spec));
        }
    }

    @Test
    void namesThePartBeforeItsResources() {
        assertThat(yaml(Targets.crpPreschool()))
                .contains(
                        "Resources:\n  # network.yaml: The target's private network and its one way to the internet.\n  Vpc:\n");
    }

    @Test
    void writesFunctionsAsTheBlueprintsDo() {
        assertThat(yaml(Targets.crpPreschool()))
                .contains(
                        "VpcId: !Ref 'Vpc'\n",
                        "!GetAtt 'LoadBalancer.DNSName'",
                        "- Key: slipway:app\n          Value: ")
                .doesNotContain("Fn::");
    }

    /** A reader of YAML 1.1 takes each of them for a date, a number, a time of day or a truth value. */
    @Test
    void quotesWhatAnotherReaderTakesForAnotherType() {
        Map<String, Object> values = new LinkedHashMap<>();
        List.of("2012-10-17", "010", "1:30", "yes", "Off", "1e3", "~", "", "0x1f", "null")
                .forEach(text -> values.put("V" + values.size(), text));
        String yaml = yaml(values);
        values.forEach((name, text) -> assertThat(yaml).contains(name + ": '" + text + "'\n"));
    }

    @Test
    void keepsTextOfSeveralLines() {
        String text = "#!/bin/sh\necho \"yes: no\"\n\n  indented\n";
        assertThat(BlueprintYaml.read("t", yaml(Map.of("UserData", text))).toString())
                .contains(text);
    }

    @Test
    void refusesMoreResourcesThanAStackTakes() {
        assertThatThrownBy(() -> template(501).requireTakenByCloudFormation())
                .isInstanceOf(PlanBlocked.class)
                .hasMessageContaining("501 resources, and CloudFormation takes 500");
        template(500).requireTakenByCloudFormation();
    }

    private static Template template(int resources) {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int number = 0; number < resources; number++) {
            many.put("Vpc" + number, resource(Map.of()));
        }
        Template template = new Template("shop");
        template.add(new Piece(many, Map.of(), "", "many"));
        return template;
    }

    private static String yaml(Map<String, Object> properties) {
        Template template = new Template("shop");
        template.add(new Piece(Map.of("Vpc", resource(properties)), Map.of(), "", "one"));
        return TemplateYaml.write(template);
    }

    private static Map<String, Object> resource(Map<String, Object> properties) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("Type", "AWS::EC2::VPC");
        resource.put("Properties", new LinkedHashMap<>(properties));
        return resource;
    }

    private static String yaml(TargetSpec spec) {
        return TemplateYaml.write(TargetTemplate.assemble(spec));
    }
}
