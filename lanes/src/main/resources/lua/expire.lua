#!lua flags=allow-oom
-- Deletes ended jobs: record, input, output. Nothing else deletes them.
--
-- KEYS  1 meta
-- ARGV  1 longest events stream   2 most jobs to delete   3 TTL of the tombstone, ms
--       4 bytes that ended jobs may hold   5 bytes that dead letters may hold
-- Returns the number of jobs deleted
--
-- First those whose retention is over, what has been due longest first; then, while dead letters hold too much, the
-- oldest of them; then, while ended jobs hold too much, those that would be due next.
-- Invariant: the byte counters of meta fall by exactly what the deleted jobs held. Bounded by ARGV 2.
-- A record that cannot be read goes like the others, with what is stored of its input; it holds up none of them.
-- include: shard
-- include: input
local most, deleted, looked = tonumber(ARGV[2]), 0, 0

local function delete(id)
  looked = looked + 1
  redis.call('ZREM', shard .. 'ended', id)
  local was_dead = redis.call('ZREM', shard .. 'dead', id) == 1
  local f = redis.pcall('HMGET', record_of(id), 'client', 'inChunks', 'inStored', 'outChunks', 'outStored', 'outToken')
  if f.err then f = {} end
  local chunks, stored, output = tonumber(f[2] or ''), tonumber(f[3] or ''), tonumber(f[5] or '0') or 0
  if not (chunks and stored) then
    local there, bytes = stored_input(id)
    chunks, stored = tonumber(there), stored or tonumber(bytes)
  end
  local keys = {record_of(id), shard .. 'log:' .. id}
  for k = 0, chunks - 1 do keys[#keys + 1] = input_of(id, k) end
  for k = 0, (tonumber(f[4] or '0') or 0) - 1 do keys[#keys + 1] = shard .. 'out:' .. id .. ':' .. (f[6] or '') .. ':' .. k end
  redis.call('DEL', unpack(keys))
  count('bytes', -(stored + output))
  count('endedBytes', -(stored + output))
  if was_dead then count('deadBytes', -stored) end
  if f[1] then
    redis.call('ZREM', shard .. 'c:' .. f[1], id)
    redis.call('SET', shard .. 'gone:' .. id, f[1], 'PX', ARGV[3])
  end
  deleted = deleted + 1
end

local function held(what)
  return tonumber(redis.call('HGET', KEYS[1], what) or '0') + (counted[what] or 0)
end

local function delete_while_over(what, bytes, set)
  while looked < most and held(what) > tonumber(bytes) do
    local oldest = redis.call('ZRANGE', shard .. set, 0, 0)[1]
    if not oldest then return end
    delete(oldest)
  end
end

for _, id in ipairs(redis.call('ZRANGEBYSCORE', shard .. 'ended', '-inf', now, 'LIMIT', 0, most)) do delete(id) end
delete_while_over('deadBytes', ARGV[5], 'dead')
delete_while_over('endedBytes', ARGV[4], 'ended')
write_gathered()
return deleted
