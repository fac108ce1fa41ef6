-- A session of ours lasts for as long as its statements take, but no longer than its client: what the server knows of these settings.
SELECT set_config(name, value, false)
  FROM (VALUES ('idle_session_timeout', '0'),
               ('transaction_timeout', '0'),
               -- A client that cannot be reached is given up within two minutes,
               ('tcp_keepalives_idle', '60'),
               ('tcp_keepalives_interval', '10'),
               ('tcp_keepalives_count', '6'),
               ('tcp_user_timeout', '120000'),
               -- and one that has gone away is noticed even in the middle of building an index.
               ('client_connection_check_interval', '1000')) AS wanted (name, value)
 WHERE current_setting(name, true) IS NOT NULL
   AND (name <> 'client_connection_check_interval' OR version() ~ 'linux')
