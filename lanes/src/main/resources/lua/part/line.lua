-- Part: the line in which jobs wait to be claimed. After parts shard and status.
--
-- ARGV 2 to 4 are the active caps by priority: how many jobs of one client may be in line or active.
-- Invariant: a job in a stream, in front or active is in its client's share, and in no waiting list.
local entered, left = 0, {}

local function share_of(client, priority)
  return shard .. 'a:' .. priority .. ':' .. client
end

local function waiting_of(client, priority)
  return shard .. 'w:' .. priority .. ':' .. client
end

local function to_stream(id, share, priority)
  redis.call('SADD', share, id)
  entered = entered + 1
  return redis.call('XADD', shard .. 's:' .. priority, '*', 'id', id)
end

-- Puts a job at the end of the line, or in its client's waiting list. Returns its place, for the record.
local function enter(id, client, priority)
  local share = share_of(client, priority)
  if redis.call('SCARD', share) < tonumber(ARGV[2 + priority]) then return to_stream(id, share, priority) end
  redis.call('ZADD', waiting_of(client, priority), now_us, id)
  return 'waiting'
end

-- Puts a job that has its share already before all others. Returns its place, for the record.
local function to_front(id)
  redis.call('ZADD', shard .. 'front', now_us, id)
  entered = entered + 1
  return 'front'
end

-- Lets waiting jobs of a client move up while it has less than its share; only so many, so that a raised cap costs no
-- single call much.
local function move_up(client, priority, most)
  local waiting = waiting_of(client, priority)
  if redis.call('ZCARD', waiting) == 0 then return end
  local share = share_of(client, priority)
  for _ = 1, most do
    if redis.call('SCARD', share) >= tonumber(ARGV[2 + priority]) then return end
    local id = redis.call('ZPOPMIN', waiting)[1]
    if not id then return end
    local job = words(redis.pcall('HGET', record_of(id), 'status'))
    if job[STATE] == 'queued' and job[PLACE] == 'waiting' then
      job[PLACE] = to_stream(id, share, priority)
      redis.call('HSET', record_of(id), 'status', status_text(job))
    else
      count('entriesSkipped', 1)
    end
  end
end

-- Gives a job's share back, once let_leave is called.
local function leave(id, client, priority)
  local clients = inner(left, priority)
  local leavers = clients[client]
  if not leavers then
    leavers = {client = client, priority = priority, ids = {}}
    clients[client] = leavers
    left[#left + 1] = leavers
  end
  leavers.ids[#leavers.ids + 1] = id
end

-- Lets those who wait have what is given back. To be called once, after the last leave and before wake.
local function let_leave()
  local waiting = {}
  for n, leavers in ipairs(left) do
    -- What is wrong with the keys of one client keeps nothing of the others' from being written.
    redis.pcall('SREM', share_of(leavers.client, leavers.priority), unpack(leavers.ids))
    waiting[n] = waiting_of(leavers.client, leavers.priority)
  end
  if #waiting == 0 or redis.call('EXISTS', unpack(waiting)) == 0 then return end
  for _, leavers in ipairs(left) do pcall(move_up, leavers.client, leavers.priority, #leavers.ids + 3) end
end

-- Takes a queued or delayed job from where it waits.
local function withdraw(id, client, priority, place)
  redis.call('ZREM', shard .. 'delayed', id)
  if place == 'waiting' then
    redis.call('ZREM', waiting_of(client, priority), id)
  elseif place == 'front' then
    redis.call('ZREM', shard .. 'front', id)
  elseif place and string.match(place, '^%d+%-%d+$') then
    redis.call('XDEL', shard .. 's:' .. priority, place)
  end
end

-- Wakes an idle worker for each job that has come in line. To be called once, at the end.
local function wake()
  if entered <= 0 then return end
  local room, calls = 128 - redis.call('LLEN', shard .. 'wake'), {}
  for n = 1, math.min(entered, room) do calls[n] = '1' end
  if #calls > 0 then redis.call('LPUSH', shard .. 'wake', unpack(calls)) end
end
