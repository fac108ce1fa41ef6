-- What came with version 15 and only a superuser may make.
CREATE PUBLICATION a_schema FOR TABLES IN SCHEMA shop;
