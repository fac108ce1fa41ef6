-- The schema as sorted facts: kind, name, definition. What an extension or Slipway itself made is left out, as are owners
-- and privileges, which a copy does not carry. With search_path = pg_catalog every name in a definition is qualified.
WITH member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), space AS MATERIALIZED (
    SELECT n.oid, n.nspname
      FROM pg_namespace n
     WHERE n.nspname !~ '^pg_'
       AND n.nspname NOT IN ('information_schema', 'slipway')
       AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_namespace'::regclass AND objid = n.oid)
), relation AS MATERIALIZED (
    SELECT c.*, format('%I.%I', s.nspname, c.relname) AS name
      FROM pg_class c
      JOIN space s ON s.oid = c.relnamespace
     WHERE c.relpersistence <> 't'
       AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_class'::regclass AND objid = c.oid)
)
SELECT 'schema' AS kind, quote_ident(nspname) AS name, '' AS definition FROM space
UNION ALL
SELECT 'extension', quote_ident(extname), '' FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'table' END,
       name,
       concat_ws('; ',
                 relkind::text,
                 relpersistence::text,
                 'replica identity ' || relreplident::text,
                 CASE WHEN relrowsecurity THEN 'row security' END,
                 CASE WHEN relforcerowsecurity THEN 'forced row security' END,
                 CASE WHEN relkind = 'p' THEN 'partition by ' || pg_get_partkeydef(oid) END,
                 CASE WHEN relispartition THEN 'partition ' || pg_get_expr(relpartbound, oid) END,
                 (SELECT 'inherits ' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
                    FROM pg_inherits WHERE inhrelid = relation.oid),
                 'of ' || nullif(reloftype, 0)::regtype::text,
                 array_to_string(reloptions, ', '),
                 CASE WHEN relkind = 'm' AND NOT relispopulated THEN 'not populated' END,
                 CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
  FROM relation
 WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT 'view columns',
       r.name,
       string_agg(DISTINCT d.refobjid::regclass || '.' || quote_ident(a.attname), ', ')
  FROM relation r
  JOIN pg_rewrite w ON w.ev_class = r.oid
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
 WHERE r.relkind IN ('v', 'm')
 GROUP BY r.oid, r.name
UNION ALL
SELECT 'column',
       format('%s.%I', r.name, a.attname),
       concat_ws('; ',
                 'number ' || row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
                 format_type(a.atttypid, a.atttypmod),
                 CASE WHEN a.attcollation <> t.typcollation THEN 'collation ' || a.attcollation::regcollation::text END,
                 CASE WHEN a.attnotnull THEN 'not null' END,
                 'identity ' || nullif(a.attidentity::text, ''),
                 'generated ' || nullif(a.attgenerated::text, ''),
                 'default ' || pg_get_expr(d.adbin, d.adrelid))
  FROM relation r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT 'index',
       format('%s on %s', x.relname, r.name),
       concat_ws('; ',
                 pg_get_indexdef(i.indexrelid),
                 CASE WHEN i.indisreplident THEN 'replica identity' END,
                 CASE WHEN i.indisclustered THEN 'clustered' END)
  FROM relation r
  JOIN pg_index i ON i.indrelid = r.oid AND (i.indisvalid OR r.relkind = 'p')
  JOIN pg_class x ON x.oid = i.indexrelid
UNION ALL
SELECT 'constraint',
       format('%I on %s', c.conname, coalesce(r.name, t.oid::regtype::text)),
       concat_ws('; ', pg_get_constraintdef(c.oid), CASE WHEN NOT c.convalidated THEN 'not validated' END)
  FROM pg_constraint c
  LEFT JOIN relation r ON r.oid = c.conrelid
  LEFT JOIN (pg_type t JOIN space s ON s.oid = t.typnamespace) ON t.oid = c.contypid AND c.contypid <> 0
-- A clone that a partition has of its parent's key follows from the parent; its name is the server's affair.
 WHERE c.contype IN ('c', 'f', 'p', 'u', 'x') AND c.conparentid = 0 AND (r.oid IS NOT NULL OR t.oid IS NOT NULL)
UNION ALL
SELECT 'trigger', format('%I on %s', t.tgname, r.name), pg_get_triggerdef(t.oid) || '; ' || t.tgenabled::text
  FROM relation r
  JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgname <> 'slipway_fence'
UNION ALL
SELECT 'rule', format('%I on %s', w.rulename, r.name), pg_get_ruledef(w.oid) || '; ' || w.ev_enabled::text
  FROM relation r
  JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy',
       format('%I on %s', p.polname, r.name),
       concat_ws('; ',
                 p.polcmd::text,
                 CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
                 'using ' || pg_get_expr(p.polqual, p.polrelid),
                 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  FROM relation r
  JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'sequence',
       r.name,
       concat_ws('; ',
                 s.seqtypid::regtype::text,
                 format('start %s increment %s min %s max %s cache %s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache),
                 CASE WHEN s.seqcycle THEN 'cycle' END,
                 (SELECT format('owned by %s.%I', d.refobjid::regclass, a.attname)
                    FROM pg_depend d
                    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')
                     AND d.refclassid = 'pg_class'::regclass
                   LIMIT 1))
  FROM relation r
  JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT 'type',
       t.oid::regtype::text,
       concat_ws('; ',
                 t.typtype::text,
                 (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                    FROM pg_enum e WHERE e.enumtypid = t.oid),
                 CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
                 CASE WHEN t.typtype = 'd' AND t.typnotnull THEN 'not null' END,
                 CASE WHEN t.typtype = 'd' THEN 'default ' || t.typdefault END,
                 (SELECT 'range of ' || g.rngsubtype::regtype::text FROM pg_range g WHERE g.rngtypid = t.oid))
  FROM pg_type t
  JOIN space s ON s.oid = t.typnamespace
 WHERE t.typtype IN ('e', 'd', 'r')
   AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
UNION ALL
SELECT 'function',
       p.oid::regprocedure::text,
       CASE p.prokind
            WHEN 'a' THEN (SELECT concat_ws('; ', 'aggregate', g.aggtransfn::text, g.aggfinalfn::text,
                                            g.aggtranstype::regtype::text, g.agginitval)
                             FROM pg_aggregate g WHERE g.aggfnoid = p.oid)
            ELSE pg_get_functiondef(p.oid)
       END
  FROM pg_proc p
  JOIN space s ON s.oid = p.pronamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
UNION ALL
SELECT 'statistics', format('%I.%I', s.nspname, x.stxname), pg_get_statisticsobjdef(x.oid)
  FROM pg_statistic_ext x
  JOIN space s ON s.oid = x.stxnamespace
UNION ALL
SELECT 'operator', o.oid::regoperator::text, o.oprcode::text
  FROM pg_operator o
  JOIN space s ON s.oid = o.oprnamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_operator'::regclass AND objid = o.oid)
UNION ALL
SELECT 'comment', coalesce(r.name, '?') || coalesce('.' || quote_ident(a.attname), ''), d.description
  FROM pg_description d
  JOIN relation r ON r.oid = d.objoid AND d.classoid = 'pg_class'::regclass
  LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid AND d.objsubid > 0
 WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S')
 ORDER BY 1, 2, 3
