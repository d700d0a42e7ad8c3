#!lua flags=no-writes
-- Which control state stands, and whether all of it is there.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients
--
-- Returns {epoch, revision, hash, entries, counted}: the fields of the head (nil where there is no
-- state), then how many entries the three hashes hold.
--
-- Invariant: entries = counted, unless somebody else than the control service's scripts wrote.

local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'hash', 'entries')
local counted = redis.call('HLEN', KEYS[2]) + redis.call('HLEN', KEYS[3])
  + redis.call('HLEN', KEYS[4])
return { head[1], head[2], head[3], head[4], counted }
