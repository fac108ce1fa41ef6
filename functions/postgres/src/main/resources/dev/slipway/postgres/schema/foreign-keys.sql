-- Every valid foreign key with the statement that finds a row which violates it, the small tables first. As in the server's own
-- RI_Initial_Check: the operators are the key's, and of MATCH FULL also a key that is NULL in part is wrong.
SELECT format('%I on %I.%I', k.conname, n.nspname, c.relname) AS name,
       format('SELECT 1 FROM %s %I.%I fk LEFT JOIN %s %I.%I pk ON (%s) WHERE %s IS NULL AND (%s) LIMIT 1',
              CASE WHEN c.relkind = 'p' THEN '' ELSE 'ONLY' END, n.nspname, c.relname,
              CASE WHEN p.relkind = 'p' THEN '' ELSE 'ONLY' END, m.nspname, p.relname,
              part.joined, part.first_key, CASE k.confmatchtype WHEN 'f' THEN part.some ELSE part.every END) AS statement,
       pg_total_relation_size(c.oid) > 256 * 1024 * 1024 AS too_large
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class p ON p.oid = k.confrelid
  JOIN pg_namespace m ON m.oid = p.relnamespace
 CROSS JOIN LATERAL (
       SELECT string_agg(format('pk.%I OPERATOR(%I.%s) fk.%I', b.attname, s.nspname, o.oprname, a.attname), ' AND ') AS joined,
              min(format('pk.%I', b.attname)) AS first_key,
              string_agg(format('fk.%I IS NOT NULL', a.attname), ' AND ') AS every,
              string_agg(format('fk.%I IS NOT NULL', a.attname), ' OR ') AS some
         FROM unnest(k.conkey, k.confkey, k.conpfeqop) AS x (own, other, op)
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.own
         JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = x.other
         JOIN pg_operator o ON o.oid = x.op
         JOIN pg_namespace s ON s.oid = o.oprnamespace) part
 WHERE k.contype = 'f' AND k.conparentid = 0 AND k.convalidated
   AND coalesce(to_jsonb(k) ->> 'conperiod', 'false') = 'false'
   AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'slipway')
 ORDER BY pg_relation_size(c.oid), 1
