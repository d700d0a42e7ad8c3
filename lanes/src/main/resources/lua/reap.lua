#!lua flags=allow-oom
-- Takes jobs back whose lease has lapsed: their worker is gone, or too slow to know it.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 retention, ms   6 retention of dead letters, ms
--       7 lease, ms   8 most jobs to take   9 the longest pause between two calls that is no outage, ms
--       10 first backoff, ms   11 longest backoff, ms
-- Returns {jobs back in line or delayed, jobs whose attempts are spent, leases looked at}
--
-- Invariant: after it, no job is active under a lapsed lease, and the old token is on no record, so a stale
-- finish is refused. Bounded by ARGV 8. After a pause that is an outage it takes nothing for one lease, so that those
-- who waited through it can renew or finish first; the pause is told from the data, which no late call can get round.
-- include: shard
-- include: layout
-- include: status
-- include: line
-- include: conclude
local misfit = format_misfit()
if misfit then return misfit end

local UNANSWERED = 'ATTEMPTS_SPENT - - 1 every attempt ended without an answer from its worker'
local requeued, spent = 0, 0

local seen = redis.call('HMGET', KEYS[1], 'reapedAt', 'quietUntil')
redis.call('HSET', KEYS[1], 'reapedAt', now)
local quiet_until = tonumber(seen[2] or '0')
-- Further ahead than a lease it is of a clock that was put back since.
if quiet_until > now_ms + tonumber(ARGV[7]) then quiet_until = 0 end
if seen[1] and now_ms - tonumber(seen[1]) > tonumber(ARGV[9]) then
  quiet_until = now_ms + tonumber(ARGV[7])
  redis.call('HSET', KEYS[1], 'quietUntil', string.format('%.0f', quiet_until))
end
if now_ms < quiet_until then return {0, 0, 0} end

-- A job may be what kills its workers. One that was lost before comes back at a time of its own, so that those which were
-- lost beside it are not lost beside it again. Evenly spread by a hash, since scripts throw no dice.
local function apart(id, job)
  local bound = math.min(tonumber(ARGV[10]) * 2 ^ (job.attempt - 1), tonumber(ARGV[11]))
  job[SINCE], job[DUE] = now, after(tonumber(string.sub(redis.sha1hex(id .. now), 1, 8), 16) % (bound + 1))
  redis.call('ZADD', shard .. 'delayed', job[DUE], id)
  let_go(id, job, 'delayed')
  leave(id, job.client, job.priority)
end

local function take_back(id, job)
  if job.cancel_asked then
    conclude(id, job, 'cancelled', after(ARGV[5]), 0)
  elseif job.attempt < job.max_attempts and job.attempt > 1 then
    apart(id, job)
    requeued = requeued + 1
  elseif job.attempt < job.max_attempts then
    job[PLACE], job[SINCE] = to_front(id), now
    let_go(id, job, 'queued')
    requeued = requeued + 1
  else
    -- An attempt that did answer says more than those that did not.
    bury(id, job, after(ARGV[6]), redis.call('HGET', record_of(id), 'failure') or UNANSWERED)
    spent = spent + 1
  end
end

local lapsed = redis.call('ZRANGEBYSCORE', shard .. 'lease', '-inf', now, 'LIMIT', 0, tonumber(ARGV[8]))
for _, id in ipairs(lapsed) do
  redis.call('ZREM', shard .. 'lease', id)
  local job = job_of(id)
  if job[STATE] == 'active' then take_back(id, job) end
end
count('leasesLapsed', requeued + spent)
let_leave()
wake()
write_gathered()
return {requeued, spent, #lapsed}
