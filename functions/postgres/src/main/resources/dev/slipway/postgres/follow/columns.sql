-- How a value of each column is written, and by which schema's operator it is told from another.
SELECT a.attname AS name,
       format_type(a.atttypid, -1) AS type,
       a.attidentity = 'a' AS generated,
       coalesce((SELECT quote_ident(n.nspname)
                   FROM pg_opclass c
                   JOIN pg_am m ON m.oid = c.opcmethod AND m.amname IN ('btree', 'hash')
                   JOIN pg_amop o ON o.amopfamily = c.opcfamily AND o.amoplefttype = c.opcintype AND o.amoprighttype = c.opcintype
                                 AND o.amopstrategy = CASE m.amname WHEN 'btree' THEN 3 ELSE 1 END
                   JOIN pg_operator p ON p.oid = o.amopopr
                   JOIN pg_namespace n ON n.oid = p.oprnamespace
                  WHERE c.opcdefault AND c.opcintype = b.oid
                  ORDER BY m.amname
                  LIMIT 1), 'pg_catalog') AS operators
  FROM pg_attribute a
  JOIN pg_type d ON d.oid = a.atttypid
  JOIN pg_type b ON b.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
 WHERE a.attrelid = ?::text::regclass AND a.attnum > 0 AND NOT a.attisdropped
