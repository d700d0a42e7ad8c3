#!lua flags=allow-oom
-- Writes one chunk of an output, under a TTL that finish removes; allow-oom, since finishing work frees memory.
--
-- KEYS  1 the chunk   2 record
-- ARGV  1 its bytes   2 TTL, ms   3 token
-- Returns 'OK' | 'LOST'
--
-- Invariant: only the holder of the record's token stores anything, and what is published is not touched: asked again
-- after the finish (an answer that was lost on its way), the script answers OK and changes nothing.
-- include: status
local job = words(redis.call('HGET', KEYS[2], 'status'))
if job[ENDED_BY] == ARGV[3] then return 'OK' end
if job[TOKEN] ~= ARGV[3] then return 'LOST' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'OK'
