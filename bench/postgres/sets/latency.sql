-- For the far servers: 100 tables of 100 rows, each with a key and an index, and at :size 1 pgbench's accounts of scale 10.
SELECT format('CREATE TABLE small_%1$s (id integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL)', i),
       format('INSERT INTO small_%1$s SELECT n, ''name '' || n, timestamptz ''2025-01-01 00:00+00'' + n * interval ''1 hour'' FROM generate_series(1, 100) AS n', i),
       format('CREATE INDEX small_%1$s_at ON small_%1$s (at)', i)
  FROM generate_series(1, 100) AS i \gexec
CREATE TABLE accounts (aid int NOT NULL, bid int, abalance int, filler char(84));
INSERT INTO accounts
SELECT aid, (aid - 1) / 100000 + 1, 0, '' FROM generate_series(1, greatest(1, round(1000000 * :size))::int) AS aid;
ALTER TABLE accounts ADD PRIMARY KEY (aid);
