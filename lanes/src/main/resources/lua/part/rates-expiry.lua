-- Part: when a hash of rates expires.
--
-- Invariant: it does so on a grid, at the second line after the latest TAT that it holds, or later. So whoever has read the
-- TATs knows when it expires at the least, and moves that only where a new TAT has passed a line.
local EXPIRY_GRID = 10 * 1000000

-- As a whole number; Redis would write a large one with an exponent.
local function whole(number)
  return string.format('%d', number)
end

local function line_after(tat)
  return (math.floor(tat / EXPIRY_GRID) + 2) * EXPIRY_GRID
end

-- Keeps the hash for a TAT that was written. `before` is the latest TAT that was read in it, 0 for none: then it may be new
-- and without an expiry, or hold others that need it longer.
local function keep_until(key, before, tat)
  local line = line_after(tat)
  if before > 0 and line <= line_after(before) then return end
  local at = whole(line / 1000)
  if redis.call('PEXPIREAT', key, at, 'NX') == 0 then redis.call('PEXPIREAT', key, at, 'GT') end
end
