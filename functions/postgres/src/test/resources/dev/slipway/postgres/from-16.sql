-- What came with version 16, beside every-object.sql.
CREATE TABLE shop.stored (text text STORAGE EXTERNAL COMPRESSION pglz);
