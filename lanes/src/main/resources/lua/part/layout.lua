-- Part: how the data set is laid out. After part shard.

-- The error LAYOUT unless the shard was begun with so many shards and in this format; what is begun now, is so.
local function check_layout(shards)
  local format = '1'
  local begun = redis.call('HMGET', KEYS[1], 'shards', 'format')
  if not begun[1] then
    redis.call('HSET', KEYS[1], 'shards', shards, 'format', format)
  elseif begun[1] ~= shards or begun[2] ~= format then
    return redis.error_reply('LAYOUT begun with ' .. begun[1] .. ' shards in format ' .. tostring(begun[2]))
  end
end
