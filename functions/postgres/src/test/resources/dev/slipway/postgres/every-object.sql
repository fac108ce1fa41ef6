-- Every kind of object that a mere owner may have, with owners, grants, comments and settings. It loads on version 14 and later.
DO $roles$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['shop_owner', 'shop_write', 'shop_read', 'shop_app', 'Shop "Auditor"'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
    END LOOP;
END
$roles$;
ALTER ROLE shop_owner CREATEDB;
ALTER ROLE shop_app LOGIN CONNECTION LIMIT 20 VALID UNTIL '2100-01-01 00:00:00+00' PASSWORD 'not carried';
ALTER ROLE shop_app SET statement_timeout = '30s';
COMMENT ON ROLE shop_app IS 'the app''s login';
GRANT shop_read TO shop_write;
GRANT shop_write TO shop_app;

CREATE SCHEMA shop AUTHORIZATION shop_owner;
CREATE SCHEMA tools;
COMMENT ON SCHEMA shop IS 'what is sold';
GRANT USAGE ON SCHEMA shop TO shop_read, "Shop ""Auditor""";
GRANT CREATE ON SCHEMA shop TO shop_write WITH GRANT OPTION;
GRANT USAGE ON SCHEMA tools TO PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO shop_write;
COMMENT ON SCHEMA public IS 'where the app began';
CREATE EXTENSION hstore SCHEMA tools;

-- Types
CREATE TYPE shop.state AS ENUM ('new', 'paid', 'sent');
CREATE DOMAIN shop.price AS numeric(12, 2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0);
CREATE TYPE shop.place AS (street text COLLATE "C", number int);
CREATE TYPE shop.days AS RANGE (subtype = date, multirange_type_name = shop.many_days);
COMMENT ON TYPE shop.state IS 'of an order';
COMMENT ON TYPE shop.place IS 'where to';
COMMENT ON COLUMN shop.place.street IS 'with its number apart';
COMMENT ON DOMAIN shop.price IS 'in euros';
COMMENT ON CONSTRAINT positive ON DOMAIN shop.price IS 'nobody pays us to take it';
ALTER TYPE shop.state OWNER TO shop_owner;
ALTER DOMAIN shop.price OWNER TO shop_owner;
REVOKE USAGE ON TYPE shop.price FROM PUBLIC;
GRANT USAGE ON TYPE shop.price TO shop_read;
CREATE COLLATION shop.by_code (provider = libc, locale = 'C');
COMMENT ON COLLATION shop.by_code IS 'by code point';
ALTER COLLATION shop.by_code OWNER TO shop_owner;
CREATE CONVERSION shop.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION shop.latin IS 'from old files';

-- Routines, operators, casts
CREATE FUNCTION shop.add_tax(amount numeric, rate numeric DEFAULT 0.19) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 3 SET search_path = pg_catalog, shop AS 'SELECT amount * (1 + rate)';
CREATE FUNCTION shop.whoami() RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN RETURN current_user; END $$;
CREATE FUNCTION shop.cheap(limit_price numeric) RETURNS boolean LANGUAGE sql BEGIN ATOMIC SELECT limit_price < 10; END;
CREATE PROCEDURE shop.nothing(INOUT x int) LANGUAGE plpgsql AS $$ BEGIN x := x + 1; END $$;
CREATE FUNCTION shop.longer(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN length($1) > length($2) THEN $1 ELSE $2 END';
CREATE AGGREGATE shop.longest(text) (SFUNC = shop.longer, STYPE = text, INITCOND = '', COMBINEFUNC = shop.longer, PARALLEL = SAFE);
CREATE FUNCTION shop.same_place(shop.place, shop.place) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).number = ($2).number';
CREATE OPERATOR shop.=== (LEFTARG = shop.place, RIGHTARG = shop.place, FUNCTION = shop.same_place, COMMUTATOR = OPERATOR(shop.===), RESTRICT = eqsel);
CREATE FUNCTION shop.negative(shop.place) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT -($1).number';
CREATE OPERATOR shop.!! (RIGHTARG = shop.place, FUNCTION = shop.negative);
CREATE FUNCTION shop.place_text(shop.place) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).street';
CREATE CAST (shop.place AS text) WITH FUNCTION shop.place_text(shop.place) AS ASSIGNMENT;
COMMENT ON FUNCTION shop.add_tax(numeric, numeric) IS 'with ''tax''; and a \ backslash';
COMMENT ON PROCEDURE shop.nothing(int) IS 'nearly nothing';
COMMENT ON AGGREGATE shop.longest(text) IS 'the longest';
COMMENT ON OPERATOR shop.=== (shop.place, shop.place) IS 'as good as the same';
COMMENT ON OPERATOR shop.!! (NONE, shop.place) IS 'the other side of the street';
COMMENT ON CAST (shop.place AS text) IS 'its street';
REVOKE EXECUTE ON FUNCTION shop.add_tax(numeric, numeric) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.add_tax(numeric, numeric) TO shop_app, shop_owner;
GRANT EXECUTE ON PROCEDURE shop.nothing(int) TO shop_app WITH GRANT OPTION;
ALTER FUNCTION shop.add_tax(numeric, numeric) OWNER TO shop_owner;
ALTER PROCEDURE shop.nothing(int) OWNER TO shop_owner;
ALTER AGGREGATE shop.longest(text) OWNER TO shop_owner;
ALTER OPERATOR shop.=== (shop.place, shop.place) OWNER TO shop_owner;

-- Text search
CREATE TEXT SEARCH DICTIONARY shop.plain (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION shop.search (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR asciiword, word WITH shop.plain, pg_catalog.english_stem;
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR int WITH pg_catalog.simple;
COMMENT ON TEXT SEARCH DICTIONARY shop.plain IS 'words as they are';
COMMENT ON TEXT SEARCH CONFIGURATION shop.search IS 'for the catalog';
ALTER TEXT SEARCH DICTIONARY shop.plain OWNER TO shop_owner;
ALTER TEXT SEARCH CONFIGURATION shop.search OWNER TO shop_owner;

-- Tables
CREATE SEQUENCE shop.number AS int START 5 INCREMENT 5 MINVALUE 5 MAXVALUE 5000 CACHE 3 CYCLE;
COMMENT ON SEQUENCE shop.number IS 'of an invoice';
GRANT USAGE ON SEQUENCE shop.number TO shop_write;
ALTER SEQUENCE shop.number OWNER TO shop_owner;
CREATE TABLE shop.customer (
    id bigint GENERATED BY DEFAULT AS IDENTITY (START 100 INCREMENT 10 CACHE 5) PRIMARY KEY,
    name text COLLATE shop.by_code NOT NULL,
    home shop.place,
    facts tools.hstore,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple', name)) STORED,
    CONSTRAINT named CHECK (name <> '') NO INHERIT
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 99);
ALTER TABLE shop.customer ALTER name SET STORAGE EXTERNAL, ALTER name SET STATISTICS 500, ALTER facts SET COMPRESSION pglz,
    ALTER home SET (n_distinct = -0.5);
INSERT INTO shop.customer (name, home) SELECT 'customer ' || n, ROW('street', n)::shop.place FROM generate_series(1, 50) n;
CREATE TABLE shop.purchase (
    id serial CONSTRAINT "the key" PRIMARY KEY,
    customer bigint CONSTRAINT of_customer REFERENCES shop.customer ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE,
    state shop.state DEFAULT 'new',
    price shop.price,
    during shop.days,
    note text
);
INSERT INTO shop.purchase (customer, price, note) SELECT 100 + n * 10, n, 'note ' || n FROM generate_series(0, 40) n;
ALTER TABLE shop.purchase ADD CONSTRAINT reasonable CHECK (price < 30) NOT VALID;
ALTER TABLE shop.purchase ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX by_note ON shop.purchase (lower(note) text_pattern_ops DESC NULLS LAST) INCLUDE (price) WITH (fillfactor = 60) WHERE price > 1;
ALTER INDEX shop.by_note ALTER COLUMN 1 SET STATISTICS 77;
CREATE UNIQUE INDEX by_customer ON shop.purchase (customer, id);
CREATE UNIQUE INDEX identity_of ON shop.customer (id) INCLUDE (name);
ALTER TABLE shop.customer REPLICA IDENTITY USING INDEX identity_of;
ALTER TABLE shop.purchase REPLICA IDENTITY FULL;
ALTER TABLE shop.purchase CLUSTER ON by_customer;
CREATE STATISTICS shop.together (ndistinct, mcv) ON customer, state FROM shop.purchase;
ALTER STATISTICS shop.together SET STATISTICS 55;
COMMENT ON TABLE shop.customer IS 'who buys';
COMMENT ON COLUMN shop.customer.name IS 'as on the bell';
COMMENT ON CONSTRAINT named ON shop.customer IS 'nobody is nameless';
COMMENT ON CONSTRAINT "the key" ON shop.purchase IS 'a key';
COMMENT ON CONSTRAINT of_customer ON shop.purchase IS 'a foreign key';
COMMENT ON INDEX shop.by_note IS 'for the search';
COMMENT ON STATISTICS shop.together IS 'belong together';
ALTER TABLE shop.customer OWNER TO shop_owner;
ALTER TABLE shop.purchase OWNER TO shop_owner;
ALTER STATISTICS shop.together OWNER TO shop_owner;
GRANT SELECT ON shop.customer, shop.purchase TO shop_read;
GRANT INSERT, UPDATE, DELETE ON shop.purchase TO shop_write;
GRANT ALL ON shop.customer TO shop_write WITH GRANT OPTION;
GRANT SELECT (id, name), UPDATE (name) ON shop.customer TO "Shop ""Auditor""";
GRANT SELECT (note) ON shop.purchase TO PUBLIC;
SET ROLE shop_write;
GRANT UPDATE ON shop.customer TO shop_app WITH GRANT OPTION;
SET ROLE shop_app;
GRANT UPDATE ON shop.customer TO "Shop ""Auditor""";
RESET ROLE;
CREATE TABLE shop.read_only (id int PRIMARY KEY);
ALTER TABLE shop.read_only OWNER TO shop_owner;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON shop.read_only FROM shop_owner;

CREATE TABLE shop.event (at timestamptz NOT NULL, kind text NOT NULL, what jsonb) PARTITION BY RANGE (at);
CREATE TABLE shop.event_old PARTITION OF shop.event FOR VALUES FROM (MINVALUE) TO ('2024-01-01 00:00:00+00');
CREATE TABLE shop.event_new PARTITION OF shop.event (CONSTRAINT kinds CHECK (kind <> 'x')) FOR VALUES FROM ('2024-01-01 00:00:00+00') TO (MAXVALUE)
    PARTITION BY HASH (kind);
CREATE TABLE shop.event_new_0 PARTITION OF shop.event_new FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.event_new_1 PARTITION OF shop.event_new FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (fillfactor = 80);
CREATE INDEX by_kind ON shop.event (kind);
ALTER TABLE shop.event ADD PRIMARY KEY (at, kind);
INSERT INTO shop.event SELECT timestamptz '2023-12-01 00:00:00+00' + n * interval '1 day', 'kind ' || n % 7, '{}' FROM generate_series(1, 60) n;
ALTER TABLE shop.event_old OWNER TO shop_owner;
GRANT SELECT ON shop.event TO shop_read;
CREATE TABLE shop.thing (id int PRIMARY KEY, name text DEFAULT 'thing', CHECK (id > 0));
CREATE TABLE shop.book (pages int, name text DEFAULT 'book') INHERITS (shop.thing);
CREATE TABLE shop.home_of OF shop.place (number WITH OPTIONS DEFAULT 1, PRIMARY KEY (number));
CREATE UNLOGGED TABLE shop.cache (key text PRIMARY KEY, value bytea);

-- Views, rules, triggers, policies
CREATE VIEW shop.sent WITH (security_barrier) AS SELECT id, price FROM shop.purchase WHERE state = 'sent' WITH CASCADED CHECK OPTION;
ALTER VIEW shop.sent ALTER price SET DEFAULT 1;
COMMENT ON VIEW shop.sent IS 'on its way';
COMMENT ON COLUMN shop.sent.price IS 'without tax';
ALTER VIEW shop.sent OWNER TO shop_owner;
GRANT SELECT ON shop.sent TO shop_read;
CREATE MATERIALIZED VIEW shop.turnover WITH (fillfactor = 90) AS SELECT customer, sum(price::numeric) AS total FROM shop.purchase GROUP BY customer;
CREATE UNIQUE INDEX turnover_of ON shop.turnover (customer);
COMMENT ON MATERIALIZED VIEW shop.turnover IS 'of yesterday';
ALTER MATERIALIZED VIEW shop.turnover OWNER TO shop_owner;
GRANT SELECT ON shop.turnover TO shop_read;
CREATE VIEW shop.grouped AS SELECT id, name, count(*) FROM shop.customer GROUP BY id;
CREATE RULE keep AS ON DELETE TO shop.thing WHERE OLD.id = 1 DO INSTEAD NOTHING;
COMMENT ON RULE keep ON shop.thing IS 'the first one stays';
CREATE FUNCTION shop.stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := NEW.note || '!'; RETURN NEW; END $$;
CREATE TRIGGER stamp BEFORE UPDATE OF note ON shop.purchase FOR EACH ROW WHEN (OLD.note IS DISTINCT FROM NEW.note) EXECUTE FUNCTION shop.stamp();
CREATE TRIGGER always AFTER INSERT ON shop.purchase REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION shop.stamp();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.thing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shop.stamp();
CREATE TRIGGER on_parts BEFORE DELETE ON shop.event FOR EACH ROW EXECUTE FUNCTION shop.stamp();
ALTER TABLE shop.purchase ENABLE ALWAYS TRIGGER always, DISABLE TRIGGER stamp;
COMMENT ON TRIGGER stamp ON shop.purchase IS 'who was it';
ALTER TABLE shop.purchase ENABLE ROW LEVEL SECURITY;
CREATE POLICY "see all" ON shop.purchase FOR SELECT TO shop_read, "Shop ""Auditor""" USING (true);
CREATE POLICY change ON shop.purchase AS RESTRICTIVE FOR UPDATE TO shop_write USING (price < 20) WITH CHECK (price < 15 AND note <> 'it''s');
CREATE POLICY anybody ON shop.purchase USING (note = current_user);
COMMENT ON POLICY "see all" ON shop.purchase IS 'readers read';

-- Large objects
SELECT lo_from_bytea(7001, 'one');
SELECT lo_from_bytea(7002, 'two');
COMMENT ON LARGE OBJECT 7001 IS 'a picture';
ALTER LARGE OBJECT 7001 OWNER TO shop_owner;
GRANT SELECT ON LARGE OBJECT 7001 TO shop_read;
GRANT SELECT, UPDATE ON LARGE OBJECT 7002 TO shop_app WITH GRANT OPTION;

-- Privileges of what is still to come
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO shop_read;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner IN SCHEMA shop GRANT SELECT ON TABLES TO shop_read;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner IN SCHEMA shop GRANT USAGE ON SEQUENCES TO shop_write WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner GRANT USAGE ON SCHEMAS TO shop_app;

-- Publications
CREATE PUBLICATION orders FOR TABLE shop.purchase, ONLY shop.thing WITH (publish = 'insert, update');
CREATE PUBLICATION nothing_yet;
COMMENT ON PUBLICATION orders IS 'for the warehouse';
