package dev.slipway.planning;

import java.util.Optional;

/**
 * Knows what AWS asks on demand. The names of prices are those of {@code prices.psv}, and so are their units:
 * {@code rds.postgres.db.t4g.micro} by the instance-hour, {@code s3.gb} by the GB-month.
 */
public interface PriceSource {
    /** Where the prices are from, for a person who reads the plan. */
    String name();

    /** The day the prices are of, as {@code 2026-11-22}. */
    String asOf();

    /** Whether it has prices of that region at all. */
    boolean holds(String region);

    /** The price of one unit in that region, never another's; empty where it is not known here. */
    Optional<Price> price(String name, String region);
}
