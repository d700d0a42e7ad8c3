#!lua flags=allow-oom
-- Hands queued jobs to a worker, each with a fresh token and a lease.
--
-- KEYS  1 lease   2 meta   3 events   4… work streams, the most urgent first
-- ARGV  1 key prefix of the shard   2 lease, ms   3 longest events stream   4… one token for each job wanted
-- Returns one list for each claimed job:
--         {id, token, attempt, attempts allowed, client, tier, type, parameters, input chunks, input bytes, traceparent}
--
-- Invariant: a stream entry is taken once, and a job is active exactly while a token and a lease are on it.
-- Records' keys are made from the prefix: they share the shard's slot. Looks at no more than wanted + 16 entries.
local prefix, lease = ARGV[1], tonumber(ARGV[2])
local wanted = #ARGV - 3
local looks = wanted + 16
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease_end = string.format('%.0f', now + lease)
local claimed = {}

for k = 4, #KEYS do
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
        local attempt = redis.call('HINCRBY', record, 'attempt', 1)
        redis.call('HSET', record, 'state', 'active', 'token', token, 'leaseEnd', lease_end, 'progress', '0')
        redis.call('HSETNX', record, 'started', string.format('%.0f', now))
        redis.call('ZADD', KEYS[1], lease_end, id)
        redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[3], '*', 'id', id, 'state', 'active')
        local f = redis.call('HMGET', record, 'maxAttempts', 'client', 'tier', 'type', 'parameters', 'inChunks', 'inBytes', 'traceparent')
        claimed[#claimed + 1] = {id, token, attempt, f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8]}
      else
        redis.call('HINCRBY', KEYS[2], 'entriesSkipped', 1)
      end
    end
  end
end
return claimed
