#!lua flags=allow-oom
-- Looks at some of the open jobs, goes on where the last call stopped, and repairs what does not hold together.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 retention, ms   6 retention of dead letters, ms
--       7 lease, ms   8 about how many jobs to look at
--       9 times the stored input that is set aside for an output
-- Returns {jobs looked at, repairs, 1 if the sweep has come to the end | 0}
--
-- Invariant: an open job that the sweep has passed has a record that can be read and stands in the one place that its
-- state asks for. What cannot be repaired becomes a dead letter with CORRUPT_RECORD. In a sound shard it changes nothing but the
-- ceiling of its bytes, where maxmemory has changed.
-- include: shard
-- include: line
-- include: conclude
-- include: input
local repairs, moved_up = 0, {}

local function repaired()
  repairs = repairs + 1
end

local function give_up(id, f)
  local fill = {client = '', tier = 'free', type = 'unknown', parameters = '{}', inBytes = '0',
    inChunks = stored_input(id)}
  for name, value in pairs(fill) do
    if not f[name] then redis.call('HSET', record_of(id), name, value) end
  end
  withdraw(id, f.client or '', f.priority, f.place)
  bury(id, job_of(id), ARGV[6], {'failCode', 'CORRUPT_RECORD', 'failMessage', 'the stored job cannot be read any more',
    'failLine', '', 'failColumn', '', 'failRetryable', '0'})
  repaired()
end

-- Writes the id, and numbers where there are none; what is set right is no loss. What was set aside for the output is taken to
-- be what a submit sets aside now.
local function mend(id, f, created)
  local ranks = {partner = '0', pro = '1', free = '2'}
  local right = {priority = ranks[f.tier] or '2', attempt = '0', maxAttempts = '1', created = created, inBytes = '0', id = id}
  if not tonumber(f.inStored) then
    local _, bytes = stored_input(id)
    right.inStored = bytes
  end
  if not tonumber(f.allowance) then
    right.allowance = string.format('%.0f', tonumber(right.inStored or f.inStored) * tonumber(ARGV[9]))
  end
  local mended = false
  for name, value in pairs(right) do
    local sound = f[name] and (name == 'id' or tonumber(f[name]) and (name ~= 'priority' or string.match(f[name], '^[012]$')))
    if not sound then
      redis.call('HSET', record_of(id), name, value)
      f[name] = value
      mended = true
    end
  end
  if mended then repaired() end
end

local function stands(id, f)
  if f.place == 'waiting' then return redis.call('ZSCORE', waiting_of(f.client, f.priority), id) end
  if f.place == 'front' then return redis.call('ZSCORE', shard .. 'front', id) end
  if not (f.place and string.match(f.place, '^%d+%-%d+$')) then return false end
  local entry = redis.call('XRANGE', shard .. 's:' .. f.priority, f.place, f.place)[1]
  return entry and entry[2][2] == id
end

local function check_share(id, f)
  if redis.call('SADD', share_of(f.client, f.priority), id) == 1 then repaired() end
end

-- Takes a few out of a share who have no part in it, so that those who wait are not held up by nobody.
local function check_waiting(f)
  local share = share_of(f.client, f.priority)
  if moved_up[share] then return end
  moved_up[share] = true
  for _, id in ipairs(redis.call('SRANDMEMBER', share, 16)) do
    local holder = redis.call('HMGET', record_of(id), 'state', 'place')
    if not (holder[1] == 'active' or holder[1] == 'queued' and holder[2] ~= 'waiting') then
      redis.call('SREM', share, id)
      repaired()
    end
  end
  move_up(f.client, f.priority, 4)
end

local checks = {}

function checks.queued(id, f)
  if not stands(id, f) then
    withdraw(id, f.client, f.priority, f.place)
    redis.call('SREM', share_of(f.client, f.priority), id)
    redis.call('HSET', record_of(id), 'place', enter(id, f.client, f.priority))
    repaired()
  elseif f.place == 'waiting' then
    check_waiting(f)
  else
    check_share(id, f)
  end
end

function checks.active(id, f)
  if redis.call('ZADD', shard .. 'lease', 'NX', after(ARGV[7]), id) == 1 then repaired() end
  check_share(id, f)
end

function checks.delayed(id, f)
  if redis.call('ZADD', shard .. 'delayed', 'NX', tonumber(f.due) and f.due or now, id) == 1 then repaired() end
  if not tonumber(f.due) then redis.call('HSET', record_of(id), 'due', now) end
end

local function check_ended(id)
  redis.call('ZREM', shard .. 'open', id)
  redis.call('ZADD', shard .. 'ended', 'NX', after(ARGV[5]), id)
  repaired()
end

checks.succeeded, checks.failed, checks.cancelled = check_ended, check_ended, check_ended

local function check(id, created)
  if redis.call('TYPE', record_of(id)).ok ~= 'hash' then redis.call('DEL', record_of(id)) end
  local names = {'state', 'place', 'client', 'tier', 'priority', 'type', 'parameters', 'attempt', 'maxAttempts', 'created',
    'inBytes', 'inStored', 'inChunks', 'allowance', 'due', 'id'}
  local f = {}
  for n, value in ipairs(redis.call('HMGET', record_of(id), unpack(names))) do f[names[n]] = value or nil end
  mend(id, f, created)
  if f.client and f.tier and f.type and f.parameters and tonumber(f.inChunks) and checks[f.state] then
    checks[f.state](id, f)
  else
    give_up(id, f)
  end
end

-- Six tenths of what this Redis may take, in equal parts for its shards: what submits may fill with inputs and outputs at
-- the most, so that there is room for all else. Read here and not by each submit.
local function note_ceiling()
  local most = tonumber(string.match(redis.call('INFO', 'memory'), 'maxmemory:(%d+)') or '0')
  local ceiling = most > 0 and string.format('%.0f', math.floor(most * 0.6 / (tonumber(redis.call('HGET', KEYS[1], 'shards')) or 1)))
  if not ceiling then
    redis.call('HDEL', KEYS[1], 'ceiling')
  elseif redis.call('HGET', KEYS[1], 'ceiling') ~= ceiling then
    redis.call('HSET', KEYS[1], 'ceiling', ceiling)
  end
end

note_ceiling()
local page = redis.call('ZSCAN', shard .. 'open', redis.call('HGET', KEYS[1], 'reconcileAt') or '0', 'COUNT', ARGV[8])
redis.call('HSET', KEYS[1], 'reconcileAt', page[1])
for n = 1, #page[2], 2 do check(page[2][n], page[2][n + 1]) end
count('repairs', repairs)
let_leave()
wake()
write_gathered()
return {#page[2] / 2, repairs, page[1] == '0' and 1 or 0}
