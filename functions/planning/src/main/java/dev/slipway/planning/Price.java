package dev.slipway.planning;

import java.math.BigDecimal;

/**
 * What AWS asks for one unit, in dollars on demand.
 *
 * @param unit what is paid; one that ends with {@code hour} is paid 730 times a month
 * @param region the region the price is for
 */
public record Price(BigDecimal usd, String unit, String region) {
    static final BigDecimal HOURS_A_MONTH = BigDecimal.valueOf(730);

    /** How often a unit of it is paid in a month. */
    BigDecimal timesAMonth() {
        return unit.endsWith("hour") ? HOURS_A_MONTH : BigDecimal.ONE;
    }
}
