-- Foreign keys that say that all rows keep to them, each with the question whether one does not. A server asks it in the same way.
SELECT format('%I on %I.%I', c.conname, n.nspname, t.relname) AS name,
       format('SELECT EXISTS (SELECT 1 FROM %s%s f WHERE %s AND NOT EXISTS (SELECT 1 FROM %s%s k WHERE %s))',
              CASE t.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, c.conrelid::regclass,
              (SELECT string_agg(format('f.%I IS NOT NULL', a.attname), ' AND ')
                 FROM unnest(c.conkey) AS key (attnum)
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = key.attnum),
              CASE p.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, c.confrelid::regclass,
              (SELECT string_agg(format('k.%I OPERATOR(%I.%s) f.%I', there.attname, s.nspname, o.oprname, here.attname), ' AND ')
                 FROM unnest(c.conkey, c.confkey, c.conpfeqop) AS key (here, there, operator)
                 JOIN pg_attribute here ON here.attrelid = c.conrelid AND here.attnum = key.here
                 JOIN pg_attribute there ON there.attrelid = c.confrelid AND there.attnum = key.there
                 JOIN pg_operator o ON o.oid = key.operator
                 JOIN pg_namespace s ON s.oid = o.oprnamespace)) AS violated
  FROM pg_constraint c
  JOIN pg_class t ON t.oid = c.conrelid
  JOIN pg_namespace n ON n.oid = t.relnamespace
  JOIN pg_class p ON p.oid = c.confrelid
 WHERE c.contype = 'f' AND c.convalidated AND c.conparentid = 0
