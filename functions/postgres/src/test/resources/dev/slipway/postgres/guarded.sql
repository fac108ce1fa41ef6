-- What stands in the way of putting a row right, or would change others with it.
CREATE TABLE parent (id int PRIMARY KEY, tag text UNIQUE, favourite int, text text);
CREATE TABLE child (id int PRIMARY KEY, parent int NOT NULL REFERENCES parent ON DELETE CASCADE, text text);
ALTER TABLE parent ADD CONSTRAINT favourite FOREIGN KEY (favourite) REFERENCES child DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT favourite ON parent IS 'A cycle; ''quoted''';
INSERT INTO parent SELECT n, 'tag ' || n, NULL, 'text' FROM generate_series(1, 100) n;
INSERT INTO child SELECT n, 1 + n % 100, 'text' FROM generate_series(1, 1000) n;
UPDATE parent SET favourite = id;
CREATE TABLE tree (id int PRIMARY KEY, up int REFERENCES tree ON DELETE SET NULL ON UPDATE CASCADE);
INSERT INTO tree SELECT n, nullif(n / 2, 0) FROM generate_series(1, 100) n;
CREATE TABLE orphan (id int PRIMARY KEY, parent int);
INSERT INTO orphan VALUES (1, 1), (2, 4711);
ALTER TABLE orphan ADD FOREIGN KEY (parent) REFERENCES parent NOT VALID;

CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
    NEW.text := NEW.text || ' meddled with';
    RETURN NEW;
END $$;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no writing here'; END $$;
CREATE TABLE watched (id int PRIMARY KEY, text text);
INSERT INTO watched SELECT n, 'text' FROM generate_series(1, 10) n;
CREATE TRIGGER always BEFORE INSERT OR UPDATE OR DELETE ON watched FOR EACH ROW EXECUTE FUNCTION meddle();
ALTER TABLE watched ENABLE ALWAYS TRIGGER always;
CREATE TRIGGER ordinary BEFORE INSERT OR DELETE ON watched EXECUTE FUNCTION refuse();
CREATE TRIGGER replica BEFORE INSERT ON watched EXECUTE FUNCTION refuse();
ALTER TABLE watched ENABLE REPLICA TRIGGER replica;
CREATE TRIGGER off BEFORE INSERT ON watched EXECUTE FUNCTION refuse();
ALTER TABLE watched DISABLE TRIGGER off;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON watched DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE ruled (id int PRIMARY KEY, text text);
INSERT INTO ruled SELECT n, 'text' FROM generate_series(1, 10) n;
CREATE RULE keep AS ON DELETE TO ruled DO INSTEAD NOTHING;
CREATE RULE twice AS ON INSERT TO ruled DO ALSO INSERT INTO watched VALUES (NEW.id, NEW.text);
ALTER TABLE ruled ENABLE ALWAYS RULE twice;

CREATE TABLE slot (id int PRIMARY KEY, place int UNIQUE DEFERRABLE INITIALLY DEFERRED, seat int UNIQUE,
    during int4range, EXCLUDE USING gist (during WITH &&));
INSERT INTO slot SELECT n, n, n, int4range(n * 10, n * 10 + 10) FROM generate_series(1, 20) n;
CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO numbered (a) SELECT n FROM generate_series(1, 10) n;
CREATE TABLE bag (a int, b text);
INSERT INTO bag VALUES (1, 'thrice'), (1, 'thrice'), (1, 'thrice'), (2, NULL), (2, NULL), (3, 'once');
CREATE TABLE bare ();
INSERT INTO bare DEFAULT VALUES;
CREATE TABLE price (amount numeric PRIMARY KEY, text text);
INSERT INTO price VALUES (1.0, 'a'), (2.50, 'b');

CREATE TABLE part (id int, kind text, text text, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE part_a PARTITION OF part FOR VALUES IN ('a');
CREATE TABLE part_b PARTITION OF part FOR VALUES IN ('b');
INSERT INTO part SELECT n, CASE WHEN n % 2 = 0 THEN 'a' ELSE 'b' END, 'text' FROM generate_series(1, 100) n;
CREATE TRIGGER part_guard BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION meddle();
CREATE TABLE pointer (id int PRIMARY KEY, part int, kind text, FOREIGN KEY (part, kind) REFERENCES part ON DELETE CASCADE);
INSERT INTO pointer SELECT id, id, kind FROM part;
CREATE TABLE base (id int PRIMARY KEY, text text);
CREATE TABLE derived (more text) INHERITS (base);
INSERT INTO base VALUES (1, 'base');
INSERT INTO derived VALUES (2, 'derived', 'more');
CREATE TABLE guarded (id int PRIMARY KEY, owner text);
INSERT INTO guarded VALUES (1, 'somebody'), (2, 'else');
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON guarded USING (owner = current_user);

CREATE MATERIALIZED VIEW z_lower AS SELECT parent, count(*) AS children FROM child GROUP BY parent;
CREATE VIEW between AS SELECT * FROM z_lower;
CREATE MATERIALIZED VIEW a_upper AS SELECT max(children) AS most FROM between;
CREATE MATERIALIZED VIEW apart AS SELECT count(*) AS tags FROM parent;
SELECT lo_from_bytea(4711, 'content'), lo_from_bytea(4712, 'gone on the target'), lo_from_bytea(4714, decode(repeat('ab', 1500000), 'hex'));
CREATE SEQUENCE free START 5;
SELECT nextval('free');
CREATE SEQUENCE fresh;
