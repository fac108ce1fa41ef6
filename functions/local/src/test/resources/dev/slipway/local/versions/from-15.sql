-- What came with 15.
CREATE SCHEMA v15;
CREATE TABLE v15.one_null (a int, b text, UNIQUE NULLS NOT DISTINCT (a, b));
INSERT INTO v15.one_null VALUES (NULL, NULL), (1, NULL), (1, 'x');
CREATE VIEW v15.of_the_caller WITH (security_invoker = true) AS SELECT a FROM v15.one_null;
CREATE TABLE v15.parent (id int, part int, PRIMARY KEY (id, part));
CREATE TABLE v15.child (id int PRIMARY KEY, parent int, part int DEFAULT 7,
    FOREIGN KEY (parent, part) REFERENCES v15.parent (id, part) ON DELETE SET NULL (parent));
INSERT INTO v15.parent VALUES (1, 7);
INSERT INTO v15.child VALUES (1, 1), (2, NULL);
CREATE TABLE v15.fine (id int, amount numeric(3, -2), share numeric(2, 4));
INSERT INTO v15.fine VALUES (1, 12345, 0.0012);
