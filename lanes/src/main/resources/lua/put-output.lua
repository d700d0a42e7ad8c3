#!lua flags=allow-oom
-- Writes one chunk of an output, under a TTL that finish removes; allow-oom, since finishing work frees memory.
--
-- KEYS  1 the chunk
-- ARGV  1 its bytes   2 TTL, ms
-- Returns 'OK'
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'OK'
