-- Part: the shard a script works on, and the time.
--
-- KEYS[1] is the shard's meta, which names the shard. Every other key is made from its tag and so lies in the same slot;
-- JobKeys says what each one holds. ARGV[1] is the longest events stream, in every script with this part.
local shard = string.sub(KEYS[1], 1, -5)
local clock = redis.call('TIME')
local now_ms = clock[1] * 1000 + math.floor(clock[2] / 1000)
local now = string.format('%.0f', now_ms)
local now_us = string.format('%.0f', clock[1] * 1000000 + clock[2])

local function record_of(id)
  return shard .. 'j:' .. id
end

local function after(ms)
  return string.format('%.0f', now_ms + tonumber(ms))
end

local function count(what, n)
  if n ~= 0 then redis.call('HINCRBY', KEYS[1], what, string.format('%.0f', n)) end
end

local function tell(id, state)
  redis.call('XADD', shard .. 'events', 'MAXLEN', '~', ARGV[1], '*', 'id', id, 'state', state)
end
