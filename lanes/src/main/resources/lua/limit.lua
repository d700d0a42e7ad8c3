#!lua
-- Charges several limits of one client: all of them, or none; and reserves its quotas for a job to come.
--
-- KEYS[1]  hash of the client's rates: limit name -> theoretical arrival time (TAT, microseconds). The client's other keys
--          are made from its tag: a hash per monthly quota, 'YYYY-MM' -> used; and what LimitKeys says of reservations
-- ARGV     1 how many charges   2... five for each: name, cost, capacity, a rate's emission interval in microseconds (0 for
--          a quota), and 1 where the limit is only watched. Cost 0 looks and is never refused
--          then five, where something is reserved: the job to come, digest of its idempotency key ('' for none), that key,
--          how long the reservation waits for its job, ms, how long the key is remembered, ms
-- Returns  {1 admitted | 0 refused, now (seconds since 1970), the reservation ('' for none), 1 if it is new | 0,
--          then three per charge: remaining, microseconds until it grows,
--          microseconds until this charge would pass (0: it passes, -1: it never will)}
--
-- Invariants: a TAT is never further ahead than the capacity of its rate, whatever the clock did, and a hash never expires
-- before what it holds has lapsed: see part/rates-expiry.lua. A key that is remembered has paid: its quotas are neither asked nor counted again. A
-- limit that is only watched refuses nothing. Whole numbers below 2^53 throughout.

local floor, max, call = math.floor, math.max, redis.call
local FIRST, WIDTH = 2, 5

-- include: rates-expiry
local time = call('TIME')
local now = time[1] * 1000000 + time[2]
local last = FIRST - 1 + ARGV[1] * WIDTH
local job = ARGV[last + 1]

-- What can be done with quotas. Most calls have none: a function costs what it is made of, also where nobody calls it.
local function about_quotas()
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

  -- The month that a day is in, and the first day of the next one: the average month finds it or a neighbour.
  local function month_of(day)
    local index = floor(day / 30.436875)
    local next_first = first_day(index + 1)
    if next_first <= day then return index + 1, first_day(index + 2) end
    local first = first_day(index)
    if first > day then return index - 1, first end
    return index, next_first
  end

  local function month_name(index)
    return string.format('%04d-%02d', 1970 + floor(index / 12), index % 12 + 1)
  end

  -- calendar ends

  local client = string.sub(KEYS[1], 1, -6)
  local index, next_first = month_of(floor(now / DAY))
  local month, next_month = month_name(index), next_first * DAY
  local digest, key, patience, memory = unpack(ARGV, last + 2)
  local remembered = job and digest ~= '' and call('GET', client .. 'paid:' .. digest)
  local quotas = {}

  function quotas.read(name, charge)
    charge.name, charge.key = name, client .. 'quota:' .. name
    charge.used = tonumber(call('HGET', charge.key, month) or 0)
    if remembered then charge.cost = 0 end
    if charge.cost > 0 and charge.used + charge.cost > charge.capacity then
      charge.wait = charge.cost > charge.capacity and -1 or next_month - now
    end
  end

  -- The first charge of a month also drops the months before the last one.
  function quotas.count(charge)
    charge.used = call('HINCRBY', charge.key, month, whole(charge.cost))
    if charge.used == charge.cost then
      for _, field in ipairs(call('HKEYS', charge.key)) do
        if field < month_name(index - 1) then call('HDEL', charge.key, field) end
      end
      call('PEXPIREAT', charge.key, whole((next_month + 31 * DAY) / 1000))
    end
  end

  function quotas.standing(charge)
    local remaining = max(0, charge.capacity - charge.used)
    if charge.used == 0 then return remaining, 0 end
    return remaining, next_month - now
  end

  -- Remembers what the quotas were charged for, until the job says what becomes of it. A retry gives it patience anew: it is
  -- the retry's job now that may come to be. It is looked at in its time all the same, or whoever keeps repeating a request
  -- would keep it out of sight until the key is forgotten that leads to its job. Returns its name, and whether it is new.
  function quotas.reserve(charges)
    local deadline = whole(floor(now / 1000) + patience)
    if remembered then
      if call('EXISTS', client .. 'reservation:' .. remembered) == 1 then
        call('HSET', client .. 'reservation:' .. remembered, 'job', job, 'patience', deadline)
        call('ZADD', client .. 'due', 'LT', deadline, remembered)
      end
      return remembered, 0
    end
    local fields = {'job', job, 'key', key, 'digest', digest, 'month', month}
    for _, charge in ipairs(charges) do
      if charge.interval == 0 and charge.wait == 0 and charge.cost > 0 then
        fields[#fields + 1] = 'quota:' .. charge.name
        fields[#fields + 1] = whole(charge.cost)
      end
    end
    call('HSET', client .. 'reservation:' .. job, unpack(fields))
    call('ZADD', client .. 'due', deadline, job)
    if digest ~= '' then call('SET', client .. 'paid:' .. digest, job, 'PX', memory) end
    return job, 1
  end

  return quotas
end

-- Reads one rate; a TAT that a clock step left too far ahead is pulled back to a spent burst.
local function read_rate(charge, stored)
  local cost, interval, capacity = charge.cost, charge.interval, charge.capacity
  local tat = stored and tonumber(stored) or 0
  local spent = now + capacity * interval
  charge.stored = tat
  if tat > spent then
    charge.changed, charge.stored, tat = true, 0, spent
  elseif tat < now then
    tat = now
  end
  charge.tat = tat
  if cost > capacity then
    charge.wait = -1
  elseif cost > 0 then
    charge.wait = max(0, tat + cost * interval - spent)
  end
end

-- A charge is made with the eight fields that a rate has, which is quicker.
local charges, rates, names, quotas = {}, {}, {}, job and about_quotas()
for at = FIRST, last, WIDTH do
  local charge = {
    cost = tonumber(ARGV[at + 1]),
    capacity = tonumber(ARGV[at + 2]),
    interval = tonumber(ARGV[at + 3]),
    watched = ARGV[at + 4] == '1',
    wait = 0,
    tat = 0,
    stored = 0,
    changed = false
  }
  charges[#charges + 1] = charge
  if charge.interval > 0 then
    rates[#rates + 1] = charge
    names[#names + 1] = ARGV[at]
  else
    quotas = quotas or about_quotas()
    quotas.read(ARGV[at], charge)
  end
end
if names[1] then
  local stored = call('HMGET', KEYS[1], unpack(names))
  for n, rate in ipairs(rates) do read_rate(rate, stored[n]) end
end

local admitted = 1
for _, charge in ipairs(charges) do
  if charge.wait ~= 0 and not charge.watched then admitted = 0 end
end

local reservation, new = '', 0
if admitted == 1 then
  for _, charge in ipairs(charges) do
    if charge.cost > 0 and charge.wait == 0 then
      if charge.interval > 0 then
        charge.tat = charge.tat + charge.cost * charge.interval
        charge.changed = true
      else
        quotas.count(charge)
      end
    end
  end
  if job then reservation, new = quotas.reserve(charges) end
end

-- The rates that have changed are written together.
local fields, before, after = {}, 0, 0
for n, rate in ipairs(rates) do
  before = max(before, rate.stored)
  if rate.changed then
    fields[#fields + 1] = names[n]
    fields[#fields + 1] = whole(rate.tat)
    after = max(after, rate.tat)
  end
end
if fields[1] then
  call('HSET', KEYS[1], unpack(fields))
  keep_until(KEYS[1], before, after)
end

local reply = {admitted, time[1], reservation, new}
for _, charge in ipairs(charges) do
  local capacity, interval, at = charge.capacity, charge.interval, #reply
  if interval > 0 then
    local free = capacity * interval - (charge.tat - now)
    local remaining = floor(free / interval)
    if remaining >= capacity then
      reply[at + 1], reply[at + 2] = capacity, 0
    else
      reply[at + 1], reply[at + 2] = remaining, (remaining + 1) * interval - free
    end
  else
    reply[at + 1], reply[at + 2] = quotas.standing(charge)
  end
  reply[at + 3] = charge.wait
end
return reply
