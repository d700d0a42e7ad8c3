#!lua flags=allow-oom
-- Lets a dead letter expire now: the next sweep of expire deletes it, as it alone deletes jobs.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 job id
-- Returns 'OK' | 'NONE' (no dead letter has this id)
--
-- Invariant: after OK the job is no dead letter, so that nobody tries it again meanwhile, and deadBytes knows.
-- include: shard
-- include: input
local id = ARGV[2]
if redis.call('ZREM', shard .. 'dead', id) == 0 then return 'NONE' end
local f = redis.pcall('HMGET', record_of(id), 'state', 'inStored')
local stored = not f.err and tonumber(f[2] or '')
if not stored then
  local _, bytes = stored_input(id)
  stored = tonumber(bytes)
end
count('deadBytes', -stored)
if not f.err and f[1] then redis.call('HSET', record_of(id), 'expires', now) end
redis.call('ZADD', shard .. 'ended', now, id)
write_gathered()
return 'OK'
