#!lua
-- Charges several limits of one client: all of them, or none; and reserves its quotas for a job to come.
--
-- KEYS[1]  hash of the client's rates: limit name -> theoretical arrival time (TAT, microseconds). The client's other keys
--          are made from its tag: a hash per monthly quota, 'YYYY-MM' -> used; and what LimitKeys says of reservations
-- ARGV     1 the job to come ('' where nothing is reserved)   2 digest of its idempotency key ('' for none)   3 that key
--          4 how long the reservation waits for its job, ms   5 how long the key is remembered, ms
--          6... six per charge: kind ('rate' | 'quota'), name, cost, capacity, a rate's emission interval in microseconds
--          (0 for a quota), and 1 where the limit is only watched. Cost 0 looks and is never refused
-- Returns  {1 admitted | 0 refused, 'YYYY-MM', the reservation ('' for none), 1 if it is new | 0, then three per charge:
--          remaining, microseconds until it grows,
--          microseconds until this charge would pass (0: it passes, -1: it never will)}
--
-- Invariants: a TAT is never further ahead than the capacity of its rate, whatever the clock did, and a hash never expires
-- before what it holds has lapsed. A key that is remembered has paid: its quotas are neither asked nor counted again. A
-- limit that is only watched refuses nothing. Whole numbers below 2^53 throughout.

local floor = math.floor
local DAY = 86400 * 1000000
local FIRST, WIDTH = 6, 6

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

local client = string.sub(KEYS[1], 1, -6)
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local index = month_of(floor(now / DAY))
local month = month_name(index)
local next_month = first_day(index + 1) * DAY

local job, digest = ARGV[1], ARGV[2]
local remembered = digest ~= '' and redis.call('GET', client .. 'paid:' .. digest)

-- Reads one rate; a TAT that a clock step left too far ahead is pulled back to a spent burst.
local function read_rate(charge, stored)
  local tat = tonumber(stored or 0)
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
  charge.key = client .. 'quota:' .. charge.name
  charge.used = tonumber(redis.call('HGET', charge.key, month) or 0)
  if remembered then charge.cost = 0 end
  if charge.cost == 0 or charge.used + charge.cost <= charge.capacity then
    charge.wait = 0
  elseif charge.cost > charge.capacity then
    charge.wait = -1
  else
    charge.wait = next_month - now
  end
end

-- The first charge of a month also drops the months before the last one.
local function count_quota(charge)
  charge.used = redis.call('HINCRBY', charge.key, month, whole(charge.cost))
  if charge.used == charge.cost then
    for _, field in ipairs(redis.call('HKEYS', charge.key)) do
      if field < month_name(index - 1) then redis.call('HDEL', charge.key, field) end
    end
    redis.call('PEXPIREAT', charge.key, whole((next_month + 31 * DAY) / 1000))
  end
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

local function read_charges()
  local charges, rates, names = {}, {}, {}
  for at = FIRST, #ARGV, WIDTH do
    local charge = {
      rate = ARGV[at] == 'rate',
      name = ARGV[at + 1],
      cost = tonumber(ARGV[at + 2]),
      capacity = tonumber(ARGV[at + 3]),
      interval = tonumber(ARGV[at + 4]),
      watched = ARGV[at + 5] == '1'
    }
    charges[#charges + 1] = charge
    if charge.rate then
      rates[#rates + 1] = charge
      names[#names + 1] = charge.name
    else
      read_quota(charge)
    end
  end
  if #rates > 0 then
    local stored = redis.call('HMGET', KEYS[1], unpack(names))
    for n, rate in ipairs(rates) do read_rate(rate, stored[n]) end
  end
  return charges
end

-- Writes the rates that have changed. The others of the hash may need it longer; a millisecond more covers what rounding
-- took. A hash that is new has no expiry yet, which counts as the longest.
local function write_rates(charges)
  local lapse, fields = 0, {}
  for _, charge in ipairs(charges) do
    if charge.changed then
      fields[#fields + 1] = charge.name
      fields[#fields + 1] = whole(charge.tat)
      lapse = math.max(lapse, math.ceil((charge.tat - now) / 1000))
    end
  end
  if #fields == 0 then return end
  redis.call('HSET', KEYS[1], unpack(fields))
  if redis.call('PEXPIRE', KEYS[1], whole(lapse + 1), 'GT') == 0 then
    redis.call('PEXPIRE', KEYS[1], whole(lapse + 1), 'NX')
  end
end

-- Remembers what the quotas were charged for, until the job says what becomes of it. A retry makes it wait anew: it is the
-- retry's job now that may come to be. Returns its name, and whether it is new.
local function reserve(charges)
  local deadline = whole(floor(now / 1000) + tonumber(ARGV[4]))
  if remembered then
    if redis.call('EXISTS', client .. 'reservation:' .. remembered) == 1 then
      redis.call('HSET', client .. 'reservation:' .. remembered, 'job', job)
      redis.call('ZADD', client .. 'due', deadline, remembered)
    end
    return remembered, 0
  end
  local fields = {'job', job, 'key', ARGV[3], 'digest', digest, 'month', month}
  for _, charge in ipairs(charges) do
    if not charge.rate and not charge.unpaid and charge.cost > 0 then
      fields[#fields + 1] = 'quota:' .. charge.name
      fields[#fields + 1] = whole(charge.cost)
    end
  end
  redis.call('HSET', client .. 'reservation:' .. job, unpack(fields))
  redis.call('ZADD', client .. 'due', deadline, job)
  if digest ~= '' then redis.call('SET', client .. 'paid:' .. digest, job, 'PX', ARGV[5]) end
  return job, 1
end

local charges = read_charges()
local admitted = 1
for _, charge in ipairs(charges) do
  if charge.wait ~= 0 then
    charge.unpaid = true
    if not charge.watched then admitted = 0 end
  end
end

local reservation, new = '', 0
if admitted == 1 then
  for _, charge in ipairs(charges) do
    if charge.cost > 0 and not charge.unpaid then
      if charge.rate then
        charge.tat = charge.tat + charge.cost * charge.interval
        charge.changed = true
      else
        count_quota(charge)
      end
    end
  end
  if job ~= '' then reservation, new = reserve(charges) end
end
write_rates(charges)

local reply = {admitted, month, reservation, new}
for _, charge in ipairs(charges) do
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
return reply
