#!lua flags=no-writes
-- Reads a job: its record and its log.
--
-- KEYS  1 record   2 log
-- Returns {fields and values of the record by turns, its log ('' for none)}
return {redis.call('HGETALL', KEYS[1]), redis.call('GET', KEYS[2]) or ''}
