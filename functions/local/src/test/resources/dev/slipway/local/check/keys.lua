-- One line for each key of a database: key in hexadecimal, type, when it expires in ms since 1970 (or -1), SHA-1 of its value.
-- Members without an order are sorted by their own SHA-1: Lua compares strings by the server's locale.
local function joined(parts)
  local out = {}
  for i, part in ipairs(parts) do out[i] = #part .. ':' .. part end
  return redis.sha1hex(table.concat(out))
end

local function unordered(members, step)
  local hashes = {}
  for i = 1, #members, step do
    hashes[#hashes + 1] = step == 1 and redis.sha1hex(members[i]) or joined({members[i], members[i + 1]})
  end
  table.sort(hashes)
  return joined(hashes)
end

-- How the server keeps a stream, and when a consumer was last heard of, is not its content.
local apart = {['radix-tree-keys'] = true, ['radix-tree-nodes'] = true, ['seen-time'] = true, ['active-time'] = true}

local function nested(value)
  if type(value) ~= 'table' then return tostring(value) end
  local parts, i = {}, 1
  while i <= #value do
    if type(value[i]) == 'string' and apart[value[i]] then
      i = i + 2
    else
      parts[#parts + 1] = nested(value[i])
      i = i + 1
    end
  end
  return joined(parts)
end

local values = {
  string = function(key) return redis.sha1hex(redis.call('GET', key)) end,
  list = function(key) return joined(redis.call('LRANGE', key, 0, -1)) end,
  set = function(key) return unordered(redis.call('SMEMBERS', key), 1) end,
  hash = function(key) return unordered(redis.call('HGETALL', key), 2) end,
  zset = function(key) return joined(redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')) end,
  stream = function(key) return nested(redis.call('XRANGE', key, '-', '+')) .. nested(redis.call('XINFO', 'STREAM', key, 'FULL', 'COUNT', 0)) end
}

-- The time left runs on while the script does, so the time of day is asked for beside it.
local function expiry(key)
  local time, left = redis.call('TIME'), redis.call('PTTL', key)
  return left < 0 and -1 or time[1] * 1000 + math.floor(time[2] / 1000) + left
end

local lines, cursor = {}, '0'
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    local kind = redis.call('TYPE', key)['ok']
    local hex = string.gsub(key, '.', function(c) return string.format('%02x', string.byte(c)) end)
    local value = values[kind] and values[kind](key) or 'of an unknown type'
    lines[#lines + 1] = hex .. ' ' .. kind .. ' ' .. string.format('%.0f', expiry(key)) .. ' ' .. value
  end
until cursor == '0'
return lines
