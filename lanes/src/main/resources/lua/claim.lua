#!lua flags=allow-oom
-- Hands queued jobs to a worker, each with a fresh token and a lease.
--
-- KEYS  1 lease   2 meta   3 events   4 what this claim has taken   5… work streams, the most urgent first
-- ARGV  1 key prefix of the shard   2 lease, ms   3 longest events stream   4… one token for each job wanted
-- Returns one list for each claimed job:
--         {id, token, attempt, client, type, parameters, input chunks, input bytes, tier}
--
-- Invariant: a stream entry is taken once, and a job is active exactly while a token and a lease are on it. Asked again
-- with the same tokens (an answer that was lost on its way), the script answers with the same jobs, as far as they are
-- still held, and takes no others.
-- Records' keys are made from the prefix: they share the shard's slot. Looks at no more than wanted + 16 entries.
local prefix, lease = ARGV[1], tonumber(ARGV[2])
local wanted = #ARGV - 3
local looks = wanted + 16
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease_end = string.format('%.0f', now + lease)
local claimed = {}

local function describe(id, token)
  local f = redis.call('HMGET', prefix .. 'j:' .. id, 'attempt', 'client', 'type', 'parameters', 'inChunks', 'inBytes',
    'tier')
  return {id, token, tonumber(f[1]), f[2], f[3], f[4], f[5], f[6], f[7]}
end

local before = redis.call('LRANGE', KEYS[4], 0, -1)
if #before > 0 then
  for n, id in ipairs(before) do
    local token = ARGV[3 + n]
    if redis.call('HGET', prefix .. 'j:' .. id, 'token') == token then claimed[#claimed + 1] = describe(id, token) end
  end
  return claimed
end

for k = 5, #KEYS do
  while #claimed < wanted and looks > 0 do
    local head = redis.call('XRANGE', KEYS[k], '-', '+', 'COUNT', math.min(wanted - #claimed, looks))
    if #head == 0 then break end
    for _, entry in ipairs(head) do
      looks = looks - 1
      redis.call('XDEL', KEYS[k], entry[1])
      local id = entry[2][2]
      local record = prefix .. 'j:' .. id
      if redis.call('HGET', record, 'state') == 'queued' then
        local token = ARGV[4 + #claimed]
        redis.call('HINCRBY', record, 'attempt', 1)
        redis.call('HSET', record, 'state', 'active', 'token', token, 'progress', '0')
        redis.call('HSETNX', record, 'started', string.format('%.0f', now))
        redis.call('ZADD', KEYS[1], lease_end, id)
        redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[3], '*', 'id', id, 'state', 'active')
        redis.call('RPUSH', KEYS[4], id)
        claimed[#claimed + 1] = describe(id, token)
      else
        redis.call('HINCRBY', KEYS[2], 'entriesSkipped', 1)
      end
    end
  end
end
if #claimed > 0 then redis.call('PEXPIRE', KEYS[4], 2 * lease) end
return claimed
