-- What came with version 17, beside every-object.sql.
GRANT MAINTAIN ON shop.purchase TO shop_app;
CREATE TABLE shop.parted_identity (id int GENERATED ALWAYS AS IDENTITY, k int) PARTITION BY LIST (k);
CREATE TABLE shop.parted_identity_1 PARTITION OF shop.parted_identity FOR VALUES IN (1);
CREATE COLLATION shop.builtin (provider = builtin, locale = 'C.UTF-8');
