#!lua flags=allow-oom
-- Lets a dead letter expire now: the next sweep of expire deletes it, as it alone deletes jobs.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 job id
-- Returns 'OK' | 'NONE' (no dead letter has this id)
--
-- Invariant: after OK the job is no dead letter, so that nobody tries it again meanwhile, and deadBytes knows.
-- include: shard
-- include: layout
-- include: status
-- include: input
local misfit = format_misfit()
if misfit then return misfit end

local id = ARGV[2]
if redis.call('ZREM', shard .. 'dead', id) == 0 then return 'NONE' end
local job = words(redis.pcall('HGET', record_of(id), 'status'))
local stored = tonumber(string.match(job[LASTING] or '', '(%S+) %S+ %S+$') or '')
if not stored then
  local _, bytes = stored_input(id)
  stored = tonumber(bytes)
end
count('deadBytes', -stored)
if job[STATE] then
  job[EXPIRES] = now
  redis.call('HSET', record_of(id), 'status', status_text(job))
end
redis.call('ZADD', shard .. 'ended', now, id)
write_gathered()
return 'OK'
