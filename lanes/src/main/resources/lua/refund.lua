#!lua flags=allow-oom
-- Gives back what was charged to a monthly quota, into the month it was charged in.
--
-- KEYS[1]  hash of the quota: 'YYYY-MM' -> used
-- ARGV[1]  the month
-- ARGV[2]  how much
-- Returns  how much was given back: never more than was used
--
-- Invariant: what was used never falls below zero, and no month comes into being.

local used = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0)
local amount = math.min(used, tonumber(ARGV[2]))
if amount > 0 then
  redis.call('HINCRBY', KEYS[1], ARGV[1], string.format('%.0f', -amount))
end
return amount
