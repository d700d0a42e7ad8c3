#!lua
-- Puts a whole control state in the place of whatever is there, on an operator's word: after a
-- FLUSHALL, a rollback, or damage that nobody can mend.
--
-- KEYS[1] trek:{control}:meta      KEYS[2] trek:{control}:flags    KEYS[3] trek:{control}:settings
-- KEYS[4] trek:{control}:clients   KEYS[5] trek:{control}:schedules
-- KEYS[6] trek:{control}:changes   KEYS[7] trek:{control}:audit
-- KEYS[8] the list where the state waits: the audit entry's parts, then for each entry its number of
--         KEYS, its field, its value; deleted here
-- ARGV[1] epoch, ARGV[2] revision and ARGV[3] hash of the new head
-- ARGV[4] the hash of the head that the state had
-- ARGV[5] of how many parts the audit entry is
-- ARGV[6] another epoch that may be replaced; '' for none
--
-- Returns 1 when the state was put there, 0 when the same data set is there at that revision or a
-- later one, 2 when another data set is there that may not be replaced.
--
-- Invariant: the revision never goes back within an epoch. Mirrors are told to read the whole state.

local meta, changes, audit, waiting = KEYS[1], KEYS[6], KEYS[7], KEYS[8]
local function type_of(key)
  return redis.call('TYPE', key).ok
end

if type_of(meta) == 'hash' then
  local head = redis.call('HMGET', meta, 'epoch', 'revision')
  if head[1] == ARGV[1] and (tonumber(head[2]) or 0) >= tonumber(ARGV[2]) then
    return 0
  end
  if head[1] and head[1] ~= ARGV[1] and head[1] ~= ARGV[6] then
    return 2
  end
end
local state = redis.call('LRANGE', waiting, 0, -1)
local parts = tonumber(ARGV[5])
if #state < parts or #state == 0 then
  return redis.error_reply('ERR the staged state has lapsed')
end

-- What the stream of the audit still has of this data set stays; another one's goes.
local keeps = type_of(audit) == 'stream' and ARGV[6] == ''
if keeps then
  local last = redis.call('XREVRANGE', audit, '+', '-', 'COUNT', 1)[1]
  keeps = not last or tonumber(string.match(last[1], '^%d+')) < tonumber(ARGV[2])
end
redis.call('UNLINK', meta, changes, KEYS[2], KEYS[3], KEYS[4], KEYS[5])
if not keeps then
  redis.call('UNLINK', audit)
end

local id = ARGV[2] .. '-0'
redis.call('XADD', changes, id, 'epoch', ARGV[1], 'previous', ARGV[4], 'hash', ARGV[3], 'reload', '1')
redis.call('XADD', audit, id, 'entry', table.concat(state, '', 1, parts), 'previous', ARGV[4],
  'hash', ARGV[3])
local entries = 0
for i = parts + 1, #state, 3 do
  redis.call('HSET', KEYS[tonumber(state[i])], state[i + 1], state[i + 2])
  entries = entries + 1
end
redis.call('HSET', meta, 'epoch', ARGV[1], 'revision', ARGV[2], 'hash', ARGV[3], 'entries', entries)
redis.call('UNLINK', waiting)
return 1
