-- A part is lost with its note, or neither is. An index is sorted in as much memory as the server gives to its cache, within reason.
SET synchronous_commit = off;
SELECT set_config('maintenance_work_mem',
                  greatest(own.setting::bigint, least(1024 * 1024, cache.setting::bigint * 8))::text || 'kB',
                  false)
  FROM pg_settings own, pg_settings cache
 WHERE own.name = 'maintenance_work_mem' AND cache.name = 'shared_buffers'
