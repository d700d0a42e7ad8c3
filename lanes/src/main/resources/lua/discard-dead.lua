#!lua flags=allow-oom
-- Lets a dead letter expire now: the next sweep of expire deletes it, as it alone deletes jobs.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 job id
-- Returns 'OK' | 'NONE' (no dead letter has this id)
--
-- Invariant: after OK the job is no dead letter, so that nobody tries it again meanwhile, and deadBytes knows.
-- include: shard
local id = ARGV[2]
if redis.call('ZREM', shard .. 'dead', id) == 0 then return 'NONE' end
local stored = redis.pcall('HGET', record_of(id), 'inStored')
if type(stored) == 'string' then
  count('deadBytes', -(tonumber(stored) or 0))
  redis.call('HSET', record_of(id), 'expires', now)
end
redis.call('ZADD', shard .. 'ended', now, id)
write_gathered()
return 'OK'
