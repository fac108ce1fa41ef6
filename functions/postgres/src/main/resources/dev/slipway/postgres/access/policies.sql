-- Policies, whose roles may have other names on a target: what stands before and after them in CREATE POLICY.
SELECT format('%I ON %I.%I', p.polname, n.nspname, c.relname) AS name,
       format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO', p.polname, n.nspname, c.relname,
              CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
              CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END) AS head,
       concat(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
              ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') AS tail,
       -- Nobody's name is empty: this is everybody.
       ARRAY(SELECT coalesce(r.rolname::text, '')
               FROM unnest(p.polroles) WITH ORDINALITY AS role (oid, position)
               LEFT JOIN pg_roles r ON r.oid = role.oid
              ORDER BY role.position) AS roles
  FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname NOT IN ('information_schema', 'slipway')
   AND NOT EXISTS (SELECT 1
                     FROM pg_depend d
                    WHERE d.deptype = 'e'
                      AND (d.classid = 'pg_class'::regclass AND d.objid = c.oid OR d.classid = 'pg_policy'::regclass AND d.objid = p.oid))
 ORDER BY n.nspname, c.relname, p.polname
