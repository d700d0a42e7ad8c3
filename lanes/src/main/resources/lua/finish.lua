#!lua flags=allow-oom
-- Ends attempts, and claims the next jobs for whoever ended them.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 retention, ms   6 retention of dead letters, ms
--       7 lease, ms   8 ageing step, ms   9 1 where it is asked again, after a call that was not answered   10 number of endings, e
--       11… e times nine: id, token, outcome, log lines to add ('' for none), and by outcome
--         succeeded: result (JSON), what the record tells of the output, bytes of both as stored, chunks of the output, all of it
--         ('' where it is stored)
--         failed | again: the failure, whether it may succeed another time 1 | 0, delay ms, '', ''
--         cancelled | back: whether it was begun 1 | 0, and four times ''
--       then one token for each job wanted
-- Returns {'OK' | 'LOST' | 'OUTPUT_GONE' for each ending, one list for each claimed job as in claim.lua}
--
-- Invariant: only the token on the record ends an attempt, and it does so once; asked again for the same ending with the
-- same token (an answer that was lost on its way), the script answers OK and changes nothing, and the call before claims nothing
-- any more, should it be carried out yet. A job that fails for now is delayed,
-- or a dead letter where its attempts are spent. A job given back goes first in line and keeps its attempts. An attempt that was
-- cancelled before it was begun is not counted.
-- include: shard
-- include: layout
-- include: status
-- include: line
-- include: conclude
-- include: input
-- include: claim
local FIRST, WIDTH, LONGEST_LOG = 11, 9, 8192
-- When what ends now is deleted.
local RETAINED = after(ARGV[5])

-- The log of a record, which may have none, with lines added.
local function longer_log(log, lines)
  log = log and log .. lines or lines
  if #log > LONGEST_LOG then
    log = string.sub(log, -LONGEST_LOG)
    log = string.sub(log, (string.find(log, '\n', 1, true) or 0) + 1)
  end
  return log
end

local function publish(id, token, job, a)
  local chunks, body = tonumber(ARGV[a + 7]), ARGV[a + 8]
  local function output(k)
    return shard .. 'out:' .. id .. ':' .. token .. ':' .. k
  end
  if body ~= '' then
    note(job, 'body', body)
  else
    for k = 0, chunks - 1 do
      if redis.call('EXISTS', output(k)) == 0 then return 'OUTPUT_GONE' end
    end
    for k = 0, chunks - 1 do redis.call('PERSIST', output(k)) end
  end
  note(job, 'result', ARGV[a + 4])
  note(job, 'output', ARGV[a + 5])
  conclude(id, job, 'succeeded', RETAINED, tonumber(ARGV[a + 6]))
  return 'OK'
end

-- Of an active job that nothing was reserved for: attempt, token, since to due, allowance, and the lasting words, of which
-- client, priority and stored bytes of the input.
local ACTIVE = '^active %- (%d+) (%S+) (%d+ %S+ %S+ %S+) %- %- (%d+) %S+ %S+ '
  .. '(%d+ (%S+) ([012]) %S+ %S+ %d+ %d+ %d+ (%d+) %- %S+)$'

-- Does what publish would, but matches the status as one instead of word by word, and joins the new one with operators, which
-- leaves no string behind for each step (Redis hashes every byte of every string that a script sees or makes). That saves more
-- than a tenth of what ending and claiming take. For most endings, which are successes with a log and an output that travels;
-- does nothing and returns false for any other.
local function publish_at_once(id, token, a)
  local lines, body = ARGV[a + 3], ARGV[a + 8]
  if lines == '' or body == '' then return false end
  local record = record_of(id)
  local f = redis.pcall('HMGET', record, 'status', 'log')
  local attempt, holder, times, allowance, lasting, client, priority, stored = string.match(f[1] or '', ACTIVE)
  if holder ~= token then return false end
  redis.call('HSET', record,
    'status', 'succeeded - ' .. attempt .. ' - ' .. times .. ' ' .. now .. ' ' .. RETAINED .. ' 0 ' .. token .. ' succeeded ' .. lasting,
    'result', ARGV[a + 4], 'output', ARGV[a + 5], 'body', body, 'log', longer_log(f[2], lines))
  move_out(id, 'succeeded', RETAINED, tonumber(allowance), tonumber(ARGV[a + 6]), tonumber(stored), client, priority)
  return true
end

local function fail(id, job, a, outcome)
  if outcome == 'failed' then
    job.our_fault = ARGV[a + 5] == '1'
    note(job, 'failure', ARGV[a + 4])
    conclude(id, job, 'failed', RETAINED, 0)
  elseif job.cancel_asked then
    conclude(id, job, 'cancelled', RETAINED, 0)
  elseif job.attempt >= job.max_attempts then
    bury(id, job, after(ARGV[6]), ARGV[a + 4])
  else
    job[DUE] = after(ARGV[a + 6])
    gather('ZADD', 'delayed', id, job[DUE])
    note(job, 'failure', ARGV[a + 4])
    let_go(id, job, 'delayed')
    leave(id, job.client, job.priority)
  end
end

local function uncount(job)
  job.attempt = math.max(0, job.attempt - 1)
  job[ATTEMPT] = string.format('%d', job.attempt)
end

local function cancel(id, job, begun)
  if not begun then uncount(job) end
  conclude(id, job, 'cancelled', RETAINED, 0)
end

local function give_back(id, job, begun)
  if job.cancel_asked then
    cancel(id, job, begun)
  else
    uncount(job)
    job[PLACE] = to_front(id)
    if begun then job[SINCE] = now end
    let_go(id, job, 'queued')
  end
end

local function finish(a)
  local id, token, outcome = ARGV[a], ARGV[a + 1], ARGV[a + 2]
  if outcome == 'succeeded' and publish_at_once(id, token, a) then return 'OK' end
  local job = job_of(id)
  if job[ENDED_BY] == token and job[ENDED_AS] == outcome then return 'OK' end
  if job[STATE] ~= 'active' or job[TOKEN] ~= token then
    count('staleFinishesRefused', 1)
    return 'LOST'
  end
  job[ENDED_BY], job[ENDED_AS] = token, outcome
  if ARGV[a + 3] ~= '' then note(job, 'log', longer_log(job.log, ARGV[a + 3])) end
  if outcome == 'succeeded' then
    local answer = publish(id, token, job, a)
    if answer ~= 'OK' then return answer end
  elseif outcome == 'cancelled' then
    cancel(id, job, ARGV[a + 4] ~= '0')
  elseif outcome == 'back' then
    give_back(id, job, ARGV[a + 4] ~= '0')
  else
    fail(id, job, a, outcome)
  end
  return 'OK'
end

local answers, a = {}, FIRST
for _ = 1, tonumber(ARGV[10]) do
  answers[#answers + 1] = finish(a)
  a = a + WIDTH
end
let_leave()
local claimed = claim(a, tonumber(ARGV[7]), tonumber(ARGV[8]), ARGV[9] == '1')
entered = entered - #claimed
wake()
write_gathered()
return {answers, claimed}
