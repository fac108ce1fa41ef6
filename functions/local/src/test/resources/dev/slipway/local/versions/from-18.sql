-- What came with 18.
CREATE SCHEMA v18;
CREATE TABLE v18.computed (id uuid DEFAULT uuidv7() PRIMARY KEY, net numeric, gross numeric GENERATED ALWAYS AS (net * 1.2) VIRTUAL, kept numeric GENERATED ALWAYS AS (net + 1) STORED);
INSERT INTO v18.computed (net) SELECT n FROM generate_series(1, 100) n;
CREATE TABLE v18.booked (room int, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
CREATE TABLE v18.guest (room int, during daterange, name text, FOREIGN KEY (room, PERIOD during) REFERENCES v18.booked (room, PERIOD during));
INSERT INTO v18.booked VALUES (1, '[2025-01-01,2025-02-01)'), (2, '[2025-01-01,)');
INSERT INTO v18.guest VALUES (1, '[2025-01-03,2025-01-05)', 'x');
CREATE TABLE v18.loose (id int, at int, CONSTRAINT not_checked CHECK (id > 0) NOT ENFORCED);
INSERT INTO v18.loose VALUES (-1, NULL), (2, 5);
ALTER TABLE v18.loose ADD CONSTRAINT at_is_there NOT NULL at NOT VALID;
CREATE TABLE v18.free_heir (CONSTRAINT here_only NOT NULL id NO INHERIT, id int);
