-- Ends the epoch of a room that has lost a publication which had been accepted, and tells all nodes. Nothing happens when the
-- room still holds it, when it only grew old, or when the epoch has ended already: whoever witnessed it may ask at any time.
--
-- KEYS[1]  ss:{p<k>}:meta:<room>
-- KEYS[2]  ss:{p<k>}:room:<room>
-- KEYS[3]  ss:{p<k>}:log
-- KEYS[4]  ss:{p<k>}:life
-- ARGV[1]  room, its name, not encoded
-- ARGV[2]  entry id of the publication
-- ARGV[3]  its seq
-- ARGV[4]  its epoch
-- ARGV[5]  entries kept in the log
-- Returns  1 when a new epoch has begun, else 0. What the room retains stays
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

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'was')
if meta[1] ~= ARGV[4] then
  return 0
end
local seq = tonumber(ARGV[3])
if seq <= tonumber(meta[2]) then
  local at = redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[2])[1]
  if at and field(at[2], 'e', 1) == ARGV[4] and tonumber(field(at[2], 's', 3) or '') == seq then
    return 0
  end
  -- It is gone. Its number was given to another publication, or nothing later than it is there: it was lost. Else it grew
  -- old with all that preceded it, or was taken out by hand.
  local later = redis.call('XRANGE', KEYS[2], '(' .. ARGV[2], '+', 'COUNT', 1)[1]
  local next = later and tonumber(field(later[2], 's', 3) or '')
  if not later or (next and next > seq) then
    local before = redis.call('XREVRANGE', KEYS[2], '(' .. ARGV[2], '-', 'COUNT', 1)[1]
    local previous = before and tonumber(field(before[2], 's', 3) or '')
    if not previous or previous < seq then
      return 0
    end
  end
end

local now = redis.call('TIME')
local epoch = string.sub(redis.sha1hex(now[1] .. now[2] .. tostring({}) .. KEYS[1]), 1, 12)
local count = string.format('%.0f', redis.call('HINCRBY', KEYS[4], 'count', 1))
-- Eight that ended are remembered, the newest first.
local was = string.sub(ARGV[4] .. ' ' .. (meta[3] or ''), 1, 103)
redis.call('HSET', KEYS[1], 'epoch', epoch, 'seq', '0', 'was', was)
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'k', 'b', 'n', ARGV[1], 'x', count, 'o', ARGV[4], 'e', epoch)
return 1
