#!lua
-- Accepts one job, or says why not; input chunks that do not come along are there already, under a TTL.
--
-- Not allow-oom: a Redis that is full refuses new work whole, and nothing is half-accepted.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps
--       5 job id   6 client   7 tier   8 priority   9 type   10 parameters (JSON)   11 attempts allowed
--       12 input bytes as sent   13 input bytes as stored   14 input chunks   15 the only chunk ('' where all are stored)
--       16 bytes allowed for the output   17 byte budget (0: none, but for the ceiling of the shard)
--       18 idempotency key   19 its fingerprint ('' where there is no key)   20 its TTL, ms
--       21 traceparent ('' for none)   22 not before, ms ('' for at once)   23 the furthest that may lie ahead, ms
--       24 how many shards the caller knows of   25 the reservation it is paid by ('' for none)
--       26 1 where the caller waits for a replica
-- Returns {'ACCEPTED', id, created ms, state} | {'SAME', id of the first} | {'CONFLICT'} | {'BUDGET'} | {'INPUT_GONE'}
--         | {'TOO_FAR'}; the error LAYOUT where the data set is laid out otherwise than the caller thinks
--
-- Invariant: a job that is ACCEPTED has a record, all its input without a TTL, a place among the open jobs
-- and one in line or among the delayed; any other answer leaves nothing behind.
-- include: shard
-- include: line
-- include: layout
local id, client, priority, chunks = ARGV[5], ARGV[6], ARGV[8], tonumber(ARGV[14])
local fingerprint, not_before = ARGV[19], tonumber(ARGV[22])
local first = shard .. 'd:' .. client .. ':' .. ARGV[18]

-- The same job again. A caller who waits for a replica of a job that has none yet waits for this write, and so for all
-- that was written before it.
local function same(known)
  local job = record_of(known)
  if ARGV[26] == '1' and redis.call('HGET', job, 'durability') == 'unconfirmed' then
    redis.call('HSET', job, 'durability', 'unconfirmed')
  end
  return {'SAME', known}
end

local function input(k)
  return shard .. 'in:' .. id .. ':' .. k
end

local misfit = check_layout(ARGV[24])
if misfit then return misfit end
if fingerprint ~= '' then
  local known = redis.call('HMGET', first, 'id', 'fingerprint')
  if known[1] then
    if known[2] == fingerprint then return same(known[1]) end
    return {'CONFLICT'}
  end
end
if redis.call('EXISTS', record_of(id)) == 1 then return same(id) end
if not_before and not_before - now_ms > tonumber(ARGV[23]) then return {'TOO_FAR'} end

local need, budget = tonumber(ARGV[13]) + tonumber(ARGV[16]), tonumber(ARGV[17])
local room = redis.call('HMGET', KEYS[1], 'bytes', 'ceiling')
local ceiling = tonumber(room[2])
if ceiling and (budget == 0 or ceiling < budget) then budget = ceiling end
if budget > 0 and tonumber(room[1] or '0') + need > budget then return {'BUDGET'} end

if ARGV[15] ~= '' then
  redis.call('SET', input(0), ARGV[15])
else
  for k = 0, chunks - 1 do
    if redis.call('EXISTS', input(k)) == 0 then return {'INPUT_GONE'} end
  end
  for k = 0, chunks - 1 do redis.call('PERSIST', input(k)) end
end

local later = not_before and not_before > now_ms
local state, place = 'queued', ''
if later then
  state = 'delayed'
  redis.call('ZADD', shard .. 'delayed', ARGV[22], id)
else
  place = enter(id, client, priority)
end
redis.call('HSET', record_of(id),
  'id', id, 'client', client, 'tier', ARGV[7], 'priority', priority, 'type', ARGV[9], 'parameters', ARGV[10],
  'state', state, 'place', place, 'since', now, 'attempt', '0', 'maxAttempts', ARGV[11], 'created', now,
  'inBytes', ARGV[12], 'inStored', ARGV[13], 'inChunks', ARGV[14], 'allowance', ARGV[16], 'traceparent', ARGV[21])
if ARGV[25] ~= '' then redis.call('HSET', record_of(id), 'reservation', ARGV[25]) end
if not_before then redis.call('HSET', record_of(id), 'notBefore', ARGV[22], 'due', ARGV[22]) end
if ARGV[26] == '1' then redis.call('HSET', record_of(id), 'durability', 'unconfirmed') end
redis.call('ZADD', shard .. 'open', now, id)
redis.call('ZADD', shard .. 'c:' .. client, now, id)
count('bytes', need)
if fingerprint ~= '' then
  redis.call('HSET', first, 'id', id, 'fingerprint', fingerprint)
  redis.call('PEXPIRE', first, ARGV[20])
end
wake()
return {'ACCEPTED', id, now, state}
