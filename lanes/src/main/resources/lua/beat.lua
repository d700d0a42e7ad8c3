#!lua flags=allow-oom
-- Notes that an instance is there, or has left.
--
-- Allow-oom: one small hash for each process, and a full Redis is when operators look.
--
-- KEYS  1 roll   2 the instance's hash
-- ARGV  1 instance id   2 how long a beat is believed, ms; 0: it leaves   3… field, value
-- Returns 1
--
-- Invariant: whoever is on the roll has beaten within that time, and has a hash for the rest of it.
local id, ttl = ARGV[1], tonumber(ARGV[2])
redis.call('DEL', KEYS[2])
if ttl == 0 then
  redis.call('ZREM', KEYS[1], id)
  return 1
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for a = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[a], ARGV[a + 1]) end
redis.call('PEXPIRE', KEYS[2], ttl)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), id)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - ttl))
return 1
