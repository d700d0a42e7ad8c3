#!lua
-- Carries what a replica has admitted by itself into the shared count, once that can be asked again.
--
-- KEYS[1]  hash of the client's rates. The client's other keys are made from its tag
-- ARGV     five per limit: 'rate', name, microseconds owed by what was admitted, microseconds owed by what the shared
--          count had admitted as the replica saw it last, microseconds that a spent burst owes;
--          or 'quota', name, how much, 'YYYY-MM', ''
--
-- Invariant: nobody owes more than a spent burst, and nobody less than the replica has seen. Not idempotent: whoever
-- repeats it carries twice.
local client = string.sub(KEYS[1], 1, -6)
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local latest = 0
-- include: rates-expiry
for at = 1, #ARGV, 5 do
  local name, amount = ARGV[at + 1], tonumber(ARGV[at + 2])
  if ARGV[at] == 'rate' then
    local stored = tonumber(redis.call('HGET', KEYS[1], name) or 0)
    local tat = math.max(now + tonumber(ARGV[at + 3]), stored) + amount
    tat = math.min(tat, now + tonumber(ARGV[at + 4]))
    redis.call('HSET', KEYS[1], name, whole(tat))
    latest = math.max(latest, tat)
  elseif amount > 0 then
    redis.call('HINCRBY', client .. 'quota:' .. name, ARGV[at + 3], whole(amount))
    redis.call('PEXPIRE', client .. 'quota:' .. name, 62 * 86400000, 'NX')
  end
end
if latest > 0 then keep_until(KEYS[1], 0, latest) end
return 1
