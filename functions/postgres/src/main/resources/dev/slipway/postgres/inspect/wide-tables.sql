-- Tables that may hold rows of many megabytes, with the statement that says how large the largest is among a sample of the heap.
-- What is not in the heap is not read: its size stands there. Of text and bytea it is the real one, of others the compressed one.
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       format('SELECT coalesce(max(%s), 0) FROM ONLY %I.%I TABLESAMPLE SYSTEM (%s) REPEATABLE (0)',
              width.sum, n.nspname, c.relname,
              least(100, 100000.0 / greatest(1, pg_relation_size(c.oid) / current_setting('block_size')::int))) AS statement
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
       SELECT string_agg(format(CASE WHEN a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'bytea'::regtype)
                                     THEN 'coalesce(octet_length(%I)::bigint, 0)'
                                     ELSE 'coalesce(pg_column_size(%I)::bigint, 0)' END, a.attname), ' + ') AS sum
         FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attlen = -1) width
 WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND c.relpersistence <> 't' AND width.sum IS NOT NULL
   AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'slipway')
   AND c.reltoastrelid <> 0
   -- Less is no row of 64 MB, however well it is compressed.
   AND pg_relation_size(c.reltoastrelid) > 256 * 1024
 ORDER BY pg_relation_size(c.reltoastrelid) DESC, 1
 LIMIT 50
