#!lua flags=allow-oom
-- Puts a dead letter back in line, its attempts as fresh as a new job's.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 job id   6 attempts allowed
--       7 times the stored input that is set aside for the output   8 byte budget (0: none, but for the ceiling of the shard)
-- Returns 'OK' | 'NONE' (no dead letter has this id) | 'CORRUPT' (it has lost what a worker would go by) | 'BUDGET'
--
-- Invariant: after OK the job is among the open ones and in line, and none of the ended; its input never was gone.
-- include: shard
-- include: layout
-- include: status
-- include: line
-- include: conclude
-- include: input
local misfit = format_misfit()
if misfit then return misfit end

local id = ARGV[5]
if not redis.call('ZSCORE', shard .. 'dead', id) then return 'NONE' end
local job = job_of(id)
if job[STATE] ~= 'failed' then return 'NONE' end
-- A record that had lost its type tells none that a worker knows.
local type_of, chunks = string.match(job[LASTING] or '', '^%S+ %S+ %S+ %S+ (%S+) %S+ (%d+) ')
if not workable(job) or type_of == 'unknown' then return 'CORRUPT' end
for k = 0, tonumber(chunks) - 1 do
  if redis.call('EXISTS', input_of(id, k)) == 0 then return 'CORRUPT' end
end

local allowance, budget = job.in_stored * tonumber(ARGV[7]), tonumber(ARGV[8])
local room = redis.call('HMGET', KEYS[1], 'bytes', 'ceiling')
local held, ceiling = tonumber(room[1] or '0'), tonumber(room[2])
if ceiling and (budget == 0 or ceiling < budget) then budget = ceiling end
if budget > 0 and held + allowance > budget then return 'BUDGET' end

redis.call('ZREM', shard .. 'dead', id)
redis.call('ZREM', shard .. 'ended', id)
count('deadBytes', -job.in_stored)
count('endedBytes', -job.in_stored)
count('bytes', allowance)
for _, word in ipairs({TOKEN, STARTED, CLAIMED, DUE, FINISHED, EXPIRES, ENDED_BY, ENDED_AS}) do job[word] = NONE end
job[STATE], job[PLACE], job[SINCE], job[ATTEMPT] = 'queued', enter(id, job.client, job.priority), now, '0'
job[ALLOWANCE] = string.format('%d', allowance)
local created, whose, rest = string.match(job[LASTING], '^(%S+) (%S+ %S+ %S+ %S+) %S+ (.+)$')
job[LASTING] = table.concat({created, whose, ARGV[6], rest}, ' ')
write(id, job)
redis.call('HDEL', record_of(id), 'cancelAsked', 'progress', 'failure')
redis.call('ZADD', shard .. 'open', created, id)
tell(id, 'queued')
wake()
write_gathered()
return 'OK'
