#!lua flags=allow-oom
-- Hands queued jobs to a worker, each with a fresh token and a lease: first those that were given back, then those in the
-- streams in the order of their age, a lower priority counted as younger by the ageing step.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 lease, ms   3 ageing step, ms   4 how many shards the caller knows of
--       5 1 where it is asked again, with the tokens of a call that was not answered   6… one token for each job wanted
-- Returns one list for each claimed job:
--         {id, status, parameters, traceparent ('' for none), the input as stored ('' where it is to be asked for)}; the error
--         LAYOUT where the data set is laid out otherwise than the caller thinks
--
-- Invariant: a place in line is taken once, and a job is active exactly while a token and a lease are on it. Asked again
-- with the same tokens (an answer that was lost on its way), the script answers with the same jobs, as far as they are
-- still held, and takes no others; where there are none, the lost call takes nothing either, should it be carried out yet.
-- While the shard is paused it takes nothing. Looks at no more than wanted + 16 entries.
-- include: shard
-- include: status
-- include: layout
-- include: input
-- include: claim
local misfit = check_layout(ARGV[4])
if misfit then return misfit end
local claimed = claim(6, tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[5] == '1')
write_gathered()
return claimed
