#!lua
-- Makes one revision of the control state: entries, head, audit and change stream, or none of them.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients   KEYS[5] trek:{control}:changes  KEYS[6] trek:{control}:audit
-- ARGV[1] epoch, ARGV[2] revision, ARGV[3] hash: the head the change was computed from; '', 0 and ''
--         to create the data set, which needs all six keys to be absent
-- ARGV[4] the epoch and ARGV[5] the hash of the new head
-- ARGV[6] the audit entry
-- ARGV[7] the writes for the change stream; '' where they are too large for it
-- ARGV[8] about how many changes the stream keeps
-- ARGV[9…] for each write: the number of its KEYS, its field, its value ('' removes it)
--
-- Returns 1 when the revision was made, 0 when the head is another one and nothing was written.
--
-- Invariant: no revision without its audit entry; a revision grows by one; the hash of the audit
-- entry before this one is the hash of the head it was computed from.

local meta, changes, audit = KEYS[1], KEYS[5], KEYS[6]
local head = redis.call('HMGET', meta, 'epoch', 'revision', 'hash')
if ARGV[1] == '' then
  for i = 1, 6 do
    if redis.call('EXISTS', KEYS[i]) == 1 then
      return 0
    end
  end
elseif head[1] ~= ARGV[1] or head[2] ~= ARGV[2] or head[3] ~= ARGV[3] then
  return 0
end

-- Everything that can fail comes before the first entry is written: a script is not rolled back.
for i = 2, 4 do
  redis.call('HLEN', KEYS[i])
end
local revision = string.format('%.0f', tonumber(ARGV[2]) + 1)
local id = revision .. '-0'
local fields = { 'epoch', ARGV[4], 'previous', ARGV[3], 'hash', ARGV[5] }
if ARGV[7] ~= '' then
  fields[7], fields[8] = 'writes', ARGV[7]
end
redis.call('XADD', changes, 'MAXLEN', '~', ARGV[8], id, unpack(fields))
local logged = redis.pcall('XADD', audit, id, 'entry', ARGV[6], 'previous', ARGV[3], 'hash', ARGV[5])
if type(logged) == 'table' and logged.err then
  redis.call('XDEL', changes, id)
  return logged
end

for i = 9, #ARGV, 3 do
  local key = KEYS[tonumber(ARGV[i])]
  if ARGV[i + 2] == '' then
    redis.call('HDEL', key, ARGV[i + 1])
  else
    redis.call('HSET', key, ARGV[i + 1], ARGV[i + 2])
  end
end
local entries = redis.call('HLEN', KEYS[2]) + redis.call('HLEN', KEYS[3])
  + redis.call('HLEN', KEYS[4])
redis.call('HSET', meta, 'epoch', ARGV[4], 'revision', revision, 'hash', ARGV[5], 'entries', entries)
return 1
