package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.planning.Price;
import dev.slipway.planning.PriceSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan expects of any source of prices. */
abstract class PriceSourceContract {
    abstract PriceSource source();

    @ParameterizedTest
    @CsvSource({
        "fargate.vcpu-hour, us-east-1, 0.04048, vCPU-hour",
        "fargate.gb-hour, us-east-1, 0.004445, GB-hour",
        "rds.postgres.db.t4g.medium, us-east-1, 0.065, instance-hour",
        "rds.postgres.db.t4g.medium, eu-west-1, 0.069, instance-hour",
        "rds.storage.gp3, us-east-1, 0.115, GB-month",
        "aurora.postgres.db.r6g.large, us-east-1, 0.26, instance-hour",
        "aurora.io, us-east-1, 0.20, million requests",
        "cache.redis.t3.medium, us-west-2, 0.068, node-hour",
        "cache.valkey.t3.medium, us-west-2, 0.0544, node-hour",
        "alb.hour, eu-west-1, 0.0252, hour",
        "alb.lcu-hour, eu-west-1, 0.008, LCU-hour",
        "nat.hour, eu-west-1, 0.048, hour",
        "nat.gb, eu-west-1, 0.048, GB",
        "s3.gb, us-east-1, 0.023, GB-month",
        "s3.put, us-east-1, 0.005, thousand requests"
    })
    void knowsWhatOneUnitCostsOnDemand(String name, String region, String usd, String unit) {
        Price price = source().price(name, region).orElseThrow();
        assertThat(price.usd()).isEqualByComparingTo(usd);
        assertThat(price.unit()).isEqualTo(unit);
        assertThat(price.region()).isEqualTo(region);
    }

    @Test
    void hasNoPriceOfWhatItDoesNotKnow() {
        assertThat(source().price("rds.postgres.db.x9.huge", "us-east-1")).isEmpty();
        assertThat(source().price("no.such", "us-east-1")).isEmpty();
    }

    @Test
    void givesNoOtherRegionsPrice() {
        assertThat(source().price("rds.postgres.db.t4g.medium", "mars-north-1")).isEmpty();
    }

    @Test
    void saysTheSameTwice() {
        PriceSource source = source();
        assertThat(source.price("nat.gb", "eu-west-1")).isEqualTo(source.price("nat.gb", "eu-west-1"));
    }

    @Test
    void saysWhatItIsAndOfWhichDay() {
        assertThat(source().name()).isNotBlank();
        assertThat(source().asOf()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(source().holds("us-east-1")).isTrue();
    }
}
