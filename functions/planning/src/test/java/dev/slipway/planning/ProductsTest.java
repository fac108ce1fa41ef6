package dev.slipway.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.compose.images.Catalog;
import dev.slipway.compose.images.Product;
import dev.slipway.migration.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private static final Products PRODUCTS = Products.load();

    @Test
    void saysWhatTakesThePlaceOfEveryProductThatIsRecognised() {
        assertThat(Catalog.products())
                .extracting(Product::name)
                .hasSizeGreaterThan(150)
                .allMatch(name -> PRODUCTS.named(name).isPresent());
    }

    @Test
    void hasARowForEachProductAndNoTwo() {
        List<List<String>> rows = Tables.rows(ProductsTest.class, "products.psv");
        assertThat(rows).allMatch(row -> row.size() == 4 && row.stream().noneMatch(String::isBlank));
        assertThat(rows).extracting(row -> row.getFirst()).doesNotHaveDuplicates();
    }
}
