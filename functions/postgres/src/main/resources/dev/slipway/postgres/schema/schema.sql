-- The schema as sorted facts: kind, name, definition. What an extension or Slipway itself made is left out, and what the parameter
-- lists. Owners, privileges, comments and settings are facts of their own. With search_path = pg_catalog every name in a definition is
-- qualified. Columns of catalogs that came after version 14 are read through JSON.
WITH member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
    UNION ALL
    SELECT split_part(id, ' ', 1)::oid, split_part(id, ' ', 2)::oid FROM unnest(string_to_array(?, ',')) AS left_out (id)
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
), view AS MATERIALIZED (
    SELECT oid, name FROM relation WHERE relkind IN ('v', 'm')
)
SELECT 'schema' AS kind, quote_ident(nspname) AS name, '' AS definition FROM space
UNION ALL
SELECT 'extension', quote_ident(extname), 'in ' || extnamespace::regnamespace FROM pg_extension WHERE extname <> 'plpgsql'
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
                 (SELECT string_agg(option, ', ' ORDER BY option) FROM unnest(reloptions) AS option),
                 (SELECT string_agg('toast.' || option, ', ' ORDER BY option) FROM pg_class t CROSS JOIN unnest(t.reloptions) AS option
                   WHERE t.oid = relation.reltoastrelid),
                 'by ' || (SELECT amname FROM pg_am WHERE oid = relam AND amname <> 'heap'),
                 (SELECT concat_ws(' ', 'of server', quote_ident(v.srvname), CASE WHEN f.ftoptions IS NOT NULL THEN ARRAY(SELECT option FROM unnest(f.ftoptions) AS option ORDER BY option)::text END)
                    FROM pg_foreign_table f JOIN pg_foreign_server v ON v.oid = f.ftserver WHERE f.ftrelid = relation.oid),
                 CASE WHEN relkind = 'm' AND NOT relispopulated THEN 'not populated' END,
                 CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
  FROM relation
 WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
UNION ALL
SELECT 'view columns',
       r.name,
       string_agg(DISTINCT d.refobjid::regclass || '.' || quote_ident(a.attname), ', ')
  FROM view r
  JOIN pg_rewrite w ON w.ev_class = r.oid
  JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
 GROUP BY r.oid, r.name
UNION ALL
SELECT 'column',
       format('%s.%I', r.name, a.attname),
       concat_ws('; ',
                 'number ' || row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
                 format_type(a.atttypid, a.atttypmod),
                 CASE WHEN a.attcollation <> t.typcollation THEN 'collation ' || a.attcollation::regcollation::text END,
                 CASE WHEN a.attnotnull THEN 'not null' END,
                 -- A partition's follows from its parent's, and shows since 17.
                 CASE WHEN NOT r.relispartition THEN 'identity ' || nullif(a.attidentity::text, '') END,
                 'generated ' || nullif(a.attgenerated::text, ''),
                 'default ' || pg_get_expr(d.adbin, d.adrelid),
                 CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || a.attstorage::text END,
                 'compression ' || nullif(a.attcompression::text, ''),
                 'statistics ' || nullif((to_jsonb(a) ->> 'attstattarget')::int, -1),
                 'options ' || CASE WHEN a.attoptions IS NOT NULL THEN ARRAY(SELECT option FROM unnest(a.attoptions) AS option ORDER BY option)::text END,
                 'foreign options ' || CASE WHEN a.attfdwoptions IS NOT NULL THEN ARRAY(SELECT option FROM unnest(a.attfdwoptions) AS option ORDER BY option)::text END,
                 -- A partition's columns are its parent's, whether it was made as a partition or became one.
                 CASE WHEN a.attinhcount > 0 AND NOT r.relispartition AND NOT a.attislocal THEN 'inherited' END)
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
                 (SELECT 'part of ' || h.inhparent::regclass FROM pg_inherits h WHERE h.inhrelid = i.indexrelid),
                 (SELECT 'statistics ' || string_agg(format('%s: %s', a.attnum, to_jsonb(a) ->> 'attstattarget'), ', ' ORDER BY a.attnum)
                    FROM pg_attribute a
                   WHERE a.attrelid = i.indexrelid AND coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1) <> -1),
                 CASE WHEN i.indisreplident THEN 'replica identity' END,
                 CASE WHEN i.indisclustered THEN 'clustered' END)
  FROM relation r
  JOIN pg_index i ON i.indrelid = r.oid AND (i.indisvalid OR r.relkind = 'p')
  JOIN pg_class x ON x.oid = i.indexrelid
UNION ALL
SELECT CASE c.contype WHEN 'n' THEN 'not-null constraint' ELSE 'constraint' END,
       format('%I on %s', c.conname, coalesce(r.name, t.oid::regtype::text)),
       concat_ws('; ', pg_get_constraintdef(c.oid), CASE WHEN NOT c.convalidated THEN 'not validated' END)
  FROM pg_constraint c
  LEFT JOIN relation r ON r.oid = c.conrelid
  LEFT JOIN (pg_type t JOIN space s ON s.oid = t.typnamespace) ON t.oid = c.contypid AND c.contypid <> 0
-- A clone that a partition has of its parent's key follows from the parent; its name is the server's affair.
 WHERE c.contype IN ('c', 'f', 'p', 'u', 'x', 'n') AND c.conparentid = 0 AND (r.oid IS NOT NULL OR t.oid IS NOT NULL)
UNION ALL
SELECT 'trigger', format('%I on %s', t.tgname, r.name), pg_get_triggerdef(t.oid) || '; ' || t.tgenabled::text
  FROM relation r
  JOIN pg_trigger t ON t.tgrelid = r.oid AND t.tgname <> 'slipway_fence'
  LEFT JOIN pg_trigger parent ON parent.oid = t.tgparentid
-- A partition's clone, which before 15 is called internal, follows from its parent unless it was switched by itself.
 WHERE parent.oid IS NULL AND NOT t.tgisinternal
    OR t.tgenabled <> parent.tgenabled AND t.tgfoid::regproc::text NOT LIKE 'RI\_FKey%'
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
                 CASE WHEN r.relpersistence = 'u' THEN 'unlogged' END,
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
                 CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN 'collation ' || t.typcollation::regcollation END,
                 (SELECT concat_ws(' ', 'range of', g.rngsubtype::regtype, 'by',
                                   (SELECT format('%s.%I', o.opcnamespace::regnamespace, o.opcname) FROM pg_opclass o WHERE o.oid = g.rngsubopc),
                                   CASE WHEN g.rngcollation <> 0 THEN g.rngcollation::regcollation::text END,
                                   g.rngcanonical, g.rngsubdiff, g.rngmultitypid::regtype)
                    FROM pg_range g WHERE g.rngtypid = t.oid),
                 CASE WHEN t.typtype = 'b'
                      THEN concat_ws(' ', t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze, t.typlen,
                                     t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred, t.typdelim, t.typdefault,
                                     t.typcollation <> 0, 'of ' || nullif(t.typelem, 0)::regtype, nullif(to_jsonb(t) ->> 'typsubscript', '-'))
                 END)
  FROM pg_type t
  JOIN space s ON s.oid = t.typnamespace
  LEFT JOIN pg_type b ON b.oid = t.typbasetype
 WHERE t.typtype IN ('e', 'd', 'r', 'b')
   -- An array comes with its element.
   AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)
   AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_type'::regclass AND objid = t.oid)
UNION ALL
SELECT 'function',
       p.oid::regprocedure::text,
       CASE p.prokind
            WHEN 'a' THEN (SELECT concat_ws('; ', 'aggregate', g.aggkind, g.aggnumdirectargs, g.aggtransfn, g.aggfinalfn, g.aggcombinefn,
                                            g.aggserialfn, g.aggdeserialfn, g.aggmtransfn, g.aggminvtransfn, g.aggmfinalfn,
                                            g.aggfinalextra, g.aggmfinalextra, g.aggfinalmodify, g.aggmfinalmodify,
                                            nullif(g.aggsortop, 0)::regoperator, g.aggtranstype::regtype, nullif(g.aggmtranstype, 0)::regtype,
                                            'initially ' || g.agginitval, 'moving initially ' || g.aggminitval, p.proparallel,
                                            pg_get_function_arguments(p.oid))
                             FROM pg_aggregate g WHERE g.aggfnoid = p.oid)
            ELSE pg_get_functiondef(p.oid)
       END
  FROM pg_proc p
  JOIN space s ON s.oid = p.pronamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
UNION ALL
SELECT 'statistics',
       format('%I.%I', s.nspname, x.stxname),
       concat_ws('; ', pg_get_statisticsobjdef(x.oid), 'target ' || nullif((to_jsonb(x) ->> 'stxstattarget')::int, -1))
  FROM pg_statistic_ext x
  JOIN space s ON s.oid = x.stxnamespace
UNION ALL
SELECT 'operator',
       o.oid::regoperator::text,
       concat_ws('; ', o.oprcode, o.oprresult::regtype, 'commutator ' || nullif(o.oprcom, 0)::regoperator,
                 'negator ' || nullif(o.oprnegate, 0)::regoperator, 'restrict ' || nullif(o.oprrest, 0)::regproc,
                 'join ' || nullif(o.oprjoin, 0)::regproc,
                 CASE WHEN o.oprcanhash THEN 'hashes' END, CASE WHEN o.oprcanmerge THEN 'merges' END)
  FROM pg_operator o
  JOIN space s ON s.oid = o.oprnamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_operator'::regclass AND objid = o.oid)
UNION ALL
SELECT 'operator class',
       format('%I.%I using %I', s.nspname, o.opcname, m.amname),
       concat_ws('; ', o.opcintype::regtype, 'stored as ' || nullif(o.opckeytype, 0)::regtype,
                 format('family %s.%I', f.opfnamespace::regnamespace, f.opfname), CASE WHEN o.opcdefault THEN 'default' END)
  FROM pg_opclass o
  JOIN space s ON s.oid = o.opcnamespace
  JOIN pg_am m ON m.oid = o.opcmethod
  JOIN pg_opfamily f ON f.oid = o.opcfamily
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_opclass'::regclass AND objid = o.oid)
UNION ALL
SELECT 'operator family',
       format('%I.%I using %I', s.nspname, f.opfname, m.amname),
       concat_ws('; ',
                 (SELECT string_agg(concat_ws(' ', a.amopstrategy, a.amopopr::regoperator, a.amoppurpose,
                                              (SELECT format('by %s.%I', y.opfnamespace::regnamespace, y.opfname)
                                                 FROM pg_opfamily y WHERE y.oid = a.amopsortfamily)), ', ' ORDER BY a.amopstrategy, a.amopopr::regoperator::text)
                    FROM pg_amop a WHERE a.amopfamily = f.oid),
                 (SELECT string_agg(concat_ws(' ', a.amprocnum, a.amproclefttype::regtype, a.amprocrighttype::regtype, a.amproc), ', '
                                    ORDER BY a.amprocnum, a.amproclefttype::regtype::text, a.amprocrighttype::regtype::text)
                    FROM pg_amproc a WHERE a.amprocfamily = f.oid))
  FROM pg_opfamily f
  JOIN space s ON s.oid = f.opfnamespace
  JOIN pg_am m ON m.oid = f.opfmethod
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_opfamily'::regclass AND objid = f.oid)
UNION ALL
SELECT 'cast',
       format('%s as %s', c.castsource::regtype, c.casttarget::regtype),
       concat_ws('; ', nullif(c.castfunc, 0)::regprocedure, c.castcontext, c.castmethod)
  FROM pg_cast c
 WHERE c.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_cast'::regclass AND objid = c.oid)
UNION ALL
SELECT 'transform',
       format('for %s language %I', t.trftype::regtype, l.lanname),
       concat_ws('; ', nullif(t.trffromsql, 0)::regprocedure, 'back ' || nullif(t.trftosql, 0)::regprocedure)
  FROM pg_transform t
  JOIN pg_language l ON l.oid = t.trflang
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_transform'::regclass AND objid = t.oid)
UNION ALL
SELECT 'collation',
       format('%I.%I', s.nspname, c.collname),
       concat_ws('; ', c.collprovider,
                 -- Where the name of an ICU collation stands has changed with 15 and with 17.
                 coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate),
                 CASE WHEN c.collprovider = 'c' THEN c.collctype END,
                 'rules ' || (to_jsonb(c) ->> 'collicurules'), CASE WHEN NOT c.collisdeterministic THEN 'not deterministic' END)
  FROM pg_collation c
  JOIN space s ON s.oid = c.collnamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_collation'::regclass AND objid = c.oid)
UNION ALL
SELECT 'conversion',
       format('%I.%I', s.nspname, c.conname),
       concat_ws('; ', pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc,
                 CASE WHEN c.condefault THEN 'default' END)
  FROM pg_conversion c
  JOIN space s ON s.oid = c.connamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_conversion'::regclass AND objid = c.oid)
UNION ALL
SELECT 'text search dictionary', format('%I.%I', s.nspname, d.dictname),
       format('%s.%I; %s', t.tmplnamespace::regnamespace, t.tmplname, d.dictinitoption)
  FROM pg_ts_dict d
  JOIN space s ON s.oid = d.dictnamespace
  JOIN pg_ts_template t ON t.oid = d.dicttemplate
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_ts_dict'::regclass AND objid = d.oid)
UNION ALL
SELECT 'text search configuration',
       format('%I.%I', s.nspname, c.cfgname),
       format('%s.%I; ', p.prsnamespace::regnamespace, p.prsname)
       || (SELECT string_agg(format('%s: %s', t.alias, m.mapdict::regdictionary), ', ' ORDER BY m.maptokentype, m.mapseqno)
             FROM pg_ts_config_map m
             JOIN LATERAL ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
            WHERE m.mapcfg = c.oid)
  FROM pg_ts_config c
  JOIN space s ON s.oid = c.cfgnamespace
  JOIN pg_ts_parser p ON p.oid = c.cfgparser
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_ts_config'::regclass AND objid = c.oid)
UNION ALL
SELECT 'text search template', format('%I.%I', s.nspname, t.tmplname), format('%s; %s', t.tmplinit, t.tmpllexize)
  FROM pg_ts_template t
  JOIN space s ON s.oid = t.tmplnamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_ts_template'::regclass AND objid = t.oid)
UNION ALL
SELECT 'text search parser', format('%I.%I', s.nspname, p.prsname),
       concat_ws('; ', p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype)
  FROM pg_ts_parser p
  JOIN space s ON s.oid = p.prsnamespace
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_ts_parser'::regclass AND objid = p.oid)
UNION ALL
SELECT 'language', quote_ident(l.lanname), concat_ws('; ', l.lanplcallfoid::regproc, l.laninline::regproc, l.lanvalidator::regproc, l.lanpltrusted)
  FROM pg_language l
 WHERE l.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_language'::regclass AND objid = l.oid)
UNION ALL
SELECT 'access method', quote_ident(m.amname), concat_ws('; ', m.amhandler, m.amtype)
  FROM pg_am m
 WHERE m.oid >= 16384 AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_am'::regclass AND objid = m.oid)
UNION ALL
SELECT 'foreign-data wrapper', quote_ident(w.fdwname),
       concat_ws('; ', nullif(w.fdwhandler, 0)::regproc, nullif(w.fdwvalidator, 0)::regproc, CASE WHEN w.fdwoptions IS NOT NULL THEN ARRAY(SELECT option FROM unnest(w.fdwoptions) AS option ORDER BY option)::text END)
  FROM pg_foreign_data_wrapper w
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = w.oid)
UNION ALL
SELECT 'server', quote_ident(v.srvname), concat_ws('; ', quote_ident(w.fdwname), v.srvtype, v.srvversion, CASE WHEN v.srvoptions IS NOT NULL THEN ARRAY(SELECT option FROM unnest(v.srvoptions) AS option ORDER BY option)::text END)
  FROM pg_foreign_server v
  JOIN pg_foreign_data_wrapper w ON w.oid = v.srvfdw
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_foreign_server'::regclass AND objid = v.oid)
UNION ALL
SELECT 'publication',
       quote_ident(p.pubname),
       concat_ws('; ', CASE WHEN p.puballtables THEN 'all tables' END,
                 concat_ws(' ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                           CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
                 CASE WHEN p.pubviaroot THEN 'via root' END,
                 'generated columns ' || nullif(to_jsonb(p) ->> 'pubgencols', 'n'),
                 (SELECT string_agg(concat_ws(' ', t.prrelid::regclass,
                                              '(' || nullif(array_to_string(ARRAY(
                                                  SELECT a.attname FROM pg_attribute a
                                                   WHERE a.attrelid = t.prrelid
                                                     AND to_jsonb(t) -> 'prattrs' @> to_jsonb(a.attnum)
                                                   ORDER BY a.attnum), ', '), '') || ')',
                                              -- A tree cannot be read through JSON; as XML the query is not looked at before version 15.
                                              CASE WHEN current_setting('server_version_num')::int >= 150000
                                                   THEN 'where ' || substring(query_to_xml(
                                                            'SELECT pg_get_expr(prqual, prrelid) AS filter FROM pg_publication_rel WHERE oid = ' || t.oid,
                                                            false, false, '')::text FROM '<filter>(.*)</filter>')
                                              END),
                                    ', ' ORDER BY t.prrelid::regclass::text)
                    FROM pg_publication_rel t WHERE t.prpubid = p.oid),
                 -- A schema's publication depends on it; the catalog that says so came with version 15.
                 (SELECT 'schemas ' || string_agg(s.refobjid::regnamespace::text, ', ' ORDER BY s.refobjid::regnamespace::text)
                    FROM pg_depend d
                    JOIN pg_depend s ON s.classid = d.classid AND s.objid = d.objid AND s.refclassid = 'pg_namespace'::regclass
                   WHERE d.classid = to_regclass('pg_publication_namespace')
                     AND d.refclassid = 'pg_publication'::regclass AND d.refobjid = p.oid))
  FROM pg_publication p
 WHERE p.pubname !~ '^slipway_[0-9a-f]{12}$'
   AND NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_publication'::regclass AND objid = p.oid)
UNION ALL
SELECT 'event trigger', quote_ident(e.evtname), concat_ws('; ', e.evtevent, e.evttags::text, e.evtfoid::regproc, e.evtenabled)
  FROM pg_event_trigger e
 WHERE NOT EXISTS (SELECT 1 FROM member WHERE classid = 'pg_event_trigger'::regclass AND objid = e.oid)
 ORDER BY 1, 2, 3
