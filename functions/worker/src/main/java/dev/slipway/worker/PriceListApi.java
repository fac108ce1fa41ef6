package dev.slipway.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.account.Clients;
import dev.slipway.migration.exception.InvalidInput;
import dev.slipway.planning.Price;
import dev.slipway.planning.PriceSource;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;

/**
 * AWS's own price list, asked for one price at a time and for each once.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html">GetProducts</a>
 */
final class PriceListApi implements PriceSource {
    /** One of the few regions that have the API; it has the prices of all. */
    private static final Region ENDPOINT = Region.US_EAST_1;

    private static final JsonMapper JSON = new JsonMapper();

    private final PricingClient client;
    private final String today;
    private final Map<String, Optional<Price>> known = new HashMap<>();

    PriceListApi(PricingClient client, InstantSource clock) {
        this.client = client;
        this.today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    static PriceListApi ofAccount() {
        return new PriceListApi(Clients.of(PricingClient.builder().region(ENDPOINT)), InstantSource.system());
    }

    @Override
    public String name() {
        return "AWS's price list";
    }

    @Override
    public String asOf() {
        return today;
    }

    @Override
    public boolean holds(String region) {
        return true;
    }

    /** @throws InvalidInput if AWS does not answer */
    @Override
    public Optional<Price> price(String name, String region) {
        return known.computeIfAbsent(
                region + " " + name, any -> PriceListRow.of(name).flatMap(row -> ask(row, name, region)));
    }

    private Optional<Price> ask(PriceListRow row, String name, String region) {
        return products(row, name, region).stream()
                .map(PriceListApi::parsed)
                .filter(product ->
                        row.isOfType(product.at("/product/attributes/usagetype").asText()))
                .flatMap(PriceListApi::onDemand)
                .filter(usd -> usd.signum() > 0)
                .findFirst()
                .map(usd -> new Price(usd.multiply(row.units()).stripTrailingZeros(), row.unit(), region));
    }

    private List<String> products(PriceListRow row, String name, String region) {
        Stream<Filter> filters = Stream.concat(
                Stream.of(is("regionCode", region)),
                row.attributes().entrySet().stream().map(wanted -> is(wanted.getKey(), wanted.getValue())));
        try {
            return client
                    .getProductsPaginator(request -> request.serviceCode(row.serviceCode())
                            .filters(filters.toList())
                            .formatVersion("aws_v1"))
                    .priceList()
                    .stream()
                    .toList();
        } catch (SdkException e) {
            throw new InvalidInput(
                    "ask AWS for the price of " + name + " in " + region,
                    String.valueOf(e.getMessage()),
                    "give the credentials of an account, with pricing:GetProducts, or leave out --prices aws",
                    e);
        }
    }

    private static Filter is(String field, String value) {
        return Filter.builder()
                .type(FilterType.TERM_MATCH)
                .field(field)
                .value(value)
                .build();
    }

    /** The price of the first unit of each term on demand: what costs less from an amount on has a dimension for each. */
    private static Stream<BigDecimal> onDemand(JsonNode product) {
        return product.at("/terms/OnDemand")
                .valueStream()
                .flatMap(term -> term.path("priceDimensions").valueStream())
                .filter(dimension -> dimension.path("beginRange").asText().equals("0"))
                .map(dimension -> dimension.at("/pricePerUnit/USD").asText())
                .filter(usd -> !usd.isEmpty())
                .map(BigDecimal::new);
    }

    private static JsonNode parsed(String product) {
        try {
            return JSON.readTree(product);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "read AWS's price list",
                    "an answer is no JSON: " + e.getOriginalMessage(),
                    "leave out --prices aws",
                    e);
        }
    }
}
