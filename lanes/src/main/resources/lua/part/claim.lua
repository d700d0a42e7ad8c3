-- Part: claiming. After parts shard, layout, status and input.

-- Inputs of one chunk come along with a claim, in bytes as stored: those of so many at the most, together no more than so many,
-- by what the records tell. Below that a worker pays more for asking than Redis does for bringing, which hashes every byte of
-- what a script reads.
local LONGEST_INPUT, MOST_INPUT = 8 * 1024, 256 * 1024

-- Of a queued job that a worker can go by: place, attempt, since and started, chunks and stored bytes of the input; the words
-- from due on are sound.
local QUEUED = '^queued (%S+) (%d+) %S+ (%d+) (%S+) %S+() %S+ %S+ %S+ %S+ %S+ %S+ ' .. SOUND

-- The status of a job that is claimed at a place, chunks and stored bytes of its input; nil where it does not stand there, or a
-- worker cannot go by it. It is matched as one, which costs a claim less than all words of it.
local function claimed_status(status, place, token)
  if type(status) ~= 'string' then return nil end
  local stands, attempt, since, started, rest, chunks, stored = string.match(status, QUEUED)
  if stands ~= place then return nil end
  if started == NONE then started = now end
  local active = 'active - ' .. attempt + 1 .. ' ' .. token .. ' ' .. since .. ' ' .. started .. ' ' .. now .. string.sub(status, rest)
  return active, chunks, stored
end

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

-- Takes an entry and all before it out of a line: at once, where XDEL would look for each from the beginning of its node.
local function take_up_to(priority, entry)
  local ms, number = string.match(entry, '^(%d+)%-(%d+)$')
  redis.call('XTRIM', shard .. 's:' .. priority, 'MINID', '=', string.format('%s-%d', ms, number + 1))
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

-- What a worker gets, as it stands in the record; nothing of it where there is no record.
local function work_of(record)
  return redis.pcall('HMGET', record, 'status', 'parameters', 'traceparent')
end

-- What a worker is told of a job; its input is left to bring_inputs.
local function told_of(id, status, work, chunks, stored)
  return {id, status, work[2], work[3] or '', '', only = chunks == '1' and tonumber(stored)}
end

-- Adds inputs that are small. One that is gone is left for its worker to miss.
local function bring_inputs(jobs)
  local small, reads, bytes = {}, {'MGET'}, 0
  for _, job in ipairs(jobs) do
    if job.only and job.only <= LONGEST_INPUT and bytes + job.only <= MOST_INPUT then
      bytes = bytes + job.only
      small[#small + 1] = job
      reads[#reads + 1] = input_of(job[1], 0)
    end
  end
  if #small == 0 then return end
  for n, input in ipairs(redis.call(unpack(reads))) do small[n][5] = input or '' end
end

-- Claims a job if its record says that it stands at this place; nil if not, or if the record cannot be worked with.
local function claim_one(id, place, token, lease_end)
  local record = record_of(id)
  local work = work_of(record)
  local status, chunks, stored = claimed_status(work[1], place, token)
  if not (status and work[2]) then
    count('entriesSkipped', 1)
    return nil
  end
  redis.call('HSET', record, 'status', status)
  gather('ZADD', 'lease', id, lease_end)
  tell(id, 'active')
  return told_of(id, status, work, chunks, stored)
end

-- The jobs that an earlier call took with the same tokens, as far as they are still held; nil if there was none.
local function claimed_before(first)
  local before = redis.call('GET', shard .. 'k:' .. ARGV[first])
  if not before then return nil end
  local claimed, n = {}, 0
  for id in string.gmatch(before, '%S+') do
    local token = ARGV[first + n]
    n = n + 1
    local work = work_of(record_of(id))
    local job = words(work[1])
    if job[TOKEN] == token and work[2] then
      claimed[#claimed + 1] = told_of(id, work[1], work, string.match(job[LASTING], SOUND))
    end
  end
  bring_inputs(claimed)
  return claimed
end

-- Claims a job for each token from ARGV[first] on, as far as there are any. Looks at few more entries than that.
-- again: whether the call is one that was asked before; if it finds nothing, the other, still on its way, is to find nothing.
local function claim(first, lease, ageing, again)
  local wanted = #ARGV - first + 1
  if wanted < 1 then return {} end
  local before = claimed_before(first)
  if before then return before end
  local function note_tokens(ids)
    redis.call('SET', shard .. 'k:' .. ARGV[first], table.concat(ids, ' '), 'PX', string.format('%d', 2 * lease))
  end

  local head = redis.call('HMGET', KEYS[1], 'paused', 'format')
  if head[2] and head[2] ~= FORMAT then return {} end
  if head[1] == '1' then
    if again then note_tokens({}) end
    return {}
  end

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
      if #front < 2 * wanted then redis.call('DEL', shard .. 'wake') end
      break
    end
    local last = {}
    local priority = most_urgent(lines)
    while priority and #claimed < wanted and looks > 0 do
      local line = lines[priority]
      local entry = line.entries[line.at]
      line.at, looks = line.at + 1, looks - 1
      last[priority] = entry[1]
      take(entry[2][2], entry[1])
      priority = most_urgent(lines)
    end
    for p, entry in pairs(last) do take_up_to(p, entry) end
  end

  if #ids > 0 or again then note_tokens(ids) end
  bring_inputs(claimed)
  return claimed
end
