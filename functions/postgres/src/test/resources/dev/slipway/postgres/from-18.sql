-- What came with version 18, beside every-object.sql.
CREATE TABLE shop.computed (a int CONSTRAINT "must be" NOT NULL, twice int GENERATED ALWAYS AS (a * 2) VIRTUAL);
ALTER TABLE shop.computed ADD CONSTRAINT unenforced CHECK (a > 0) NOT ENFORCED;
CREATE TABLE shop.loose (customer bigint REFERENCES shop.customer NOT ENFORCED);
CREATE TABLE shop.not_yet (a int);
INSERT INTO shop.not_yet VALUES (NULL);
ALTER TABLE shop.not_yet ADD CONSTRAINT "some day" NOT NULL a NOT VALID;
CREATE TABLE shop.booking (room int, during daterange, PRIMARY KEY (room, during));
ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO shop_read;
