#!lua flags=allow-oom
-- Takes jobs back whose lease has lapsed: their worker is gone, or too slow to know it.
--
-- KEYS  1 lease   2 work stream   3 open   4 ended   5 events   6 meta   7 wake
-- ARGV  1 key prefix of the shard   2 most jobs to take   3 retention, ms   4 longest events stream
--       5 longest wake list   6 lease, ms   7 the longest pause between two calls that is no outage, ms
-- Returns {jobs back in line, jobs whose attempts are spent}
--
-- Invariant: after it, no job is active under a lapsed lease, and the old token is on no record, so a stale
-- finish is refused. Bounded by ARGV 2. After a pause that is an outage it takes nothing for one lease, so that those
-- who waited through it can renew or finish first; the pause is told from the data, which no late call can get round.
local prefix = ARGV[1]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at = string.format('%.0f', now)
local requeued, spent = 0, 0

local seen = redis.call('HMGET', KEYS[6], 'reapedAt', 'quietUntil')
redis.call('HSET', KEYS[6], 'reapedAt', at)
local quiet_until = tonumber(seen[2] or '0')
if seen[1] and now - tonumber(seen[1]) > tonumber(ARGV[7]) then
  quiet_until = now + tonumber(ARGV[6])
  redis.call('HSET', KEYS[6], 'quietUntil', string.format('%.0f', quiet_until))
end
if now < quiet_until then return {0, 0} end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', at, 'LIMIT', 0, tonumber(ARGV[2]))) do
  local record = prefix .. 'j:' .. id
  redis.call('ZREM', KEYS[1], id)
  local f = redis.call('HMGET', record, 'state', 'attempt', 'maxAttempts', 'allowance')
  if f[1] == 'active' then
    local state = 'queued'
    redis.call('HDEL', record, 'token')
    if tonumber(f[2]) < tonumber(f[3]) then
      redis.call('HSET', record, 'state', state, 'progress', '0')
      redis.call('XADD', KEYS[2], '*', 'id', id)
      redis.call('LPUSH', KEYS[7], '1')
      redis.call('LTRIM', KEYS[7], 0, tonumber(ARGV[5]) - 1)
      requeued = requeued + 1
    else
      state = 'failed'
      local expires = string.format('%.0f', now + tonumber(ARGV[3]))
      redis.call('HSET', record, 'state', state, 'finished', at, 'expires', expires, 'allowance', '0', 'failCode', 'ATTEMPTS_SPENT',
        'failMessage', 'every attempt ended without an answer from its worker', 'failLine', '', 'failColumn', '', 'failRetryable', '1')
      redis.call('HINCRBY', KEYS[6], 'bytes', string.format('%.0f', -tonumber(f[4])))
      redis.call('ZREM', KEYS[3], id)
      redis.call('ZADD', KEYS[4], expires, id)
      spent = spent + 1
    end
    redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[4], '*', 'id', id, 'state', state)
  end
end
if requeued + spent > 0 then redis.call('HINCRBY', KEYS[6], 'leasesLapsed', requeued + spent) end
return {requeued, spent}
