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
-- include: layout
-- include: status
-- include: input
local misfit = format_misfit()
if misfit then return misfit end

-- No input or output has as many chunks: it would be of 50 GB.
local MOST_CHUNKS, AT_ONCE = 100000, 1000
local most, deleted, looked = tonumber(ARGV[2]), 0, 0

local function number_of(text)
  return whole(text) and tonumber(text)
end

local function chunks_of(text)
  local chunks = number_of(text)
  return chunks and chunks <= MOST_CHUNKS and chunks
end

local function delete(id)
  looked = looked + 1
  redis.call('ZREM', shard .. 'ended', id)
  local was_dead = redis.call('ZREM', shard .. 'dead', id) == 1
  local f = redis.pcall('HMGET', record_of(id), 'status', 'output')
  local lasting = words(f[1])[LASTING] or ''
  local client, its_chunks, its_bytes = string.match(lasting, '^%S+ (%S+) .* (%S+) %S+ (%S+) %S+ %S+$')
  local token, out_chunks, out_stored = string.match(f[2] or '', '^(%S+) (%d+) (%d+) ')
  local chunks, stored, output = chunks_of(its_chunks), number_of(its_bytes), number_of(out_stored) or 0
  if not (chunks and stored) then
    local there, bytes = stored_input(id)
    chunks, stored = tonumber(there), stored or tonumber(bytes)
  end
  local keys = {record_of(id)}
  for k = 0, chunks - 1 do keys[#keys + 1] = input_of(id, k) end
  for k = 0, (chunks_of(out_chunks) or 0) - 1 do keys[#keys + 1] = shard .. 'out:' .. id .. ':' .. token .. ':' .. k end
  for n = 1, #keys, AT_ONCE do redis.call('DEL', unpack(keys, n, math.min(#keys, n + AT_ONCE - 1))) end
  count('bytes', -(stored + output))
  count('endedBytes', -(stored + output))
  if was_dead then count('deadBytes', -stored) end
  if client then
    redis.call('ZREM', shard .. 'c:' .. client, id)
    redis.call('SET', shard .. 'gone:' .. id, client, 'PX', ARGV[3])
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
