#!lua
-- Charges several limits of one client: all of them, or none.
--
-- KEYS[1]    hash of the client's rates: limit name -> theoretical arrival time (TAT, microseconds)
-- KEYS[2..]  one hash per monthly quota charged here, in the order of the charges: 'YYYY-MM' -> used
-- ARGV       five per charge: kind ('rate' | 'quota'), name, cost, capacity, and a rate's emission
--            interval in microseconds (0 for a quota). Cost 0 looks and is never refused.
-- Returns    {1 admitted | 0 refused, 'YYYY-MM', then three per charge:
--             remaining, microseconds until it grows,
--             microseconds until this charge would pass (0: it passes, -1: it never will)}
--
-- Invariant: a TAT is never further ahead than the capacity of its rate, whatever the clock did, and
-- a hash never expires before what it holds has lapsed. Whole numbers below 2^53 throughout.

local floor = math.floor
local DAY = 86400 * 1000000

-- calendar: months in UTC, numbered from January 1970 = 0

-- Days from 1970-01-01 to the first of a month. The year is taken to begin in March, so that a leap
-- day is its last day; 719468 days lie between the March of the year 0 and 1970.
local function first_day(index)
  local march = (index + 10) % 12
  local year = 1970 + floor((index - 2) / 12)
  local leaps = floor(year / 4) - floor(year / 100) + floor(year / 400)
  return 365 * year + leaps + floor((153 * march + 2) / 5) - 719468
end

-- The month that a day is in: the average month finds it or a neighbour.
local function month_of(day)
  local index = floor(day / 30.436875)
  while first_day(index) > day do index = index - 1 end
  while first_day(index + 1) <= day do index = index + 1 end
  return index
end

local function month_name(index)
  return string.format('%04d-%02d', 1970 + floor(index / 12), index % 12 + 1)
end

-- calendar ends

local function whole(number)
  return string.format('%.0f', number)
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local index = month_of(floor(now / DAY))
local month = month_name(index)
local next_month = first_day(index + 1) * DAY

-- Reads one rate; a TAT that a clock step left too far ahead is pulled back to a spent burst.
local function read_rate(charge)
  local tat = tonumber(redis.call('HGET', KEYS[1], charge.name) or 0)
  local spent = now + charge.capacity * charge.interval
  charge.changed = tat > spent
  charge.tat = math.max(now, math.min(tat, spent))
  if charge.cost == 0 then
    charge.wait = 0
  elseif charge.cost > charge.capacity then
    charge.wait = -1
  else
    charge.wait = math.max(0, charge.tat + charge.cost * charge.interval - spent)
  end
end

local function read_quota(charge)
  charge.used = tonumber(redis.call('HGET', charge.key, month) or 0)
  if charge.cost == 0 or charge.used + charge.cost <= charge.capacity then
    charge.wait = 0
  elseif charge.cost > charge.capacity then
    charge.wait = -1
  else
    charge.wait = next_month - now
  end
end

local function count_rate(charge)
  charge.tat = charge.tat + charge.cost * charge.interval
  charge.changed = true
end

-- The first charge of a month also drops the months before the last one.
local function count_quota(charge)
  charge.used = redis.call('HINCRBY', charge.key, month, whole(charge.cost))
  if charge.used == charge.cost then
    for _, field in ipairs(redis.call('HKEYS', charge.key)) do
      if field < month_name(index - 1) then redis.call('HDEL', charge.key, field) end
    end
  end
  redis.call('PEXPIREAT', charge.key, whole((next_month + 31 * DAY) / 1000))
end

local function standing_of_rate(charge)
  local free = charge.capacity * charge.interval - (charge.tat - now)
  local remaining = floor(free / charge.interval)
  if remaining >= charge.capacity then return charge.capacity, 0 end
  return remaining, (remaining + 1) * charge.interval - free
end

local function standing_of_quota(charge)
  local remaining = math.max(0, charge.capacity - charge.used)
  if charge.used == 0 then return remaining, 0 end
  return remaining, next_month - now
end

local charges = {}
local quotas = 0
local admitted = 1
for at = 1, #ARGV, 5 do
  local charge = {
    rate = ARGV[at] == 'rate',
    name = ARGV[at + 1],
    cost = tonumber(ARGV[at + 2]),
    capacity = tonumber(ARGV[at + 3]),
    interval = tonumber(ARGV[at + 4])
  }
  if charge.rate then
    read_rate(charge)
  else
    quotas = quotas + 1
    charge.key = KEYS[1 + quotas]
    read_quota(charge)
  end
  if charge.wait ~= 0 then admitted = 0 end
  charges[#charges + 1] = charge
end

local lapse = 0
local reply = {admitted, month}
for _, charge in ipairs(charges) do
  if admitted == 1 and charge.cost > 0 then
    if charge.rate then count_rate(charge) else count_quota(charge) end
  end
  if charge.changed then
    redis.call('HSET', KEYS[1], charge.name, whole(charge.tat))
    lapse = math.max(lapse, math.ceil((charge.tat - now) / 1000))
  end
  local remaining, until_more
  if charge.rate then
    remaining, until_more = standing_of_rate(charge)
  else
    remaining, until_more = standing_of_quota(charge)
  end
  reply[#reply + 1] = remaining
  reply[#reply + 1] = until_more
  reply[#reply + 1] = charge.wait
end

-- The other rates of the hash may need it longer. A millisecond more covers what rounding took.
if lapse > 0 and redis.call('PTTL', KEYS[1]) <= lapse then
  redis.call('PEXPIRE', KEYS[1], whole(lapse + 1))
end
return reply
