-- A narrow table of 3 million rows beside values that compression cannot make smaller: at :size 1 some 250 MB in values of
-- 1 to 4 MB and 50 MB in values of 100 kB.
CREATE TABLE readings (id integer NOT NULL, sensor integer NOT NULL, at timestamptz NOT NULL, value double precision);
INSERT INTO readings
SELECT i, i % 977, timestamptz '2025-01-01 00:00+00' + i * interval '1 second', sin(i) * 100
  FROM generate_series(1, greatest(1, round(3000000 * :size))::integer) AS i;
ALTER TABLE readings ADD PRIMARY KEY (id);
CREATE TABLE files (id integer NOT NULL, name text NOT NULL, content bytea NOT NULL);
INSERT INTO files
SELECT f.id, 'file-' || f.id,
       (SELECT string_agg(sha512((f.id || '.' || block)::bytea), ''::bytea) FROM generate_series(1, f.bytes / 64) AS block)
  FROM (SELECT id, (1 + id % 4) * 1000000 AS bytes FROM generate_series(1, greatest(1, round(100 * :size))::integer) AS id
        UNION ALL
        SELECT 1000 + id, 100000 FROM generate_series(1, greatest(1, round(500 * :size))::integer) AS id) AS f;
ALTER TABLE files ADD PRIMARY KEY (id);
