package dev.slipway.migration.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The private subnets' way out. */
public enum Nat {
    /** One NAT gateway for all zones. */
    @JsonProperty("one")
    ONE,
    /** One in each zone, so that the loss of a zone takes no other one's way out. */
    @JsonProperty("each")
    EACH,
    /** None: VPC endpoints lead to AWS' own services, and nothing leads further. */
    @JsonProperty("none")
    NONE
}
