#!lua
-- Adds to one rate of many, such as of addresses, what several replicas have admitted each by itself.
--
-- KEYS[1]  sorted set: of whom -> theoretical arrival time (TAT, microseconds). Without those who owe nothing
-- ARGV     1 emission interval in microseconds   2 capacity   3 how many are kept apart at the most
--          then two each: of whom, how many were admitted
-- Returns  for each: microseconds until nothing is owed any more
--
-- Invariants: nobody owes more than a spent capacity, whatever the clock did. The set outlives no debt in it, and where it
-- is full those stay who owe the most.
local interval, capacity, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local longest = capacity * interval

local function whole(number)
  return string.format('%.0f', number)
end

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(now))
local owed = {}
for at = 4, #ARGV, 2 do
  local stored = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[at]) or now)
  local tat = math.min(math.max(stored, now) + tonumber(ARGV[at + 1]) * interval, now + longest)
  redis.call('ZADD', KEYS[1], whole(tat), ARGV[at])
  owed[#owed + 1] = tat - now
end
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -(most + 1))
redis.call('PEXPIRE', KEYS[1], whole(longest / 1000 + 1000))
return owed
