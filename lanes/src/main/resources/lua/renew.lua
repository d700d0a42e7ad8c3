#!lua flags=allow-oom
-- Renews the leases of the jobs a process works on, progress along.
--
-- KEYS  1 lease
-- ARGV  1 key prefix of the shard   2 lease, ms   3… id, token, progress (0…1 as a decimal) for each job
-- Returns 'OK' | 'LOST' | 'CANCEL' for each job, in order
--
-- Invariant: only the holder of the record's token moves its lease.
local prefix = ARGV[1]
local time = redis.call('TIME')
local lease_end = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[2]))
local answers = {}

for a = 3, #ARGV, 3 do
  local id, token = ARGV[a], ARGV[a + 1]
  local record = prefix .. 'j:' .. id
  local f = redis.call('HMGET', record, 'state', 'token', 'cancelAsked')
  if f[1] ~= 'active' or f[2] ~= token then
    answers[#answers + 1] = 'LOST'
  else
    redis.call('HSET', record, 'progress', ARGV[a + 2])
    redis.call('ZADD', KEYS[1], lease_end, id)
    answers[#answers + 1] = f[3] and 'CANCEL' or 'OK'
  end
end
return answers
