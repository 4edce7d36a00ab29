-- Reads a part of a room's history, bounded in entries and in bytes, and where the room stands. Changes nothing.
--
-- KEYS[1]  ss:{p<k>}:room:<room>
-- KEYS[2]  ss:{p<k>}:meta:<room>
-- ARGV[1]  XRANGE, oldest first, or XREVRANGE, newest first
-- ARGV[2]  id to begin at
-- ARGV[3]  id to end at
-- ARGV[4]  publications at most
-- ARGV[5]  bytes of data at most; one publication is returned whatever its size
-- Returns  {1 when the bytes ended it, else 0, entries, epoch, seq, entry id}, the last three of the newest position; the
--          epoch is empty when the room has none
local STEP = 32
local left, most, bytes, cut, found, from = tonumber(ARGV[4]), tonumber(ARGV[5]), 0, 0, {}, ARGV[2]

-- Whether it is a publication, and its data; usual is where nodes write the field. Anybody may have written the entry.
local function field(fields, name, usual)
  if fields[usual] == name then
    return fields[usual + 1]
  end
  for i = 1, #fields, 2 do
    if fields[i] == name then
      return fields[i + 1]
    end
  end
  return nil
end

while left > 0 and cut == 0 do
  local count = math.min(left, STEP)
  local step = redis.call(ARGV[1], KEYS[1], from, ARGV[3], 'COUNT', count)
  for _, entry in ipairs(step) do
    local data = field(entry[2], 'd', 9)
    if data and field(entry[2], 'e', 1) and string.find(field(entry[2], 's', 3) or '', '^%d+$') then
      bytes = bytes + #data
      if bytes > most and #found > 0 then
        cut = 1
        break
      end
      left = left - 1
      found[#found + 1] = entry
    end
  end
  if #step < count then
    break
  end
  from = '(' .. step[#step][1]
end

local meta = redis.call('HMGET', KEYS[2], 'epoch', 'seq')
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return {cut, found, meta[1] or '', meta[2] or '0', newest and newest[1] or '0-0'}
