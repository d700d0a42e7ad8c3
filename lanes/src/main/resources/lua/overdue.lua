#!lua flags=no-writes
-- Finds the reservations of a client that have waited too long for a job to say what becomes of them.
--
-- KEYS[1]  zset of the client's reservations by the time they are looked at, ms. The client's other keys are made from its tag
-- ARGV     1 the most to find
-- Returns  {how many reservations there are in all, then five per overdue one: name, time, the last job that came with
--          it, the job it is known to pay for ('' for none), idempotency key ('' for none)}
local client = string.sub(KEYS[1], 1, -4)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local reply = {redis.call('ZCARD', KEYS[1])}
local overdue = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, tonumber(ARGV[1]))
for n = 1, #overdue, 2 do
  local known = redis.call('HMGET', client .. 'reservation:' .. overdue[n], 'job', 'paysFor', 'key')
  reply[#reply + 1] = overdue[n]
  reply[#reply + 1] = overdue[n + 1]
  reply[#reply + 1] = known[1] or ''
  reply[#reply + 1] = known[2] or ''
  reply[#reply + 1] = known[3] or ''
end
return reply
