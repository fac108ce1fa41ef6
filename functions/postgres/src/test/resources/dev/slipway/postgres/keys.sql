-- Every kind of key, most beside another index of their table.
CREATE SCHEMA "Keys of; all";
SET search_path = "Keys of; all";

CREATE TABLE plain (id int PRIMARY KEY, code text UNIQUE, other int);
CREATE INDEX plain_other ON plain (other);
COMMENT ON CONSTRAINT plain_pkey ON plain IS 'of plain';
COMMENT ON INDEX plain_code_key IS 'the index';

CREATE TABLE "When" (a int, b int, c int,
    CONSTRAINT later UNIQUE (a) DEFERRABLE,
    CONSTRAINT latest PRIMARY KEY (b, a) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT now UNIQUE (c) NOT DEFERRABLE);

CREATE TABLE covering (a int, b int, "USING" text, "x; y" text,
    PRIMARY KEY (a) INCLUDE (b, "USING") WITH (fillfactor = 70),
    CONSTRAINT "select" UNIQUE ("x; y", "USING") INCLUDE (a) WITH (fillfactor = 90, deduplicate_items = off));

CREATE TABLE sorted (a text COLLATE "C", b varchar(10) COLLATE "POSIX", c numeric(10, 2), d bytea, UNIQUE (a, b), PRIMARY KEY (c, d));

CREATE TABLE named (a int NOT NULL, b int, c int, d int CONSTRAINT "two words" UNIQUE, "words" int CONSTRAINT words UNIQUE,
    CONSTRAINT "quo""ted" PRIMARY KEY (a), CONSTRAINT "UNIQUE" UNIQUE (b), CONSTRAINT "line
break" UNIQUE (c));
CREATE TABLE "a name" (a int PRIMARY KEY, b int UNIQUE);
CREATE TABLE "column
break" ("a
b" int PRIMARY KEY, "c;
d" int UNIQUE);
CREATE TABLE broken ("e;
f" int CONSTRAINT broken_key UNIQUE);

CREATE TABLE replicated (a int NOT NULL UNIQUE, b int PRIMARY KEY);
ALTER TABLE replicated REPLICA IDENTITY USING INDEX replicated_a_key;
ALTER TABLE replicated CLUSTER ON replicated_pkey;

CREATE TABLE adopted (a int NOT NULL, b int);
CREATE UNIQUE INDEX made_before ON adopted (a);
ALTER TABLE adopted ADD CONSTRAINT made_after PRIMARY KEY USING INDEX made_before;
CREATE UNIQUE INDEX no_key ON adopted (b) WHERE b > 0;

CREATE TABLE referring (id int PRIMARY KEY, plain int REFERENCES plain, code text REFERENCES plain (code), covering int REFERENCES covering);

CREATE TABLE parted (id int, kind text, PRIMARY KEY (id, kind), CONSTRAINT parted_again UNIQUE (kind, id) DEFERRABLE) PARTITION BY LIST (kind);
CREATE TABLE parted_a PARTITION OF parted FOR VALUES IN ('a');
CREATE TABLE parted_b PARTITION OF parted FOR VALUES IN ('b') PARTITION BY RANGE (id);
CREATE TABLE parted_b_1 PARTITION OF parted_b (CONSTRAINT own UNIQUE (id)) FOR VALUES FROM (0) TO (100);
CREATE TABLE part_of_parted (id int, parted int, kind text, FOREIGN KEY (parted, kind) REFERENCES parted);

CREATE TABLE inherited (PRIMARY KEY (id)) INHERITS (plain);
CREATE UNLOGGED TABLE passing (id int PRIMARY KEY, name text UNIQUE);
CREATE TABLE seats (id int PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&), EXCLUDE (id WITH =));

-- A view that rests on a key, which pg_dump makes of a rule.
CREATE VIEW by_key AS SELECT id, code, count(*) AS n FROM plain GROUP BY id;

INSERT INTO plain SELECT n, 'code ' || n, n % 7 FROM generate_series(1, 50) n;
INSERT INTO covering SELECT n, n, 'u', 'x ' || n FROM generate_series(1, 50) n;
INSERT INTO referring SELECT n, n, 'code ' || n, n FROM generate_series(1, 50) n;
INSERT INTO parted SELECT n, CASE WHEN n % 2 = 0 THEN 'a' ELSE 'b' END FROM generate_series(1, 50) n;
INSERT INTO part_of_parted VALUES (1, 2, 'a');
