#!lua flags=allow-oom
-- Ends an attempt: publishes its result, records its failure, or puts the job back in line.
--
-- KEYS  1 record   2 lease   3 open   4 ended   5 events   6 meta   7 work stream   8 wake   9… output chunks
-- ARGV  1 job id   2 token   3 outcome: succeeded | failed | again   4 retention, ms   5 longest events stream
--       6 result (JSON, '' for none)   7 output media type   8 output bytes   9 output bytes as stored   10 output sha-256
--       11 failure code   12 failure message   13 line   14 column ('' where there is none)
--       15 whether the same input may succeed another time: 1 | 0   16 longest wake list
-- Returns 'OK' | 'LOST' | 'OUTPUT_GONE'
--
-- Invariant: only the token on the record ends the job, and it does so once; asked again with the same token
-- (an answer that was lost on its way), the script answers OK and changes nothing.
local record, id, token, outcome = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local f = redis.call('HMGET', record, 'state', 'token', 'endedBy', 'attempt', 'maxAttempts', 'allowance')
if f[3] == token then return 'OK' end
if f[1] ~= 'active' or f[2] ~= token then
  redis.call('HINCRBY', KEYS[6], 'staleFinishesRefused', 1)
  return 'LOST'
end
for k = 9, #KEYS do
  if redis.call('EXISTS', KEYS[k]) == 0 then return 'OUTPUT_GONE' end
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at = string.format('%.0f', now)
redis.call('HDEL', record, 'token')
redis.call('ZREM', KEYS[2], id)
redis.call('HSET', record, 'endedBy', token)

if outcome == 'again' and tonumber(f[4]) < tonumber(f[5]) then
  redis.call('HSET', record, 'state', 'queued', 'progress', '0')
  redis.call('XADD', KEYS[7], '*', 'id', id)
  redis.call('LPUSH', KEYS[8], '1')
  redis.call('LTRIM', KEYS[8], 0, tonumber(ARGV[16]) - 1)
  redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[5], '*', 'id', id, 'state', 'queued')
  return 'OK'
end

local state = outcome == 'succeeded' and 'succeeded' or 'failed'
local expires = string.format('%.0f', now + tonumber(ARGV[4]))
redis.call('HSET', record, 'state', state, 'finished', at, 'expires', expires, 'allowance', '0')
if state == 'succeeded' then
  for k = 9, #KEYS do redis.call('PERSIST', KEYS[k]) end
  local stored = tonumber(ARGV[9]) + #ARGV[6]
  redis.call('HSET', record, 'progress', '1', 'result', ARGV[6], 'outToken', token, 'outChunks', tostring(#KEYS - 8),
    'outType', ARGV[7], 'outBytes', ARGV[8], 'outStored', tostring(stored), 'outSha256', ARGV[10])
  redis.call('HINCRBY', KEYS[6], 'bytes', string.format('%.0f', stored - tonumber(f[6])))
else
  redis.call('HSET', record, 'failCode', ARGV[11], 'failMessage', ARGV[12], 'failLine', ARGV[13], 'failColumn', ARGV[14],
    'failRetryable', ARGV[15])
  redis.call('HINCRBY', KEYS[6], 'bytes', string.format('%.0f', -tonumber(f[6])))
end
redis.call('ZREM', KEYS[3], id)
redis.call('ZADD', KEYS[4], expires, id)
redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[5], '*', 'id', id, 'state', state)
return 'OK'
