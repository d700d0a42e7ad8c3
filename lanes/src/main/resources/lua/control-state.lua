#!lua flags=no-writes
-- The whole control state in one reply, so that no change falls between two reads of it.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients   KEYS[5] trek:{control}:schedules
-- KEYS[6] trek:{control}:changes
-- ARGV[1] the id in the change stream of the revision after the one the caller knows
-- ARGV[2] the largest entry worth sending, in bytes
--
-- Returns {seconds, epoch, revision, hash, entries, previous, flags, settings, clients, schedules}: the
-- time of Redis, the fields of the head (nil where there is no state), the hash the change at ARGV[1]
-- followed (nil where the stream does not have it), and four flat lists of key, JSON. A larger entry is
-- sent as an empty text.
--
-- Invariant: head and entries are of the same revision.

local function entries(key, most)
  local flat = redis.call('HGETALL', key)
  for i = 2, #flat, 2 do
    if #flat[i] > most then
      flat[i] = ''
    end
  end
  return flat
end

local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'hash', 'entries')
local previous = false
local follower = redis.call('XRANGE', KEYS[6], ARGV[1], ARGV[1])[1]
if follower then
  for i = 1, #follower[2], 2 do
    if follower[2][i] == 'previous' then
      previous = follower[2][i + 1]
    end
  end
end
local most = tonumber(ARGV[2])
return {
  redis.call('TIME')[1], head[1], head[2], head[3], head[4], previous,
  entries(KEYS[2], most), entries(KEYS[3], most), entries(KEYS[4], most), entries(KEYS[5], most)
}
