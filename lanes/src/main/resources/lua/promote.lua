#!lua flags=allow-oom
-- Puts delayed jobs in line whose time has come.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 most jobs to promote
-- Returns the number of delayed jobs looked at
--
-- Invariant: no job is put in line before its time. Bounded by ARGV 5.
-- include: shard
-- include: layout
-- include: status
-- include: line
local misfit = format_misfit()
if misfit then return misfit end

local due = redis.call('ZRANGEBYSCORE', shard .. 'delayed', '-inf', now, 'LIMIT', 0, tonumber(ARGV[5]))
for _, id in ipairs(due) do
  redis.call('ZREM', shard .. 'delayed', id)
  local job = words(redis.pcall('HGET', record_of(id), 'status'))
  local client, priority = string.match(job[LASTING] or '', '^%S+ (%S+) ([012]) ')
  if job[STATE] == 'delayed' and client then
    job[STATE], job[PLACE], job[SINCE] = 'queued', enter(id, client, priority), now
    redis.call('HSET', record_of(id), 'status', status_text(job))
    tell(id, 'queued')
  else
    count('entriesSkipped', 1)
  end
end
wake()
write_gathered()
return #due
