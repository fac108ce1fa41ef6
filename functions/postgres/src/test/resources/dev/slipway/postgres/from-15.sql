-- What came with version 15, beside every-object.sql.
CREATE TABLE shop.once (a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));
CREATE VIEW shop.invoking WITH (security_invoker) AS SELECT a FROM shop.once;
CREATE UNLOGGED SEQUENCE shop.fleeting;
CREATE PUBLICATION some_rows FOR TABLE shop.purchase (id, note) WHERE (id > 5), shop.thing;
