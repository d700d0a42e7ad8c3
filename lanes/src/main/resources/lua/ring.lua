#!lua flags=allow-oom
-- Wakes one worker that waits for work, or will in a moment.
--
-- KEYS  1 its bell
-- ARGV  1 how long the bell rings, ms
-- Returns nothing
--
-- Invariant: a bell that nobody hears is gone once it has rung for so long.
redis.call('LPUSH', KEYS[1], '1')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
