-- Part: the stored input of a job. After part shard.

local function input_of(id, k)
  return shard .. 'in:' .. id .. ':' .. k
end

-- How many chunks of an input there are, and their bytes, by what is stored: for records that do not tell.
local function stored_input(id)
  local chunks, bytes = 0, 0
  while redis.call('EXISTS', input_of(id, chunks)) == 1 do
    bytes = bytes + redis.call('STRLEN', input_of(id, chunks))
    chunks = chunks + 1
  end
  return string.format('%.0f', chunks), string.format('%.0f', bytes)
end
