#!lua
-- Accepts jobs, or says why not; input chunks that do not come along are there already, under a TTL.
--
-- Not allow-oom: a Redis that is full refuses new work whole, and nothing is half-accepted.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 how many shards the caller knows of
--       6… twenty-one for each job:
--        1 job id   2 client   3 tier   4 priority   5 type   6 parameters (JSON)   7 attempts allowed
--        8 input bytes as sent   9 input bytes as stored   10 input chunks   11 the only chunk ('' where all are stored)
--       12 bytes allowed for the output   13 byte budget (0: none, but for the ceiling of the shard)
--       14 idempotency key   15 its fingerprint ('' where there is no key)   16 its TTL, ms
--       17 traceparent ('' for none)   18 not before, ms ('' for at once)   19 the furthest that may lie ahead, ms
--       20 the reservation it is paid by ('' for none)   21 1 where the caller waits for a replica
-- Returns for each job {'ACCEPTED', id, created ms, state}, of a job submitted again under its own id as the first time
--         | {'SAME', id of the first} for another id of the same request | {'CONFLICT'} | {'BUDGET'}
--         | {'INPUT_GONE'} | {'TOO_FAR'} | an error; the error LAYOUT where the data set is laid out otherwise than the caller
--         thinks
--
-- Invariant: a job that is ACCEPTED has a record, all its input without a TTL, a place among the open jobs
-- and one in line or among the delayed; any other answer but an error leaves nothing behind. An error concerns the one job,
-- whose keys are not what they should be.
-- include: shard
-- include: line
-- include: layout
-- include: input
local FIRST, WIDTH = 6, 21
local room = redis.call('HMGET', KEYS[1], 'bytes', 'ceiling')
local held, ceiling = tonumber(room[1] or '0'), tonumber(room[2])

-- The same job again. A caller who waits for a replica of a job that has none yet waits for this write, and so for all
-- that was written before it. Whoever repeats a call, under the same id, gets its answer again, and what was stored for it
-- once more has no TTL, like the first; a request that is repeated comes with another id.
local function same(a, known)
  local job = record_of(known)
  if ARGV[a + 20] == '1' and redis.call('HGET', job, 'durability') == 'unconfirmed' then
    redis.call('HSET', job, 'durability', 'unconfirmed')
  end
  local created = redis.call('HGET', job, 'created')
  if known ~= ARGV[a] or not created then return {'SAME', known} end
  for k = 0, tonumber(ARGV[a + 9]) - 1 do redis.call('PERSIST', input_of(known, k)) end
  local not_before = tonumber(redis.call('HGET', job, 'notBefore') or '0')
  return {'ACCEPTED', known, created, not_before > tonumber(created) and 'delayed' or 'queued'}
end

-- The first job of the same request, or what speaks against this one; nil where it is new.
local function refusal(a, first)
  local id, fingerprint, not_before = ARGV[a], ARGV[a + 14], tonumber(ARGV[a + 17])
  if fingerprint ~= '' then
    local known = redis.call('HMGET', first, 'id', 'fingerprint')
    if known[1] then
      if known[2] == fingerprint then return same(a, known[1]) end
      return {'CONFLICT'}
    end
  end
  if redis.call('EXISTS', record_of(id)) == 1 then return same(a, id) end
  if not_before and not_before - now_ms > tonumber(ARGV[a + 18]) then return {'TOO_FAR'} end
  local budget = tonumber(ARGV[a + 12])
  if ceiling and (budget == 0 or ceiling < budget) then budget = ceiling end
  if budget > 0 and held + tonumber(ARGV[a + 8]) + tonumber(ARGV[a + 11]) > budget then return {'BUDGET'} end
end

-- Stores the input for good; false where a part of it has lapsed.
local function keep_input(a)
  local id, chunks, only = ARGV[a], tonumber(ARGV[a + 9]), ARGV[a + 10]
  if only ~= '' then
    redis.call('SET', input_of(id, 0), only)
    return true
  end
  for k = 0, chunks - 1 do
    if redis.call('EXISTS', input_of(id, k)) == 0 then return false end
  end
  for k = 0, chunks - 1 do redis.call('PERSIST', input_of(id, k)) end
  return true
end

local function write(a, state, place)
  local id, client, not_before = ARGV[a], ARGV[a + 1], ARGV[a + 17]
  -- What each step looks for comes first: Redis goes through a small hash from its beginning.
  local fields = {'state', state, 'place', place, 'attempt', '0', 'client', client, 'priority', ARGV[a + 3], 'tier', ARGV[a + 2],
    'type', ARGV[a + 4], 'parameters', ARGV[a + 5], 'inChunks', ARGV[a + 9], 'inBytes', ARGV[a + 7], 'since', now,
    'maxAttempts', ARGV[a + 6], 'allowance', ARGV[a + 11], 'inStored', ARGV[a + 8], 'created', now, 'id', id,
    'traceparent', ARGV[a + 16]}
  local function add(name, value)
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
  if ARGV[a + 19] ~= '' then add('reservation', ARGV[a + 19]) end
  if ARGV[a + 20] == '1' then add('durability', 'unconfirmed') end
  if not_before ~= '' then
    add('notBefore', not_before)
    add('due', not_before)
  end
  redis.call('ZADD', shard .. 'c:' .. client, now, id)
  redis.call('HSET', record_of(id), unpack(fields))
  gather('ZADD', 'open', id, now)
end

local function submit(a)
  local id, client, not_before = ARGV[a], ARGV[a + 1], tonumber(ARGV[a + 17])
  local first = shard .. 'd:' .. client .. ':' .. ARGV[a + 13]
  local against = refusal(a, first)
  if against then return against end
  if not keep_input(a) then return {'INPUT_GONE'} end

  local state, place = 'queued', ''
  if not_before and not_before > now_ms then
    state = 'delayed'
    gather('ZADD', 'delayed', id, ARGV[a + 17])
  else
    place = enter(id, client, ARGV[a + 3])
  end
  write(a, state, place)
  local need = tonumber(ARGV[a + 8]) + tonumber(ARGV[a + 11])
  held = held + need
  count('bytes', need)
  if ARGV[a + 14] ~= '' then
    redis.call('HSET', first, 'id', id, 'fingerprint', ARGV[a + 14])
    redis.call('PEXPIRE', first, ARGV[a + 15])
  end
  return {'ACCEPTED', id, now, state}
end

local misfit = check_layout(ARGV[5])
if misfit then return misfit end
local answers = {}
for a = FIRST, #ARGV, WIDTH do
  local went, answer = pcall(submit, a)
  if not went and type(answer) ~= 'table' then answer = redis.error_reply(tostring(answer)) end
  answers[#answers + 1] = answer
end
wake()
write_gathered()
return answers
