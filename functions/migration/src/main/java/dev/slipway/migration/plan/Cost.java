package dev.slipway.migration.plan;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.slipway.migration.spec.Size;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the target costs a month, and the run once, in dollars before tax.
 *
 * @param pricesAsOf the date of the prices
 * @param region the region the prices are for; another one than the target's where its own are not known
 * @param source where the prices are from
 * @param sizes what each size of target would come to
 * @param savings what could be taken off; those that name the same lines exclude each other
 * @param notPriced what is made or paid but has no price here
 * @param remarks what is to be known of the figures: what was assumed, and what is another region's
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Cost(
        BigDecimal monthlyUsd,
        String pricesAsOf,
        String region,
        String source,
        List<OfSize> sizes,
        List<Line> lines,
        List<Saving> savings,
        RunCost run,
        List<NotPriced> notPriced,
        List<String> remarks) {
    public Cost {
        sizes = List.copyOf(sizes);
        lines = List.copyOf(lines);
        savings = List.copyOf(savings);
        notPriced = List.copyOf(notPriced);
        remarks = List.copyOf(remarks);
    }

    /** What the same app costs a month on a target of that size. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record OfSize(Size size, BigDecimal monthlyUsd) {}

    /**
     * One line of the bill.
     *
     * @param service as AWS's bill calls it
     * @param quantity how much of it, in words
     * @param unitUsd what one unit costs
     * @param unit what is paid; one that ends with {@code hour} is paid 730 times a month
     * @param region the region that the unit's price is for
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Line(
            String service,
            String item,
            String quantity,
            BigDecimal unitUsd,
            String unit,
            String region,
            BigDecimal monthlyUsd) {}

    /**
     * What would be paid less each month, and for what.
     *
     * @param items the lines it is taken off
     * @param condition what has to be promised or borne for it
     * @param source where the percentage is from, and of which date
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Saving(
            String name,
            List<String> items,
            int percent,
            BigDecimal monthlyUsd,
            String condition,
            String source,
            String asOf) {
        public Saving {
            items = List.copyOf(items);
        }
    }

    /** Something without a price, and why it has none. */
    public record NotPriced(String item, String why) {}
}
