-- Part: how the data set is laid out. After part shard.
local FORMAT = '2'

-- The error LAYOUT where the shard was begun with another number of shards or in another format; second, whether it was begun.
local function layout_misfit(shards)
  local begun = redis.call('HMGET', KEYS[1], 'shards', 'format')
  if not begun[1] then return nil, false end
  if begun[1] == shards and begun[2] == FORMAT then return nil, true end
  return redis.error_reply('LAYOUT begun with ' .. begun[1] .. ' shards in format ' .. tostring(begun[2])), true
end

-- The same for steps that no number of shards is told: what is there is not to be taken for something else.
local function format_misfit()
  local format = redis.call('HGET', KEYS[1], 'format')
  if format and format ~= FORMAT then return redis.error_reply('LAYOUT begun in format ' .. format) end
end

-- The same error; what is begun now, is so.
local function check_layout(shards)
  local misfit, begun = layout_misfit(shards)
  if not begun then redis.call('HSET', KEYS[1], 'shards', shards, 'format', FORMAT) end
  return misfit
end
