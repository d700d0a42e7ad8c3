#!lua flags=no-writes
-- Counts what is in a shard.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 how many shards the caller knows of
-- Returns {now, entries of each work stream (three), time of the first entry of each ('' for none, three), in front, active,
--         delayed, unfinished, dead, ended, creation of the oldest unfinished job ('' for none), fields and values of meta}
--         | the error LAYOUT where the data set is laid out otherwise than the caller thinks
--
-- Invariant: one moment of the shard; O(1) whatever is in it.
-- include: shard
-- include: layout
local misfit = layout_misfit(ARGV[2])
if misfit then return misfit end
local answer = {now}
for priority = 0, 2 do answer[#answer + 1] = redis.call('XLEN', shard .. 's:' .. priority) end
for priority = 0, 2 do
  local first = redis.call('XRANGE', shard .. 's:' .. priority, '-', '+', 'COUNT', 1)[1]
  answer[#answer + 1] = first and string.match(first[1], '^%d+') or ''
end
for _, set in ipairs({'front', 'lease', 'delayed', 'open', 'dead', 'ended'}) do
  answer[#answer + 1] = redis.call('ZCARD', shard .. set)
end
answer[#answer + 1] = redis.call('ZRANGE', shard .. 'open', 0, 0, 'WITHSCORES')[2] or ''
answer[#answer + 1] = redis.call('HGETALL', KEYS[1])
return answer
