#!lua flags=allow-oom
-- Ends attempts, and claims the next jobs for whoever ended them.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 retention, ms   6 retention of dead letters, ms
--       7 lease, ms   8 ageing step, ms   9 number of endings, e
--       10… e times eleven: id, token, outcome, log lines to add ('' for none), and by outcome
--         succeeded: result (JSON), media type, bytes, bytes as stored, sha-256, chunks, the only chunk ('' where stored)
--         failed | again: code, message, line, column ('' for none), whether it may succeed another time 1 | 0, delay ms, ''
--         cancelled | back: seven times ''
--       then one token for each job wanted
-- Returns {'OK' | 'LOST' | 'OUTPUT_GONE' for each ending, one list for each claimed job as in claim.lua}
--
-- Invariant: only the token on the record ends an attempt, and it does so once; asked again for the same ending with the
-- same token (an answer that was lost on its way), the script answers OK and changes nothing. A job that fails for now is delayed,
-- or a dead letter where its attempts are spent. A job given back goes first in line and keeps its attempts.
-- include: shard
-- include: line
-- include: conclude
-- include: claim
local FIRST, WIDTH, LONGEST_LOG = 10, 11, 8192

-- The fields that say who ended the attempt and how, and more.
local function ended(token, outcome, ...)
  return {'endedBy', token, 'endedAs', outcome, ...}
end

local function publish(id, token, job, a)
  local chunks, inline = tonumber(ARGV[a + 9]), ARGV[a + 10]
  local function output(k)
    return shard .. 'out:' .. id .. ':' .. token .. ':' .. k
  end
  if inline ~= '' then
    redis.call('SET', output(0), inline)
  else
    for k = 0, chunks - 1 do
      if redis.call('EXISTS', output(k)) == 0 then return 'OUTPUT_GONE' end
    end
    for k = 0, chunks - 1 do redis.call('PERSIST', output(k)) end
  end
  local stored = tonumber(ARGV[a + 7]) + #ARGV[a + 4]
  conclude(id, job, 'succeeded', ARGV[5], stored, ended(token, 'succeeded', 'progress', '1', 'result', ARGV[a + 4],
    'outToken', token, 'outChunks', ARGV[a + 9], 'outType', ARGV[a + 5], 'outBytes', ARGV[a + 6],
    'outStored', string.format('%.0f', stored), 'outSha256', ARGV[a + 8]))
  return 'OK'
end

-- Takes the token off: the attempt is over, the job is not.
local function let_go(id, state, fields)
  redis.call('ZREM', shard .. 'lease', id)
  redis.call('HSET', record_of(id), 'state', state, 'token', '', 'progress', '0', unpack(fields))
  tell(id, state)
end

local function fail(id, token, job, a, outcome)
  local failure = ended(token, outcome, 'failCode', ARGV[a + 4], 'failMessage', ARGV[a + 5], 'failLine', ARGV[a + 6],
    'failColumn', ARGV[a + 7], 'failRetryable', ARGV[a + 8])
  if outcome == 'failed' then
    job.our_fault = ARGV[a + 8] == '1'
    conclude(id, job, 'failed', ARGV[5], 0, failure)
  elseif job.cancel_asked then
    conclude(id, job, 'cancelled', ARGV[5], 0, ended(token, outcome))
  elseif job.attempt >= job.max_attempts then
    bury(id, job, ARGV[6], failure)
  else
    local due = after(ARGV[a + 9])
    redis.call('HSET', record_of(id), 'due', due)
    redis.call('ZADD', shard .. 'delayed', due, id)
    let_go(id, 'delayed', failure)
    leave(id, job.client, job.priority)
  end
end

local function give_back(id, token, job)
  if job.cancel_asked then
    conclude(id, job, 'cancelled', ARGV[5], 0, ended(token, 'back'))
  else
    let_go(id, 'queued', ended(token, 'back', 'place', to_front(id), 'since', now,
      'attempt', string.format('%.0f', job.attempt - 1)))
  end
end

local function keep_log(id, lines)
  if lines == '' then return end
  local log = (redis.call('HGET', record_of(id), 'log') or '') .. lines
  if #log > LONGEST_LOG then
    log = string.sub(log, -LONGEST_LOG)
    log = string.sub(log, (string.find(log, '\n', 1, true) or 0) + 1)
  end
  redis.call('HSET', record_of(id), 'log', log)
end

local function finish(a)
  local id, token, outcome = ARGV[a], ARGV[a + 1], ARGV[a + 2]
  local job = job_of(id)
  if job.ended_by == token and job.ended_as == outcome then return 'OK' end
  if job.state ~= 'active' or job.token ~= token then
    count('staleFinishesRefused', 1)
    return 'LOST'
  end
  if outcome == 'succeeded' then
    local answer = publish(id, token, job, a)
    if answer ~= 'OK' then return answer end
  elseif outcome == 'cancelled' then
    conclude(id, job, 'cancelled', ARGV[5], 0, ended(token, outcome))
  elseif outcome == 'back' then
    give_back(id, token, job)
  else
    fail(id, token, job, a, outcome)
  end
  keep_log(id, ARGV[a + 3])
  return 'OK'
end

local answers, a = {}, FIRST
for _ = 1, tonumber(ARGV[9]) do
  answers[#answers + 1] = finish(a)
  a = a + WIDTH
end
local claimed = claim(a, tonumber(ARGV[7]), tonumber(ARGV[8]))
entered = entered - #claimed
if entered > 0 then wake() end
return {answers, claimed}
