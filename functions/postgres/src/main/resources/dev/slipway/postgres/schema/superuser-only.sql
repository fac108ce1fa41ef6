-- What a copy does not carry because only a superuser may make it, and what rests on it. The parameters say whether the target's role
-- lacks the right to make what serves types and languages (twice), to publish all tables or a schema, and to make event triggers. A
-- user mapping, which holds a password, is not carried to anybody.
WITH RECURSIVE member AS MATERIALIZED (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), root (classid, objid) AS (
    SELECT 'pg_proc'::regclass::oid, p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
     WHERE ? AND p.oid >= 16384 AND p.prokind <> 'a' AND (NOT l.lanpltrusted OR p.proleakproof)
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
    UNION ALL
    SELECT classid, objid
      FROM (
        SELECT 'pg_type'::regclass::oid, oid FROM pg_type t
         WHERE oid >= 16384 AND typtype = 'b' AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)
        UNION ALL
        SELECT 'pg_opclass'::regclass, oid FROM pg_opclass WHERE oid >= 16384
        UNION ALL
        SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily WHERE oid >= 16384
        UNION ALL
        SELECT 'pg_am'::regclass, oid FROM pg_am WHERE oid >= 16384
        UNION ALL
        SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser WHERE oid >= 16384
        UNION ALL
        SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template WHERE oid >= 16384
        UNION ALL
        SELECT 'pg_language'::regclass, oid FROM pg_language WHERE oid >= 16384
        UNION ALL
        SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
        UNION ALL
        SELECT 'pg_cast'::regclass, oid FROM pg_cast WHERE oid >= 16384 AND castmethod = 'b'
        UNION ALL
        SELECT 'pg_transform'::regclass, oid FROM pg_transform WHERE oid >= 16384
           ) AS made (classid, objid)
     WHERE ?
    UNION ALL
    SELECT 'pg_publication'::regclass, p.oid FROM pg_publication p
     WHERE ?
       AND (p.puballtables
            -- A catalog that came with version 15.
            OR EXISTS (SELECT 1 FROM pg_depend d
                        WHERE d.classid = to_regclass('pg_publication_namespace')
                          AND d.refclassid = 'pg_publication'::regclass AND d.refobjid = p.oid))
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger WHERE ?
    UNION ALL
    SELECT 'pg_user_mapping'::regclass, umid FROM pg_user_mappings
), closure (classid, objid) AS (
    SELECT r.classid, r.objid FROM root r WHERE (r.classid, r.objid) NOT IN (SELECT classid, objid FROM member)
    UNION
    SELECT d.classid, d.objid
      FROM closure c
      JOIN pg_depend d ON d.refclassid = c.classid AND d.refobjid = c.objid AND d.deptype IN ('n', 'a', 'i')
     WHERE (d.classid, d.objid) NOT IN (SELECT classid, objid FROM member)
)
SELECT c.classid, c.objid, pg_describe_object(c.classid, c.objid, 0) AS name,
       c.classid::regclass::text NOT IN ('pg_proc', 'pg_type', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_amop', 'pg_amproc', 'pg_am', 'pg_cast',
                                         'pg_transform', 'pg_language', 'pg_ts_parser', 'pg_ts_template', 'pg_foreign_data_wrapper',
                                         'pg_user_mapping', 'pg_event_trigger', 'pg_publication', 'pg_publication_rel',
                                         'pg_publication_namespace') AS needed,
       c.classid::regclass::text IN ('pg_amop', 'pg_amproc', 'pg_publication_rel', 'pg_publication_namespace')
       OR EXISTS (SELECT 1 FROM pg_type e WHERE c.classid = 'pg_type'::regclass AND e.typarray = c.objid) AS part
  FROM closure c
 ORDER BY 3
