#!lua
-- Makes one revision of the control state: entries, head, audit and change stream, or none of them.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients   KEYS[5] trek:{control}:schedules
-- KEYS[6] trek:{control}:changes   KEYS[7] trek:{control}:audit
-- KEYS[8] for a large change, the list where it waits: the audit entry's parts, then for each write
--         its number of KEYS, its field, its value; deleted here
-- ARGV[1] epoch, ARGV[2] revision, ARGV[3] hash: the head the change was computed from; '', 0 and ''
--         to create the data set, which needs KEYS 1 to 7 to be absent
-- ARGV[4] the epoch and ARGV[5] the hash of the new head
-- ARGV[6] the audit entry; with KEYS[8], of how many parts it is
-- ARGV[7] the writes for the change stream; '' where they are too large for it
-- ARGV[8] about how many changes the stream keeps
-- ARGV[9…] without KEYS[8], for each write: the number of its KEYS, its field, its value ('' removes)
--
-- Returns 1 when the revision was made, 0 when the head is another one and nothing was written.
--
-- Invariant: no revision without its audit entry; a revision grows by one; the hash of the audit
-- entry before this one is the hash of the head it was computed from.

local meta, changes, audit, waiting = KEYS[1], KEYS[6], KEYS[7], KEYS[8]
local head = redis.call('HMGET', meta, 'epoch', 'revision', 'hash')
if ARGV[1] == '' then
  for i = 1, 7 do
    if redis.call('EXISTS', KEYS[i]) == 1 then
      return 0
    end
  end
elseif head[1] ~= ARGV[1] or head[2] ~= ARGV[2] or head[3] ~= ARGV[3] then
  return 0
end

local writes, from, logged = ARGV, 9, ARGV[6]
if waiting then
  writes, from = redis.call('LRANGE', waiting, 0, -1), tonumber(ARGV[6]) + 1
  if #writes < from - 1 or #writes == 0 then
    return redis.error_reply('ERR the staged change has lapsed')
  end
  logged = table.concat(writes, '', 1, from - 1)
end

-- Everything that can fail comes before the first entry is written: a script is not rolled back.
for i = 2, 5 do
  redis.call('HLEN', KEYS[i])
end
local revision = string.format('%.0f', tonumber(ARGV[2]) + 1)
local id = revision .. '-0'
local said, what = 'reload', '1'
if ARGV[7] ~= '' then
  said, what = 'writes', ARGV[7]
end
local function announce()
  return redis.pcall('XADD', changes, 'MAXLEN', '~', ARGV[8], id,
    'epoch', ARGV[4], 'previous', ARGV[3], 'hash', ARGV[5], said, what)
end
local announced = announce()
if type(announced) == 'table' and announced.err then
  -- Somebody else has written there. Mirrors lose nothing with the stream: a gap has them reload.
  redis.call('UNLINK', changes)
  announced = announce()
  if type(announced) == 'table' and announced.err then
    return announced
  end
end
local added = redis.pcall('XADD', audit, id, 'entry', logged, 'previous', ARGV[3], 'hash', ARGV[5])
if type(added) == 'table' and added.err then
  redis.call('XDEL', changes, id)
  return added
end

for i = from, #writes, 3 do
  local key = KEYS[tonumber(writes[i])]
  if writes[i + 2] == '' then
    redis.call('HDEL', key, writes[i + 1])
  else
    redis.call('HSET', key, writes[i + 1], writes[i + 2])
  end
end
local entries = 0
for i = 2, 5 do
  entries = entries + redis.call('HLEN', KEYS[i])
end
redis.call('HSET', meta, 'epoch', ARGV[4], 'revision', revision, 'hash', ARGV[5], 'entries', entries)
if waiting then
  redis.call('UNLINK', waiting)
end
return 1
