#!lua
-- Adds counted evaluations to what is known of how flags are used.
--
-- KEYS[1] trek:{control}:evaluations   KEYS[2] trek:{control}:evaluations:<day>
-- ARGV  1 most flags   2 most counts of a day   3 most consumers of a flag   4 time to live of a day, s
--       then five for each count, those of a flag together: flag, consumer, variant, field in KEYS[2], count
-- Returns how many of the counts had room
--
-- Invariant: neither hash outgrows its bound, whatever comes: what would be new then is left out. `since` is when the
-- flag last had another variant than `variant`.
local now = tonumber(redis.call('TIME')[1])
local most_flags, most_counts, most_consumers = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local flags, counts = redis.call('HLEN', KEYS[1]), redis.call('HLEN', KEYS[2])
local taken = 0

local function known_use(flag)
  local text = redis.call('HGET', KEYS[1], flag)
  if not text then
    if flags >= most_flags then return nil end
    flags = flags + 1
    return { first = now, by = {} }
  end
  local ok, use = pcall(cjson.decode, text)
  if ok and type(use) == 'table' and type(use.by) == 'table' then return use end
  return { first = now, by = {} }
end

local function seen(use, consumer, variant)
  if use.variant ~= variant then
    use.variant = variant
    use.since = now
  end
  use.by[consumer] = now
  local oldest, number = nil, 0
  for name, at in pairs(use.by) do
    number = number + 1
    if not oldest or at < use.by[oldest] then oldest = name end
  end
  if number > most_consumers then use.by[oldest] = nil end
end

local i = 5
while i <= #ARGV do
  local flag = ARGV[i]
  local use = known_use(flag)
  while ARGV[i] == flag do
    if use then seen(use, ARGV[i + 1], ARGV[i + 2]) end
    local has = redis.call('HEXISTS', KEYS[2], ARGV[i + 3]) == 1
    if has or counts < most_counts then
      redis.call('HINCRBY', KEYS[2], ARGV[i + 3], ARGV[i + 4])
      if not has then counts = counts + 1 end
      taken = taken + 1
    end
    i = i + 5
  end
  if use then redis.call('HSET', KEYS[1], flag, cjson.encode(use)) end
end
redis.call('EXPIRE', KEYS[2], ARGV[4])
return taken
