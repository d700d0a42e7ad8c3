#!lua flags=allow-oom
-- Renews the leases of the jobs a process works on, progress along.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 lease, ms   3… id, token, progress (0…1 as a decimal) for each job
-- Returns 'OK' | 'LOST' | 'CANCEL' for each job, in order
--
-- Invariant: only the holder of the record's token moves its lease.
-- include: shard
-- include: status
local lease_end = after(ARGV[2])
local answers = {}

for a = 3, #ARGV, 3 do
  local id, token = ARGV[a], ARGV[a + 1]
  local f = redis.pcall('HMGET', record_of(id), 'status', 'cancelAsked')
  local job = words(f[1])
  if job[STATE] ~= 'active' or job[TOKEN] ~= token then
    answers[#answers + 1] = 'LOST'
  else
    redis.call('HSET', record_of(id), 'progress', ARGV[a + 2])
    redis.call('ZADD', shard .. 'lease', lease_end, id)
    answers[#answers + 1] = f[2] and 'CANCEL' or 'OK'
  end
end
return answers
