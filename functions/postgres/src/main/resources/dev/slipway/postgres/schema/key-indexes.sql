-- Keys that can be made of an index that is there already: not those of a partitioned parent, and none that excludes what overlaps.
-- A name with a blank or a line's end in it could not be told apart in what pg_dump writes; such a key is made at once.
SELECT n.nspname,
       t.relname || ' ' || k.conname AS tag,
       pg_get_indexdef(i.indexrelid) AS definition,
       CASE WHEN k.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' WHEN k.condeferrable THEN ' DEFERRABLE' ELSE '' END AS checked
  FROM pg_constraint k
  JOIN pg_class t ON t.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_index i ON i.indexrelid = k.conindid
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_am m ON m.oid = c.relam
 WHERE k.contype IN ('p', 'u')
   AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
   AND t.relkind = 'r'
   AND m.amname = 'btree'
   AND NOT i.indisexclusion
   AND c.relname = k.conname
   AND t.relname !~ '\s' AND k.conname !~ '\s' AND pg_get_indexdef(i.indexrelid) !~ '[\n\r]'
