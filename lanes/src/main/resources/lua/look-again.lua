#!lua
-- Puts off the next look at a reservation whose job is under way, and notes which job that is.
--
-- KEYS[1]  zset of the client's reservations by the time they are looked at, ms. The client's other keys are made from its tag
-- ARGV     1 the reservation   2 its job   3 how long until it is looked at again, ms
-- Returns  1 if that is noted | 0 if the reservation has ended
--
-- Invariant: a reservation that has ended stays away.
local reservation = string.sub(KEYS[1], 1, -4) .. 'reservation:' .. ARGV[1]
if redis.call('EXISTS', reservation) == 0 then return 0 end
local time = redis.call('TIME')
redis.call('HSET', reservation, 'paysFor', ARGV[2])
redis.call('ZADD', KEYS[1], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3]), ARGV[1])
return 1
