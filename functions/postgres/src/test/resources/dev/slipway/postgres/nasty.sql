CREATE SCHEMA "Odd Schema";
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy ''quoted''');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE address AS (street text, number int);
CREATE TYPE span AS RANGE (subtype = float8);
CREATE SEQUENCE ticket START 100 INCREMENT 7 CYCLE MAXVALUE 10000;
CREATE SEQUENCE untouched;
SELECT nextval('ticket'), nextval('ticket');

CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper($1) || '!' $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := coalesce(NEW.note, '') || ' touched; once'; RETURN NEW; END $$;

CREATE TABLE person (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL DEFAULT 'nobody',
    mail email,
    feeling mood,
    home address,
    born date,
    seen timestamptz,
    balance numeric(20, 5),
    ratio float8,
    loud text GENERATED ALWAYS AS (shout(name)) STORED,
    note text,
    best_friend bigint,
    team_id int
);
CREATE TABLE team (id serial PRIMARY KEY, title varchar(40) UNIQUE, captain bigint REFERENCES person (id));
ALTER TABLE person ADD FOREIGN KEY (team_id) REFERENCES team (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE person ADD FOREIGN KEY (best_friend) REFERENCES person (id);
INSERT INTO team (title) VALUES ('red'), ('blue'), (NULL);
INSERT INTO person (name, mail, feeling, home, born, seen, balance, ratio, best_friend, team_id)
SELECT 'person ' || n, 'p' || n || '@example.org', (ARRAY['sad', 'ok', 'happy ''quoted''']::mood[])[1 + n % 3],
       ROW('street, "' || n || '"', n)::address, date '2000-01-01' + n, timestamptz '2020-01-01 00:00:00.123456+02' + n * interval '1 hour',
       n / 7.0, n / 3.0, CASE WHEN n > 1 THEN n - 1 END, 1 + n % 3
  FROM generate_series(1, 500) n;
UPDATE team SET captain = 7 WHERE id = 1;
DELETE FROM person WHERE id = 500;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER person_touch BEFORE UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();

CREATE TABLE odd_values (id int PRIMARY KEY, t text, b bytea, f8 float8, f4 float4, ts timestamp, iv interval, js json, jsb jsonb,
    a int[], aa text[][], ea mood[], u uuid, ip inet, bits bit varying, sp span, m money, x xml, rc regclass, o oid, tsv tsvector);
INSERT INTO odd_values (id, t) VALUES (1, NULL), (2, ''), (3, E'tab\there\nline\\N \\. back\\slash'), (4, '\N'), (5, '\.'), (6, 'NULL'),
    (7, U&'\00e4\0061\0308 \+01F600'), (8, repeat('long ', 200000)), (9, E'\x01\x02\x7f'), (10, E'a\r\nb\bc\fd\ve');
INSERT INTO odd_values (id, b, f8, f4) VALUES (20, '\x', 'NaN', '-Infinity'), (21, '\x00ff0a5c', '-0', 1e-38), (22, '\xdeadbeef', 0.1 + 0.2, 3.4028235e38);
INSERT INTO odd_values (id, ts, iv, js, jsb) VALUES (30, 'infinity', '1 year -2 days 03:04:05.6', '{"b": 1,  "a":[1, 2], "b": 2}', '{"b": 1, "a": [null, "\u00e9"]}'),
    (31, '0044-03-15 12:00:00 BC', '-1 mon', 'null', 'null');
INSERT INTO odd_values (id, a, aa, ea, u, ip, bits, sp, m, x, rc, o, tsv) VALUES
    (40, '{1,NULL,3}', '{{"a,b","c\"d"},{NULL,"NULL"}}', '{sad,"happy ''quoted''"}', '00000000-0000-0000-0000-00000000002a', '10.0.0.0/8', B'1011',
     '[1.5,2.5)', '12.34', '<a>b</a>', 'pg_class', 42, to_tsvector('simple', 'the quick fox')), (41, '{}', '[0:1][5:5]={{x},{y}}', '{}', NULL, '::1', B'', 'empty', '-5', NULL, NULL, NULL, NULL);
CREATE INDEX odd_json ON odd_values USING gin (jsb);
CREATE INDEX odd_array ON odd_values USING gin (a);

CREATE TABLE "Odd Schema"."Table with ""quotes"" and spaces" ("Column One" int, "select" text, "naïve" text, PRIMARY KEY ("select", "Column One"));
INSERT INTO "Odd Schema"."Table with ""quotes"" and spaces" SELECT n, 'k' || n % 10, E'v\t' || n FROM generate_series(1, 200) n;

CREATE TABLE no_key (a int, b text);
INSERT INTO no_key VALUES (1, 'twice'), (1, 'twice'), (1, 'twice'), (NULL, NULL), (NULL, NULL), (2, E'tab\t');

CREATE TABLE measurement (taken date NOT NULL, place text NOT NULL, value float8, PRIMARY KEY (taken, place)) PARTITION BY RANGE (taken);
CREATE TABLE measurement_2020 PARTITION OF measurement FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE measurement_2021 PARTITION OF measurement FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (place);
CREATE TABLE measurement_2021_a PARTITION OF measurement_2021 FOR VALUES IN ('a', 'b');
CREATE TABLE measurement_rest PARTITION OF measurement_2021 DEFAULT;
INSERT INTO measurement SELECT date '2020-06-01' + n, (ARRAY['a', 'b', 'c'])[1 + n % 3], sqrt(n) FROM generate_series(1, 500) n;
CREATE INDEX measurement_value ON measurement (value) WHERE value > 10;
CREATE TABLE reading (id int PRIMARY KEY, taken date, place text, FOREIGN KEY (taken, place) REFERENCES measurement (taken, place));
INSERT INTO reading SELECT row_number() OVER (), taken, place FROM measurement LIMIT 50;

CREATE TABLE parent_table (id int PRIMARY KEY, kind text);
CREATE TABLE child_table (extra text) INHERITS (parent_table);
INSERT INTO parent_table VALUES (1, 'parent');
INSERT INTO child_table VALUES (2, 'child', 'extra');

CREATE UNLOGGED TABLE unlogged_table (id int UNIQUE);
INSERT INTO unlogged_table VALUES (1), (NULL), (NULL);
CREATE TABLE dropped_column (id int PRIMARY KEY, gone text, kept text);
INSERT INTO dropped_column VALUES (1, 'gone', 'kept');
ALTER TABLE dropped_column DROP COLUMN gone, ADD COLUMN late int DEFAULT 42;
CREATE TABLE no_columns ();
INSERT INTO no_columns DEFAULT VALUES;
INSERT INTO no_columns DEFAULT VALUES;
CREATE TABLE empty_table (id int PRIMARY KEY);
CREATE TABLE excluded (during tstzrange, EXCLUDE USING gist (during WITH &&));
INSERT INTO excluded VALUES ('[2020-01-01,2020-02-01)'), ('[2020-02-01,2020-03-01)');
CREATE TABLE secured (id int PRIMARY KEY, owner text);
INSERT INTO secured VALUES (1, 'x'), (2, 'y');
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON secured USING (owner = current_user) WITH CHECK (owner <> 'z');

CREATE UNIQUE INDEX person_mail ON person (lower(mail)) WHERE mail IS NOT NULL;
CREATE STATISTICS person_statistics (dependencies) ON team_id, feeling FROM person;
ALTER TABLE person ADD CONSTRAINT sane CHECK (balance > -5) NOT VALID;
CREATE VIEW happy AS SELECT id, name, (home).street FROM person WHERE feeling = 'happy ''quoted''';
CREATE MATERIALIZED VIEW a_second AS SELECT 1 AS placeholder WITH NO DATA;
CREATE MATERIALIZED VIEW z_first AS SELECT team_id, count(*) AS members, sum(balance) AS balance FROM person GROUP BY team_id;
DROP MATERIALIZED VIEW a_second;
CREATE MATERIALIZED VIEW a_second AS SELECT max(members) AS most FROM z_first;
CREATE UNIQUE INDEX z_first_team ON z_first (team_id);
CREATE MATERIALIZED VIEW never_filled AS SELECT * FROM team WITH NO DATA;
CREATE RULE no_empty AS ON INSERT TO empty_table WHERE NEW.id < 0 DO INSTEAD NOTHING;
COMMENT ON TABLE person IS 'People; "all" of them';
COMMENT ON COLUMN person.note IS 'touched';
SELECT lo_from_bytea(4711, decode(repeat('00ff', 700000), 'hex'));
SELECT lo_from_bytea(4712, '');
