package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.Tables;
import dev.slipway.migration.plan.Plan;
import org.junit.jupiter.api.Test;

/** The fields that programs read. */
class PlanJsonTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(Tables.text(PlanJsonTest.class, "plan.schema.json"), InputFormat.JSON);

    @Test
    void hasEveryFieldOfTheDesign() {
        assertThat(SCHEMA.validate(json())).isEmpty();
    }

    @Test
    void wouldBeMissedWithoutOneOfThem() {
        json().fieldNames().forEachRemaining(name -> {
            ObjectNode less = json();
            less.remove(name);
            boolean demanded = !SCHEMA.validate(less).isEmpty();
            assertThat(demanded)
                    .as(name)
                    .isEqualTo(
                            !name.matches(
                                    "secret|strategy_reason|traffic|cutover|approval|schema_command|delivery|repository|notified"));
        });
    }

    private static ObjectNode json() {
        Plan plan = Planned.withEnvironment("DEV_BYPASS_AUTH: 'true', DB_HOST: db");
        return StrictJson.mapper().valueToTree(plan);
    }
}
