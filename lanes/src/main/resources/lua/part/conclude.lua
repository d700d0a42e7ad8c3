-- Part: the end of a job. After parts shard and line.

-- What most steps need to know of a job; state is nil where there is no record. What is missing or no number in a corrupt
-- record is read so that every step can go on.
local function job_of(id)
  local f = redis.pcall('HMGET', record_of(id), 'state', 'token', 'client', 'priority', 'attempt', 'maxAttempts', 'allowance',
    'inStored', 'endedBy', 'cancelAsked', 'place', 'endedAs', 'reservation')
  if f.err then f = {} end
  local function number(text)
    return tonumber(text or '0') or 0
  end
  return {
    state = f[1], token = f[2], client = f[3] or '', priority = f[4] or '2', attempt = number(f[5]), max_attempts = number(f[6]),
    allowance = number(f[7]), in_stored = number(f[8]), ended_by = f[9], cancel_asked = f[10], place = f[11],
    ended_as = f[12], reservation = f[13],
  }
end

-- Says what becomes of the reservation that a job is paid by: it is given back where the job has failed for a reason of ours
-- (our_fault), or was cancelled before it ever ran.
local function settle(job, state)
  if not job.reservation then return end
  local back = job.our_fault or state == 'cancelled' and job.attempt == 0
  redis.call('XADD', shard .. 'settle', '*', 'client', job.client, 'reservation', job.reservation,
    'charge', back and 'back' or 'kept')
end

-- Ends a job: its record, its places, its bytes, its event. What it held in line goes to the next of its client.
-- output: bytes that the output holds. fields: more fields of the record, name and value by turns.
local function conclude(id, job, state, retention, output, fields)
  local expires = after(retention)
  redis.call('HSET', record_of(id), 'state', state, 'finished', now, 'expires', expires, 'allowance', '0', 'token', '',
    unpack(fields))
  redis.call('ZREM', shard .. 'lease', id)
  redis.call('ZREM', shard .. 'open', id)
  redis.call('ZADD', shard .. 'ended', expires, id)
  count('bytes', output - job.allowance)
  count('endedBytes', output + job.in_stored)
  tell(id, state)
  settle(job, state)
  leave(id, job.client, job.priority)
end

-- Ends a job whose attempts are spent as a dead letter.
local function bury(id, job, retention, fields)
  job.our_fault = true
  conclude(id, job, 'failed', retention, 0, fields)
  redis.call('ZADD', shard .. 'dead', now, id)
  count('deadBytes', job.in_stored)
end
