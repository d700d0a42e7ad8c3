#!lua flags=no-writes
-- Lists jobs of one shard from one of its indexes, newest first, from a position on.
--
-- KEYS  1 index: a ZSET of job ids by time, ms
-- ARGV  1 what the key of a record begins with   2 time and 3 id of the last job that is known ('' for none)
--       4 most jobs   5 state and 6 type that are asked for, 7 the client whose index it is ('' for any)
-- Returns {rows, time, id}: where it stopped looking; {rows} where there is nothing more.
--         Each row: {time, id, status, failure ('' for none)}
--
-- Invariant: no job of the index is told twice or left out from one position to the next, whatever is added meanwhile.
-- Looks at 1000 entries at the most: an index of many jobs that do not match is gone through in several calls.
-- include: status
local MOST_LOOKS, BATCH = 1000, 50
local known_at, known_id, wanted, in_state, of_type, of_client = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]
local rows, looked, offset = {}, 0, 0

-- By bytes, as Redis orders members of one score; Lua's own comparison goes by the locale of the server.
local function before(one, other)
  for n = 1, math.min(#one, #other) do
    local a, b = string.byte(one, n), string.byte(other, n)
    if a ~= b then return a < b end
  end
  return #one < #other
end

local function row(at, id)
  local f = redis.pcall('HMGET', ARGV[1] .. id, 'status', 'failure')
  local job = words(f[1])
  local client, type_of = string.match(job[LASTING] or '', '^%S+ (%S+) %S+ %S+ (%S+) ')
  -- A record that was lost is nobody's, though it stands in the index yet.
  if not type_of or (of_client ~= '' and client ~= of_client) then return nil end
  if (in_state ~= '' and job[STATE] ~= in_state) or (of_type ~= '' and type_of ~= of_type) then return nil end
  return {at, id, f[1], f[2] or ''}
end

while true do
  local batch = redis.call('ZREVRANGEBYSCORE', KEYS[1], known_at == '' and '+inf' or known_at, '-inf', 'WITHSCORES', 'LIMIT',
    offset, BATCH)
  if #batch == 0 then return {rows} end
  for n = 1, #batch, 2 do
    local id, at = batch[n], batch[n + 1]
    -- Of the jobs of one ms, those at the known one and before it have been told.
    if at ~= known_at or before(id, known_id) then
      looked = looked + 1
      rows[#rows + 1] = row(at, id)
      if #rows == wanted or looked == MOST_LOOKS then return {rows, at, id} end
    end
  end
  offset = offset + BATCH
end
