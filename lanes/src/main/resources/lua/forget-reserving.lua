#!lua flags=allow-oom
-- Takes a client off the list of those who have reservations, unless it has been noted again meanwhile.
--
-- KEYS[1]  zset of the clients who have reservations, by the time they were noted last, ms
-- ARGV     1 the client   2 the time it has to be noted at
-- Returns  1 if it is off | 0 if not
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '-1') ~= tonumber(ARGV[2]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[1])
