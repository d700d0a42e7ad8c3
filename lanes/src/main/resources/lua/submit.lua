#!lua
-- Accepts one job, or says why not; the input chunks are there already, under a TTL.
--
-- Not allow-oom: a Redis that is full refuses new work whole, and nothing is half-accepted.
--
-- KEYS  1 record   2 work stream   3 open   4 the client's jobs   5 meta   6 wake
--       7 idempotency entry (any key of the shard where there is none)   8… input chunks
-- ARGV  1 job id   2 client   3 tier   4 type   5 parameters (JSON)   6 attempts allowed
--       7 input bytes as sent   8 input bytes as stored   9 bytes allowed for the output
--       10 byte budget (0: none)   11 idempotency fingerprint ('' where there is no key)
--       12 idempotency TTL, ms   13 traceparent ('' for none)   14 longest wake list
-- Returns {'ACCEPTED', id, created ms} | {'SAME', id of the first} | {'CONFLICT'} | {'BUDGET'} | {'INPUT_GONE'}
--
-- Invariant: a job that is ACCEPTED has a record, all its input without a TTL, a place among the open jobs
-- and a stream entry; any other answer leaves nothing behind.
local id, fingerprint = ARGV[1], ARGV[11]

if fingerprint ~= '' then
  local first = redis.call('HMGET', KEYS[7], 'id', 'fingerprint')
  if first[1] then
    if first[2] == fingerprint then return {'SAME', first[1]} end
    return {'CONFLICT'}
  end
end
if redis.call('EXISTS', KEYS[1]) == 1 then return {'SAME', id} end

local held = tonumber(redis.call('HGET', KEYS[5], 'bytes') or '0')
local need = tonumber(ARGV[8]) + tonumber(ARGV[9])
local budget = tonumber(ARGV[10])
if budget > 0 and held + need > budget then return {'BUDGET'} end

for k = 8, #KEYS do
  if redis.call('EXISTS', KEYS[k]) == 0 then return {'INPUT_GONE'} end
end
for k = 8, #KEYS do redis.call('PERSIST', KEYS[k]) end

local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1],
  'id', id, 'client', ARGV[2], 'tier', ARGV[3], 'type', ARGV[4], 'parameters', ARGV[5],
  'state', 'queued', 'attempt', '0', 'maxAttempts', ARGV[6], 'created', now,
  'inBytes', ARGV[7], 'inStored', ARGV[8], 'inChunks', tostring(#KEYS - 7), 'allowance', ARGV[9],
  'traceparent', ARGV[13])
redis.call('ZADD', KEYS[3], now, id)
redis.call('ZADD', KEYS[4], now, id)
redis.call('HINCRBY', KEYS[5], 'bytes', string.format('%.0f', need))
redis.call('XADD', KEYS[2], '*', 'id', id)
if fingerprint ~= '' then
  redis.call('HSET', KEYS[7], 'id', id, 'fingerprint', fingerprint)
  redis.call('PEXPIRE', KEYS[7], ARGV[12])
end
if redis.call('LLEN', KEYS[6]) < tonumber(ARGV[14]) then redis.call('LPUSH', KEYS[6], '1') end
return {'ACCEPTED', id, now}
