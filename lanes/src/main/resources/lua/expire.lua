#!lua flags=allow-oom
-- Deletes ended jobs whose retention is over: record, input, output. Nothing else deletes them.
--
-- KEYS  1 ended (by the end of its retention)   2 meta
-- ARGV  1 key prefix of the shard   2 most jobs to delete   3 TTL of the tombstone, ms
-- Returns the number of jobs deleted
--
-- Invariant: the byte counter of meta falls by exactly what the deleted jobs held. Bounded by ARGV 2: what has
-- been due longest goes first.
local prefix = ARGV[1]
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local deleted = 0

for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, tonumber(ARGV[2]))) do
  local record = prefix .. 'j:' .. id
  local f = redis.call('HMGET', record, 'id', 'client', 'inChunks', 'inStored', 'outChunks', 'outStored', 'outToken')
  redis.call('ZREM', KEYS[1], id)
  if f[1] then
    for k = 0, tonumber(f[3]) - 1 do redis.call('DEL', prefix .. 'in:' .. id .. ':' .. k) end
    for k = 0, tonumber(f[5] or '0') - 1 do redis.call('DEL', prefix .. 'out:' .. id .. ':' .. f[7] .. ':' .. k) end
    redis.call('DEL', record)
    redis.call('ZREM', prefix .. 'c:' .. f[2], id)
    redis.call('HINCRBY', KEYS[2], 'bytes', string.format('%.0f', -(tonumber(f[4]) + tonumber(f[6] or '0'))))
    redis.call('SET', prefix .. 'gone:' .. id, f[2], 'PX', ARGV[3])
    deleted = deleted + 1
  end
end
return deleted
