#!lua flags=allow-oom
-- Looks at some of the open jobs, goes on where the last call stopped, and repairs what does not hold together.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 retention, ms   6 retention of dead letters, ms
--       7 lease, ms   8 about how many jobs to look at
--       9 times the stored input that is set aside for an output
-- Returns {jobs looked at, repairs, 1 if the sweep has come to the end | 0}, or what went wrong with a job of them
--
-- Invariant: an open job that the sweep has passed has a record that can be read and stands in the one place that its
-- state asks for. What cannot be repaired becomes a dead letter with CORRUPT_RECORD. In a sound shard it changes nothing but the
-- ceiling of its bytes, where maxmemory has changed.
-- include: shard
-- include: layout
-- include: status
-- include: line
-- include: conclude
-- include: input
local misfit = format_misfit()
if misfit then return misfit end

local WORDS = {'state', 'place', 'attempt', 'token', 'since', 'started', 'claimed', 'due', 'finished', 'expires', 'allowance',
  'ended_by', 'ended_as', 'created', 'client', 'priority', 'tier', 'type', 'max_attempts', 'in_chunks', 'in_bytes', 'in_stored',
  'reservation', 'not_before'}
local repairs, moved_up = 0, {}

local function repaired()
  repairs = repairs + 1
end

-- The words of a status by their names; none where it has not as many as it should.
local function named(status)
  local f, n = {}, 0
  for word in string.gmatch(type(status) == 'string' and status or '', '%S+') do
    n = n + 1
    if n <= #WORDS and word ~= NONE then f[WORDS[n]] = word end
  end
  return n == #WORDS and f or {}
end

local function text_of(f)
  local status = {}
  for n, name in ipairs(WORDS) do status[n] = f[name] or NONE end
  return table.concat(status, ' ')
end

local function write_words(id, f)
  redis.call('HSET', record_of(id), 'status', text_of(f))
end

local function give_up(id, f)
  withdraw(id, f.client or '', f.priority, f.place)
  f.tier, f.type = f.tier or 'free', f.type or 'unknown'
  if not whole(f.in_chunks) then f.in_chunks = stored_input(id) end
  write_words(id, f)
  redis.call('HSETNX', record_of(id), 'parameters', '{}')
  bury(id, job_of(id), after(ARGV[6]), 'CORRUPT_RECORD - - 0 the stored job cannot be read any more')
  repaired()
end

-- Writes numbers where there are none; what is set right is no loss. What was set aside for the output is taken to be what
-- a submit sets aside now.
local function mend(id, f, status, created)
  local ranks = {partner = '0', pro = '1', free = '2'}
  local right = {priority = ranks[f.tier] or '2', attempt = '0', max_attempts = '1', created = created, since = created,
    in_bytes = '0'}
  if not whole(f.in_stored) then
    local _, bytes = stored_input(id)
    right.in_stored = bytes
  end
  if not whole(f.allowance) then
    right.allowance = string.format('%.0f', tonumber(right.in_stored or f.in_stored) * tonumber(ARGV[9]))
  end
  for _, name in ipairs({'started', 'claimed', 'not_before'}) do
    if not whole(f[name]) then f[name] = nil end
  end
  for name, value in pairs(right) do
    if not whole(f[name]) or name == 'priority' and not string.match(f[name], '^[012]$') then f[name] = value end
  end
  if f.state == 'active' then
    f.started = f.started or f.claimed or f.since
    f.claimed = f.claimed or f.started
  end
  if text_of(f) == status then return end
  write_words(id, f)
  repaired()
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
    local holder = words(redis.pcall('HGET', record_of(id), 'status'))
    if not (holder[STATE] == 'active' or holder[STATE] == 'queued' and holder[PLACE] ~= 'waiting') then
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
    f.place = enter(id, f.client, f.priority)
    write_words(id, f)
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
  if not whole(f.due) then
    f.due = redis.call('ZSCORE', shard .. 'delayed', id) or now
    write_words(id, f)
    repaired()
  end
  if redis.call('ZADD', shard .. 'delayed', 'NX', f.due, id) == 1 then repaired() end
end

local function check_ended(id)
  redis.call('ZREM', shard .. 'open', id)
  redis.call('ZADD', shard .. 'ended', 'NX', after(ARGV[5]), id)
  repaired()
end

checks.succeeded, checks.failed, checks.cancelled = check_ended, check_ended, check_ended

local function check(id, created)
  if redis.call('TYPE', record_of(id)).ok ~= 'hash' then redis.call('DEL', record_of(id)) end
  local stored = redis.call('HMGET', record_of(id), 'status', 'parameters')
  local f = named(stored[1])
  mend(id, f, stored[1], created)
  if stored[2] and checks[f.state] and workable(words(text_of(f))) then
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
local failure
for n = 1, #page[2], 2 do
  -- What nobody thought of in one job keeps nothing of the others' from being written, and is told then.
  local went, why = pcall(check, page[2][n], page[2][n + 1])
  if not went then failure = type(why) == 'table' and why or redis.error_reply(tostring(why)) end
end
count('repairs', repairs)
let_leave()
wake()
write_gathered()
if failure then return failure end
return {#page[2] / 2, repairs, page[1] == '0' and 1 or 0}
