-- Part: the shard a script works on, and the time.
--
-- KEYS[1] is the shard's meta, which names the shard. Every other key is made from its tag and so lies in the same slot;
-- JobKeys says what each one holds. ARGV[1] is the longest events stream, in every script with this part.
local shard = string.sub(KEYS[1], 1, -5)
local clock = redis.call('TIME')
local now_ms = clock[1] * 1000 + math.floor(clock[2] / 1000)
local now = string.format('%d', now_ms)
local now_us = string.format('%d', clock[1] * 1000000 + clock[2])

local function record_of(id)
  return shard .. 'j:' .. id
end

local function after(ms)
  return string.format('%d', now_ms + tonumber(ms))
end

-- What a call writes into keys that all jobs share is gathered and written at its end, one command for each key instead
-- of one for each job. A script that gathers, counts or tells ends with write_gathered.
local gathered, counted, told = {}, {}, {}

-- The table under a key of another one; a new one where there was none.
local function inner(outer, key)
  local found = outer[key]
  if not found then
    found = {}
    outer[key] = found
  end
  return found
end

-- A set's command for one more member: ZADD with a score first, ZREM without. Commands go out in the order of their first
-- members.
local function gather(command, set, member, score)
  local sets = inner(gathered, command)
  local words = sets[set]
  if not words then
    words = {command, shard .. set}
    sets[set] = words
    gathered[#gathered + 1] = words
  end
  words[#words + 1] = score or member
  if score then words[#words + 1] = member end
end

local function count(what, n)
  counted[what] = (counted[what] or 0) + n
end

local function tell(id, state)
  told[#told + 1] = id
  told[#told + 1] = state
end

local function write_gathered()
  for _, words in ipairs(gathered) do redis.call(unpack(words)) end
  for what, n in pairs(counted) do
    if n ~= 0 then redis.call('HINCRBY', KEYS[1], what, string.format('%d', n)) end
  end
  if #told > 0 then redis.call('XADD', shard .. 'events', 'MAXLEN', '~', ARGV[1], '*', unpack(told)) end
end
