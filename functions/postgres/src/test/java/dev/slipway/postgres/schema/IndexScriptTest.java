package dev.slipway.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IndexScriptTest {
    private static final String SCRIPT = """
            SET lock_timeout = 0;

            --
            -- Name: orders orders_pkey; Type: CONSTRAINT; Schema: shop; Owner: -
            --

            ALTER TABLE ONLY shop.orders
                ADD CONSTRAINT orders_pkey PRIMARY KEY (id);


            --
            -- Name: by day; Type: INDEX; Schema: shop; Owner: -
            --

            CREATE INDEX "by day" ON shop.orders USING btree (day);
            """;

    @Test
    void cutsAScriptIntoItsIndexesEachWithTheSettings() {
        List<IndexScript> cut = IndexScript.cut(SCRIPT, 2).orElseThrow();
        assertThat(cut).extracting(IndexScript::tag).containsExactly("orders orders_pkey", "by day");
        assertThat(cut).extracting(IndexScript::key).containsExactly(true, false);
        assertThat(cut).extracting(IndexScript::qualified).containsExactly("shop.orders_pkey", "shop.day");
        assertThat(cut).allSatisfy(each -> assertThat(each.script()).startsWith("SET lock_timeout = 0;"));
        assertThat(cut.getFirst().script()).contains("PRIMARY KEY").doesNotContain("CREATE INDEX");
        assertThat(cut.getLast().script()).contains("CREATE INDEX").doesNotContain("PRIMARY KEY");
    }

    @Test
    void cutsNoneWhereTheirNumberIsAnother() {
        assertThat(IndexScript.cut(SCRIPT, 3)).isEmpty();
        assertThat(IndexScript.cut("", 0)).contains(List.of());
    }
}
