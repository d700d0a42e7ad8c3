#!lua
-- Accepts jobs, or says why not; input chunks that do not come along are there already, under a TTL.
--
-- Not allow-oom: a Redis that is full refuses new work whole, and nothing is half-accepted.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 how many shards the caller knows of
--       6 byte budget (0: none, but for the ceiling of the shard)   7 TTL of idempotency keys, ms
--       8 the furthest that a time may lie ahead, ms   9 1 where the caller waits for a replica
--       10… thirteen for each job:
--        1 job id   2 client   3 priority   4 the lasting words of its status, from the client on   5 parameters (JSON)
--        6 traceparent ('' for none)   7 input bytes as stored   8 input chunks   9 the only chunk ('' where all are stored)
--       10 bytes allowed for the output   11 idempotency key   12 its fingerprint ('' where there is no key)
--       13 not before, ms ('' for at once)
-- Returns for each job {'ACCEPTED', id, created ms, state}, of a job submitted again under its own id as the first time
--         | {'SAME', id of the first} for another id of the same request | {'CONFLICT'} | {'BUDGET'}
--         | {'INPUT_GONE'} | {'TOO_FAR'} | an error; the error LAYOUT where the data set is laid out otherwise than the caller
--         thinks
--
-- Invariant: a job that is ACCEPTED has a record, all its input without a TTL, a place among the open jobs
-- and one in line or among the delayed; any other answer but an error leaves nothing behind. An error concerns the one job,
-- whose keys are not what they should be.
-- include: shard
-- include: status
-- include: line
-- include: layout
-- include: input
local FIRST, WIDTH = 10, 13
local BUDGET, KEY_TTL, HORIZON, REPLICATED = tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8]), ARGV[9] == '1'
local room = redis.call('HMGET', KEYS[1], 'bytes', 'ceiling')
local held, ceiling = tonumber(room[1] or '0'), tonumber(room[2])

-- The same job again. A caller who waits for a replica of a job that has none yet waits for this write, and so for all
-- that was written before it. Whoever repeats a call, under the same id, gets its answer again, and what was stored for it
-- once more has no TTL, like the first; a request that is repeated comes with another id.
local function same(a, known)
  local job = record_of(known)
  if REPLICATED and redis.call('HGET', job, 'durability') == 'unconfirmed' then
    redis.call('HSET', job, 'durability', 'unconfirmed')
  end
  local created, not_before = string.match(words(redis.call('HGET', job, 'status'))[LASTING] or '', '^(%d+) .* (%S+)$')
  if known ~= ARGV[a] or not created then return {'SAME', known} end
  for k = 0, tonumber(ARGV[a + 7]) - 1 do redis.call('PERSIST', input_of(known, k)) end
  return {'ACCEPTED', known, created, (tonumber(not_before) or 0) > tonumber(created) and 'delayed' or 'queued'}
end

-- The first job of the same request, or what speaks against this one; nil where it is new.
-- first: the key that tells the first job, false where the request has no idempotency key.
local function refusal(a, first)
  local id, fingerprint, not_before = ARGV[a], ARGV[a + 11], tonumber(ARGV[a + 12])
  if first then
    local known = redis.call('HMGET', first, 'id', 'fingerprint')
    if known[1] then
      if known[2] == fingerprint then return same(a, known[1]) end
      return {'CONFLICT'}
    end
  end
  if redis.call('EXISTS', record_of(id)) == 1 then return same(a, id) end
  if not_before and not_before - now_ms > HORIZON then return {'TOO_FAR'} end
  local budget = BUDGET
  if ceiling and (budget == 0 or ceiling < budget) then budget = ceiling end
  if budget > 0 and held + tonumber(ARGV[a + 6]) + tonumber(ARGV[a + 9]) > budget then return {'BUDGET'} end
end

-- Stores the input for good; false where a part of it has lapsed.
local function keep_input(a)
  local id, chunks, only = ARGV[a], tonumber(ARGV[a + 7]), ARGV[a + 8]
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

local function write(a, state, place, due)
  local id = ARGV[a]
  local status = state .. ' ' .. place .. ' 0 - ' .. now .. ' - - ' .. due .. ' - - ' .. ARGV[a + 9] .. ' - - ' .. now .. ' ' .. ARGV[a + 3]
  local fields = {'status', status, 'parameters', ARGV[a + 4]}
  local function add(name, value)
    fields[#fields + 1] = name
    fields[#fields + 1] = value
  end
  if ARGV[a + 5] ~= '' then add('traceparent', ARGV[a + 5]) end
  if REPLICATED then add('durability', 'unconfirmed') end
  redis.call('ZADD', shard .. 'c:' .. ARGV[a + 1], now, id)
  redis.call('HSET', record_of(id), unpack(fields))
  gather('ZADD', 'open', id, now)
end

local function submit(a)
  local id, client, not_before = ARGV[a], ARGV[a + 1], tonumber(ARGV[a + 12])
  local first = ARGV[a + 11] ~= '' and shard .. 'd:' .. client .. ':' .. ARGV[a + 10]
  local against = refusal(a, first)
  if against then return against end
  if not keep_input(a) then return {'INPUT_GONE'} end

  local state = 'queued'
  if not_before and not_before > now_ms then
    state = 'delayed'
    gather('ZADD', 'delayed', id, ARGV[a + 12])
    write(a, state, NONE, ARGV[a + 12])
  else
    write(a, state, enter(id, client, ARGV[a + 2]), NONE)
  end
  local need = tonumber(ARGV[a + 6]) + tonumber(ARGV[a + 9])
  held = held + need
  count('bytes', need)
  if first then
    redis.call('HSET', first, 'id', id, 'fingerprint', ARGV[a + 11])
    redis.call('PEXPIRE', first, KEY_TTL)
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
