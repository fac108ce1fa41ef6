-- For how many locks the server sets memory aside; a share of what else is free comes on top.
SELECT current_setting('max_locks_per_transaction')::bigint
       * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int)
