#!lua flags=no-writes
-- Some entries together with the head they belong to: what a change is computed from.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients   KEYS[5] trek:{control}:schedules
-- ARGV[1] the largest entry worth sending, in bytes
-- ARGV[2…] for each entry: the number of its KEYS, its field
--
-- Returns {seconds, epoch, revision, hash, entry…}: the time of Redis, nil for the head where there
-- is no state, then each entry in the order of ARGV, nil for one that does not exist. A larger entry
-- is sent as an empty text: it can only be broken.
--
-- Invariant: head and entries are of the same revision.

local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'hash')
local reply = { redis.call('TIME')[1], head[1], head[2], head[3] }
local most = tonumber(ARGV[1])
for i = 2, #ARGV, 2 do
  local key, field = KEYS[tonumber(ARGV[i])], ARGV[i + 1]
  if redis.call('HSTRLEN', key, field) > most then
    reply[#reply + 1] = ''
  else
    reply[#reply + 1] = redis.call('HGET', key, field)
  end
end
return reply
