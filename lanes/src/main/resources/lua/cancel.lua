#!lua flags=allow-oom
-- Cancels a job of a client: at once while it waits, at its worker's next renewal while it is active.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 to 4 active caps   5 job id   6 client   7 retention, ms
-- Returns 'CANCELLED' (by this call or an earlier one) | 'ASKED' (its worker will be told) | 'ENDED' (otherwise, before)
--         | 'NONE' (the client has no such job)
--
-- Invariant: a job that was waiting is never claimed after it; asked again, the script changes nothing.
-- include: shard
-- include: layout
-- include: status
-- include: line
-- include: conclude
local misfit = format_misfit()
if misfit then return misfit end

local id = ARGV[5]
local job = job_of(id)
if not job[STATE] or job.client ~= ARGV[6] then return 'NONE' end
if job[STATE] == 'cancelled' then return 'CANCELLED' end
if job[STATE] == 'active' then
  redis.call('HSET', record_of(id), 'cancelAsked', '1')
  return 'ASKED'
end
if job[STATE] ~= 'queued' and job[STATE] ~= 'delayed' then return 'ENDED' end

withdraw(id, job.client, job.priority, job[PLACE])
job[PLACE] = NONE
conclude(id, job, 'cancelled', after(ARGV[7]), 0)
let_leave()
wake()
write_gathered()
return 'CANCELLED'
