-- Part: the end of a job. After parts shard, status and line.

local RANKS = {['0'] = true, ['1'] = true, ['2'] = true}

-- Of the lasting words: client, priority, attempts allowed, stored bytes of the input, reservation.
local WHOSE = '^%S+ (%S+) (%S+) %S+ %S+ (%S+) %S+ %S+ (%S+) (%S+)'

local function number(text)
  return tonumber(text or '0') or 0
end

-- What most steps need to know of a job: the words of its status, and more by name. There are no words where there is no
-- record. What is missing or no number in a corrupt record is read so that every step can go on.
local function job_of(id)
  local f = redis.pcall('HMGET', record_of(id), 'status', 'cancelAsked', 'log')
  local job = words(f[1])
  local client, priority, most, stored, reservation = string.match(job[LASTING] or '', WHOSE)
  job.client, job.priority = client or '', RANKS[priority] and priority or '2'
  job.attempt, job.max_attempts, job.in_stored = number(job[ATTEMPT]), number(most), number(stored)
  job.reservation = reservation ~= NONE and reservation
  job.cancel_asked, job.log = f[2], f[3]
  job.more = {}
  return job
end

-- Has another field of the record written along with the status.
local function note(job, name, value)
  local more = job.more
  more[#more + 1] = name
  more[#more + 1] = value
end

local function write(id, job)
  redis.call('HSET', record_of(id), 'status', status_text(job), unpack(job.more))
end

-- Takes the token off: the attempt is over, the job is not.
local function let_go(id, job, state)
  gather('ZREM', 'lease', id)
  job[STATE], job[TOKEN] = state, NONE
  write(id, job)
  redis.call('HDEL', record_of(id), 'progress')
  tell(id, state)
end

-- Says what becomes of the reservation that a job is paid by: it is given back where the job has failed for a reason of ours
-- (our_fault), or was cancelled before it ever ran.
local function settle(job, state)
  if not job.reservation then return end
  local back = job.our_fault or state == 'cancelled' and job.attempt == 0
  redis.call('XADD', shard .. 'settle', '*', 'client', job.client, 'reservation', job.reservation,
    'charge', back and 'back' or 'kept')
end

-- Moves a job whose record has ended: its places, its bytes, its event. What it held in line goes to the next of its client,
-- by let_leave; all that is gathered is written by write_gathered.
-- allowance, output: bytes that were set aside for the output, and that it holds.
local function move_out(id, state, expires, allowance, output, stored, client, priority)
  count('bytes', output - allowance)
  count('endedBytes', output + stored)
  gather('ZREM', 'lease', id)
  gather('ZREM', 'open', id)
  gather('ZADD', 'ended', id, expires)
  tell(id, state)
  leave(id, client, priority)
end

-- Ends a job.
-- expires: ms.   output: bytes that the output holds.
local function conclude(id, job, state, expires, output)
  local allowance = number(job[ALLOWANCE])
  job[STATE], job[FINISHED], job[EXPIRES], job[ALLOWANCE], job[TOKEN] = state, now, expires, '0', NONE
  write(id, job)
  move_out(id, state, expires, allowance, output, job.in_stored, job.client, job.priority)
  settle(job, state)
end

-- Ends a job whose attempts are spent as a dead letter.
local function bury(id, job, expires, failure)
  job.our_fault = true
  note(job, 'failure', failure)
  conclude(id, job, 'failed', expires, 0)
  gather('ZADD', 'dead', id, now)
  count('deadBytes', job.in_stored)
end
