-- Part: claiming. After part shard.

-- The heads of the lines, each with the time by which it is compared: the ms of its entry, later by the ageing step for
-- each priority below the first.
local function heads(wanted, ageing)
  local lines, some = {}, false
  for priority = 0, 2 do
    local entries = redis.call('XRANGE', shard .. 's:' .. priority, '-', '+', 'COUNT', wanted)
    some = some or #entries > 0
    lines[priority] = {entries = entries, at = 1, later = priority * ageing}
  end
  return lines, some
end

local function most_urgent(lines)
  local best, best_time
  for priority = 0, 2 do
    local line = lines[priority]
    local entry = line.entries[line.at]
    if entry then
      local time = tonumber(string.match(entry[1], '^%d+')) + line.later
      if not best or time < best_time then best, best_time = priority, time end
    end
  end
  return best
end

local function describe(id, token, f)
  return {id, token, tonumber(f[3]), f[4], f[5], f[6], f[7], tonumber(f[8]), tonumber(f[9]),
    tonumber(f[12]) - (tonumber(f[10]) or tonumber(f[12])), f[13] or ''}
end

local function fields_of(id)
  local f = redis.pcall('HMGET', record_of(id), 'state', 'place', 'attempt', 'client', 'tier', 'type', 'parameters', 'inChunks',
    'inBytes', 'since', 'started', 'claimed', 'traceparent')
  if f.err then return {} end
  return f
end

-- Claims a job if its record says that it stands at this place; nil if not, or if the record cannot be worked with.
local function claim_one(id, place, token, lease_end)
  local f = fields_of(id)
  if f[1] ~= 'queued' or f[2] ~= place or not (tonumber(f[3]) and f[4] and f[5] and f[6] and f[7] and tonumber(f[8]) and tonumber(f[9]))
  then
    count('entriesSkipped', 1)
    return nil
  end
  f[3], f[12] = tonumber(f[3]) + 1, now
  redis.call('HSET', record_of(id), 'state', 'active', 'place', '', 'token', token, 'attempt', string.format('%.0f', f[3]),
    'progress', '0', 'claimed', now, 'started', f[11] or now)
  gather('ZADD', 'lease', id, lease_end)
  tell(id, 'active')
  return describe(id, token, f)
end

-- The jobs that an earlier call took with the same tokens, as far as they are still held; nil if there was none.
local function claimed_before(first)
  local before = redis.call('GET', shard .. 'k:' .. ARGV[first])
  if not before then return nil end
  local claimed, n = {}, 0
  for id in string.gmatch(before, '%S+') do
    local token = ARGV[first + n]
    n = n + 1
    if redis.pcall('HGET', record_of(id), 'token') == token then
      local f = fields_of(id)
      claimed[#claimed + 1] = describe(id, token, f)
    end
  end
  return claimed
end

-- Claims a job for each token from ARGV[first] on, as far as there are any. Looks at few more entries than that.
local function claim(first, lease, ageing)
  local wanted = #ARGV - first + 1
  if wanted < 1 then return {} end
  local before = claimed_before(first)
  if before then return before end
  if redis.call('HGET', KEYS[1], 'paused') == '1' then return {} end

  local lease_end, claimed, ids = after(lease), {}, {}
  local function take(id, place)
    local job = claim_one(id, place, ARGV[first + #claimed], lease_end)
    if job then
      claimed[#claimed + 1] = job
      ids[#ids + 1] = id
    end
  end

  local front = redis.call('ZPOPMIN', shard .. 'front', wanted)
  for n = 1, #front, 2 do take(front[n], 'front') end

  local looks = wanted + 16
  while #claimed < wanted and looks > 0 do
    local lines, some = heads(math.min(wanted - #claimed, looks), ageing)
    if not some then
      redis.call('DEL', shard .. 'wake')
      break
    end
    local taken = {[0] = {}, {}, {}}
    local priority = most_urgent(lines)
    while priority and #claimed < wanted and looks > 0 do
      local line = lines[priority]
      local entry = line.entries[line.at]
      line.at, looks = line.at + 1, looks - 1
      taken[priority][#taken[priority] + 1] = entry[1]
      take(entry[2][2], entry[1])
      priority = most_urgent(lines)
    end
    for p = 0, 2 do
      if #taken[p] > 0 then redis.call('XDEL', shard .. 's:' .. p, unpack(taken[p])) end
    end
  end

  if #ids > 0 then
    redis.call('SET', shard .. 'k:' .. ARGV[first], table.concat(ids, ' '), 'PX', string.format('%.0f', 2 * lease))
  end
  return claimed
end
