-- The tables whose changes a publication can carry, and how a changed row is known again on the other side.
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       c.relpersistence = 'u' AS unlogged,
       c.relreplident::text AS identity,
       EXISTS (SELECT 1
                 FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
                  AND CASE c.relreplident WHEN 'd' THEN i.indisprimary ELSE i.indisreplident END)
       OR c.relreplident = 'f' AS identified,
       -- The apply worker compares whole rows by the default equality of each type, which some types do not have.
       EXISTS (SELECT 1
                 FROM pg_attribute a
                 JOIN pg_type d ON d.oid = a.atttypid
                 JOIN pg_type b ON b.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
                 JOIN pg_type t ON t.oid = CASE WHEN b.typcategory = 'A' AND b.typelem <> 0 THEN b.typelem ELSE b.oid END
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  AND t.typtype = 'b'
                  AND NOT EXISTS (SELECT 1
                                    FROM pg_opclass o
                                    JOIN pg_am m ON m.oid = o.opcmethod AND m.amname IN ('btree', 'hash')
                                   WHERE o.opcdefault
                                     AND (o.opcintype = t.oid
                                          OR EXISTS (SELECT 1 FROM pg_cast k
                                                      WHERE k.castsource = t.oid AND k.casttarget = o.opcintype AND k.castmethod = 'b')))
              ) AS incomparable
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r'
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname NOT IN ('information_schema', 'slipway')
   AND NOT EXISTS (SELECT 1
                     FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
                      AND NOT EXISTS (SELECT 1 FROM pg_extension x WHERE c.oid = ANY (x.extconfig)))
 ORDER BY 1
