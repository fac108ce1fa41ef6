-- The comments on the user's objects, each with what COMMENT ON takes. An extension's own and those on an extension stay where they are.
WITH member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
    UNION ALL
    SELECT split_part(id, ' ', 1)::oid, split_part(id, ' ', 2)::oid FROM unnest(string_to_array(?, ',')) AS left_out (id)
), commented AS (
    SELECT d.classoid, d.objoid, d.objsubid, d.description, i.type, i.identity
      FROM pg_description d
     CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
     WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid = 'public'::regnamespace)
       AND i.type <> 'extension'
       AND NOT EXISTS (SELECT 1 FROM member m WHERE m.classid = d.classoid AND m.objid = d.objoid)
)
SELECT CASE WHEN c.type LIKE '% column' THEN 'COLUMN ' || c.identity
            WHEN c.type IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE ' || c.identity
            WHEN c.type = 'domain constraint'
            THEN (SELECT format('CONSTRAINT %I ON DOMAIN %s', k.conname, k.contypid::regtype) FROM pg_constraint k WHERE k.oid = c.objoid)
            WHEN c.type = 'table constraint' THEN 'CONSTRAINT ' || c.identity
            WHEN c.type = 'statistics object' THEN 'STATISTICS ' || c.identity
            WHEN c.type = 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER ' || c.identity
            WHEN c.type = 'transform'
            THEN (SELECT format('TRANSFORM FOR %s LANGUAGE %I', t.trftype::regtype, l.lanname)
                    FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE t.oid = c.objoid)
            ELSE upper(c.type) || ' ' || c.identity
       END AS subject,
       c.description
  FROM commented c
 WHERE NOT (c.type = 'schema' AND c.identity = 'public' AND c.description = 'standard public schema')
   AND c.type NOT IN ('subscription', 'user mapping')
UNION ALL
SELECT 'DATABASE', d.description
  FROM pg_shdescription d
 WHERE d.classoid = 'pg_database'::regclass
   AND d.objoid = (SELECT oid FROM pg_database WHERE datname = current_database())
