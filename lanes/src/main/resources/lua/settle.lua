#!lua flags=allow-oom
-- Ends a reservation: keeps what it has charged, or gives it back, into the month it was charged in.
--
-- KEYS[1]  zset of the client's reservations by the time they are looked at, ms. The client's other keys are made from its tag
-- ARGV     1 the reservation   2 'kept' | 'back' | 'released' (back, and a retry pays anew)
--          3 the job that has to be the last which came with it ('' for any)   4 the time it has to be looked at ('' for any)
--          One that is released at its time waits on where a retry has come whose submit may still be under way
-- Returns  1 if this call has ended it | 0 if it was ended before, or is not as it has to be
--
-- Invariant: a reservation ends once, and gives back what it has charged and no more; no month comes into being.
local client = string.sub(KEYS[1], 1, -4)
local key = client .. 'reservation:' .. ARGV[1]
local pairs_of = redis.call('HGETALL', key)
if #pairs_of == 0 then return 0 end

local reservation = {}
for n = 1, #pairs_of, 2 do reservation[pairs_of[n]] = pairs_of[n + 1] end
if ARGV[4] ~= '' and tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '-1') ~= tonumber(ARGV[4]) then return 0 end
if ARGV[2] == 'released' and ARGV[4] ~= '' then
  local time = redis.call('TIME')
  if tonumber(reservation.patience or '0') > time[1] * 1000 + math.floor(time[2] / 1000) then
    redis.call('ZADD', KEYS[1], reservation.patience, ARGV[1])
    return 0
  end
end
if ARGV[3] ~= '' and reservation.job ~= ARGV[3] then return 0 end

if ARGV[2] ~= 'kept' then
  for field, cost in pairs(reservation) do
    local quota = string.match(field, '^quota:(.+)$')
    if quota then
      local counter = client .. 'quota:' .. quota
      local used = tonumber(redis.call('HGET', counter, reservation.month) or 0)
      local amount = math.min(used, tonumber(cost))
      if amount > 0 then redis.call('HINCRBY', counter, reservation.month, string.format('%.0f', -amount)) end
    end
  end
end
if ARGV[2] == 'released' and reservation.digest ~= '' then
  local paid = client .. 'paid:' .. reservation.digest
  if redis.call('GET', paid) == ARGV[1] then redis.call('DEL', paid) end
end
redis.call('DEL', key)
redis.call('ZREM', KEYS[1], ARGV[1])
return 1
