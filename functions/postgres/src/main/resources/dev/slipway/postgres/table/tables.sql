-- Every relation that holds a user's rows: tables, partitions, partitioned parents and materialized views.
-- Of an extension's tables only those count that the extension itself names as configuration.
SELECT c.oid,
       n.nspname,
       c.relname,
       c.relkind::text AS kind,
       c.relispopulated AS populated,
       coalesce(e.condition, '') AS condition,
       pg_table_size(c.oid) AS bytes,
       -- Before 14 a range of blocks reads the whole table, and other access methods have no blocks.
       CASE WHEN c.relkind = 'r' AND m.amname = 'heap' AND current_setting('server_version_num')::int >= 140000
            THEN pg_relation_size(c.oid) / current_setting('block_size')::int
            ELSE 0
       END AS blocks,
       c.relfilenode::bigint AS file,
       c.reltuples::bigint AS rows,
       -- The binary form of an array, a composite or a range of a user's types holds numbers of types, which differ from server to server;
       -- an enum's is its label, a domain's is that of what it rests on.
       CASE WHEN getdatabaseencoding() = 'SQL_ASCII' THEN 'BYTES'
            WHEN EXISTS (SELECT 1
                     FROM pg_attribute a
                     JOIN pg_type d ON d.oid = a.atttypid
                     JOIN pg_type t ON t.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
                     LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND t.typtype <> 'e'
                      AND NOT (t.typnamespace = 'pg_catalog'::regnamespace
                               AND coalesce(e.typname, t.typname) IN (
                                   'bool', 'bytea', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'text', 'varchar', 'bpchar',
                                   'name', 'char', 'uuid', 'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'json', 'jsonb',
                                   'inet', 'cidr', 'macaddr', 'macaddr8', 'bit', 'varbit', 'oid', 'pg_lsn', 'tsvector',
                                   'point', 'lseg', 'path', 'box', 'polygon', 'line', 'circle',
                                   'int4range', 'int8range', 'numrange', 'daterange', 'tsrange', 'tstzrange'))
                  ) THEN 'TEXT'
            ELSE 'BINARY'
       END AS format,
       ARRAY(SELECT a.attname::text
               FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              ORDER BY a.attnum) AS columns,
       ARRAY(SELECT a.attname::text
               FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> ''
              ORDER BY a.attnum) AS generated,
       ARRAY(SELECT a.attname::text
               FROM unnest(k.indkey::int2[]) WITH ORDINALITY AS part (attnum, position)
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.attnum
              WHERE part.position <= k.indnkeyatts
              ORDER BY part.position) AS key
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_am m ON m.oid = c.relam
  LEFT JOIN LATERAL (
       SELECT x.extcondition[array_position(x.extconfig, c.oid)] AS condition
         FROM pg_extension x
        WHERE c.oid = ANY (x.extconfig)
        LIMIT 1) e ON true
  LEFT JOIN LATERAL (
       SELECT i.indkey, i.indnkeyatts
         FROM pg_index i
        WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate
          AND i.indpred IS NULL AND i.indexprs IS NULL
          AND NOT EXISTS (SELECT 1
                            FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int2[]) AND NOT a.attnotnull)
        ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
        LIMIT 1) k ON true
 WHERE c.relkind IN ('r', 'p', 'm')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname NOT IN ('information_schema', 'slipway')
   AND (e.condition IS NOT NULL
        OR NOT EXISTS (SELECT 1
                         FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
 ORDER BY n.nspname, c.relname
