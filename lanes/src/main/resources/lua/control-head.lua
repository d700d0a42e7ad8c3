#!lua flags=no-writes
-- Which control state stands, and whether all of it is there.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients   KEYS[5] trek:{control}:schedules
--
-- Returns {epoch, revision, hash, entries, counted}: the fields of the head (nil where there is no
-- state), then how many entries the four hashes hold.
--
-- Invariant: entries = counted, unless somebody else than the control service's scripts wrote.

local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'hash', 'entries')
local counted = 0
for i = 2, 5 do
  counted = counted + redis.call('HLEN', KEYS[i])
end
return { head[1], head[2], head[3], head[4], counted }
