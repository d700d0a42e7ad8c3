#!lua flags=no-writes
-- Reads who is there.
--
-- KEYS  1 roll
-- ARGV  1 what the key of an instance's hash begins with   2 how long a beat is believed, ms   3 the most
-- Returns {id, ms since its beat, {field, value, …}, …}, latest beat first
--
-- Invariant: an instance is whole or not there.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local since = string.format('%.0f', now - tonumber(ARGV[2]))
local answer = {}

local roll = redis.call('ZRANGE', KEYS[1], '+inf', since, 'BYSCORE', 'REV', 'LIMIT', 0, tonumber(ARGV[3]), 'WITHSCORES')
for i = 1, #roll, 2 do
  local fields = redis.call('HGETALL', ARGV[1] .. roll[i])
  if #fields > 0 then
    answer[#answer + 1] = roll[i]
    answer[#answer + 1] = math.max(0, now - tonumber(roll[i + 1]))
    answer[#answer + 1] = fields
  end
end
return answer
