#!lua flags=allow-oom
-- Pauses a shard, so that nothing is claimed from it, or resumes it.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 whether it is to be paused: 1 | 0   3 who says so   4 how many shards the caller knows of
-- Returns 1 if that changed anything, else 0; the error LAYOUT where the data set is laid out otherwise than the caller thinks
--
-- Invariant: after a resume there are wake-ups for what waits in line. What is active goes on either way.
-- include: shard
-- include: layout
local misfit = layout_misfit(ARGV[4])
if misfit then return misfit end
local paused = redis.call('HGET', KEYS[1], 'paused') == '1'
if paused == (ARGV[2] == '1') then return 0 end
if ARGV[2] == '1' then
  redis.call('HSET', KEYS[1], 'paused', '1', 'pausedBy', ARGV[3], 'pausedAt', now)
  return 1
end
redis.call('HDEL', KEYS[1], 'paused', 'pausedBy', 'pausedAt')
local waiting = redis.call('ZCARD', shard .. 'front')
for priority = 0, 2 do waiting = waiting + redis.call('XLEN', shard .. 's:' .. priority) end
for _ = 1, math.min(waiting, 128 - redis.call('LLEN', shard .. 'wake')) do redis.call('LPUSH', shard .. 'wake', '1') end
return 1
