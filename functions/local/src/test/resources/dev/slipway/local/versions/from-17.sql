-- What came with 16 and 17.
CREATE SCHEMA v17;
SET search_path = v17, public;
CREATE TABLE v17.parted (id bigint GENERATED ALWAYS AS IDENTITY, at date, text text STORAGE EXTERNAL, EXCLUDE USING gist (at WITH =)) PARTITION BY RANGE (at);
CREATE TABLE v17.parted_1 PARTITION OF v17.parted FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE v17.parted_2 PARTITION OF v17.parted FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
INSERT INTO v17.parted (at) SELECT date '2023-12-01' + n FROM generate_series(1, 60) n;
CREATE COLLATION v17.by_code (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE v17.sorted (name text COLLATE v17.by_code UNIQUE, body jsonb, CHECK (body IS JSON OBJECT));
INSERT INTO v17.sorted VALUES ('ä', '{"a": [1, 2]}'), ('z', '{}');
CREATE VIEW v17.unnested AS SELECT t.* FROM v17.sorted s, JSON_TABLE(s.body, '$.a[*]' COLUMNS (n int PATH '$')) t;
CREATE VIEW v17.picked AS SELECT JSON_VALUE(body, '$.a[0]') AS first, random(1, 6) AS dice FROM v17.sorted;
RESET search_path;
