#!lua flags=allow-oom
-- Puts delayed jobs in line whose time has come.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 most jobs to promote
-- Returns the number of delayed jobs looked at
--
-- Invariant: no job is put in line before its time. Bounded by ARGV 5.
-- include: shard
-- include: line
local due = redis.call('ZRANGEBYSCORE', shard .. 'delayed', '-inf', now, 'LIMIT', 0, tonumber(ARGV[5]))
for _, id in ipairs(due) do
  redis.call('ZREM', shard .. 'delayed', id)
  local f = redis.pcall('HMGET', record_of(id), 'state', 'client', 'priority')
  if not f.err and f[1] == 'delayed' and f[2] and f[3] then
    redis.call('HSET', record_of(id), 'state', 'queued', 'place', enter(id, f[2], f[3]), 'since', now)
    tell(id, 'queued')
  else
    count('entriesSkipped', 1)
  end
end
wake()
write_gathered()
return #due
