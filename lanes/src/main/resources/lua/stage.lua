#!lua
-- Brings a part of what a change is going to write.
--
-- KEYS  1 the list it waits in
-- ARGV  1 how long it waits, s   2… its elements
-- Returns nothing
--
-- Invariant: what was brought lapses, whatever becomes of who brought it.
local AT_ONCE = 1000
for n = 2, #ARGV, AT_ONCE do redis.call('RPUSH', KEYS[1], unpack(ARGV, n, math.min(#ARGV, n + AT_ONCE - 1))) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
