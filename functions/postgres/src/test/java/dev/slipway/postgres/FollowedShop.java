package dev.slipway.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.StoreUrl;

/** A small database that is followed, and what following leaves in one. */
final class FollowedShop {
    static final String TABLES = """
            CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL);
            INSERT INTO account SELECT g, 1000 FROM generate_series(1, 100) g;
            CREATE TABLE ledger (id bigserial PRIMARY KEY, giver int NOT NULL REFERENCES account, taker int NOT NULL REFERENCES account, amount int NOT NULL);
            CREATE TABLE keyless (word text, half numeric GENERATED ALWAYS AS (1.5) STORED);
            INSERT INTO keyless VALUES ('one'), ('two'), ('two');
            CREATE TABLE part (id int, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE part_early PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
            CREATE TABLE part_late PARTITION OF part FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');
            CREATE TABLE cleared (id int PRIMARY KEY);
            INSERT INTO cleared SELECT generate_series(1, 10)
            """;

    private FollowedShop() {}

    static void assertNothingLeft(StoreUrl store) {
        assertThat(Databases.ask(store, """
                SELECT concat_ws(', ',
                       (SELECT string_agg(slot_name, ' ') FROM pg_replication_slots WHERE database = current_database() AND NOT temporary),
                       (SELECT string_agg(pubname, ' ') FROM pg_publication),
                       (SELECT string_agg(subname, ' ') FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE datname = current_database()),
                       (SELECT string_agg(nspname, ' ') FROM pg_namespace WHERE nspname = 'slipway'),
                       (SELECT string_agg(relname, ' ') FROM pg_class WHERE relreplident = 'f'))
                """)).isEmpty();
    }
}
