#!lua flags=allow-oom
-- Notes how far a volume has archived the audit, then cuts the stream to what is to be kept, but
-- takes nothing away that a volume still has to archive.
--
-- KEYS[1] trek:{control}:audit
-- KEYS[2] trek:{control}:archives: hash of volume to "<revision> <seconds>", the latter in Redis time
-- ARGV[1] the volume          ARGV[2] the revision up to which it has everything on its disk
-- ARGV[3] how many revisions the stream keeps
-- ARGV[4] after how many seconds of silence a volume is no longer waited for
--
-- Returns how many entries were taken out of the stream.
--
-- Invariant: an entry leaves the stream only once every volume that has reported lately has it.

local now = tonumber(redis.call('TIME')[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. ' ' .. string.format('%.0f', now))
local most = tonumber(ARGV[2])
local volumes = redis.call('HGETALL', KEYS[2])
for i = 1, #volumes, 2 do
  local revision, seen = string.match(volumes[i + 1], '^(%d+) (%d+)$')
  if not seen or now - tonumber(seen) > tonumber(ARGV[4]) then
    redis.call('HDEL', KEYS[2], volumes[i])
  elseif tonumber(revision) < most then
    most = tonumber(revision)
  end
end
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not last then
  return 0
end
local newest = tonumber(string.match(last[1], '^%d+'))
local from = math.min(most + 1, newest - tonumber(ARGV[3]) + 1)
if from < 2 then
  return 0
end
return redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f', from) .. '-0')
