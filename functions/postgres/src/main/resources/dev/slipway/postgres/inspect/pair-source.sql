-- What of a source a target has to cope with: topic and name.
SELECT 'public' AS topic, r.name FROM relation r WHERE r.relnamespace = to_regnamespace('public') AND r.relkind IN ('r', 'p', 'v', 'm', 'S')
UNION ALL
SELECT 'extension', extname FROM pg_extension
UNION ALL
SELECT DISTINCT 'collation', c.collname
  FROM pg_collation c
 WHERE c.collnamespace = 'pg_catalog'::regnamespace AND c.collname NOT IN ('default', 'C', 'POSIX')
   AND EXISTS (SELECT 1 FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND NOT a.attisdropped WHERE a.attcollation = c.oid)
UNION ALL
SELECT DISTINCT 'range of text', r.name
  FROM relation r
  JOIN pg_partitioned_table p ON p.partrelid = r.oid AND p.partstrat = 'r'
  JOIN pg_collation c ON c.oid = ANY (p.partcollation) AND c.collname = 'default'
 ORDER BY 1, 2
