-- Reads what follows a position in a room, and whether it is proved that nothing is missing. Changes nothing.
--
-- KEYS[1]  ss:{p<k>}:meta:<room>
-- KEYS[2]  ss:{p<k>}:room:<room>
-- ARGV[1]  entry id of the position
-- ARGV[2]  its seq
-- ARGV[3]  its epoch
-- ARGV[4]  publications to return at most
-- Returns  {'', entries, oldest first} when the history is contiguous after the position, else
--          {reason, entries, newest first} with the reason TRIMMED, EPOCH, DIVERGED or LIMIT
local limit = tonumber(ARGV[4])

local function newest(reason)
  return {reason, redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', limit)}
end

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'was')
if not meta[1] then
  return {'EPOCH', {}}
end

-- An entry is {id, {'e', epoch, 's', seq, ...}}.
local at = redis.call('XRANGE', KEYS[2], ARGV[1], ARGV[1])[1]
if at and at[2][2] == ARGV[3] and at[2][4] == ARGV[2] then
  local after = redis.call('XRANGE', KEYS[2], '(' .. ARGV[1], '+', 'COUNT', limit + 1)
  if #after > limit then
    return newest('LIMIT')
  end
  return {'', after}
end

local oldest = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 1)[1]
if not oldest then
  local beyond = ARGV[3] == meta[1] and tonumber(ARGV[2]) > tonumber(meta[2])
  return {beyond and 'DIVERGED' or 'TRIMMED', {}}
end
if oldest[2][2] == ARGV[3] and tonumber(ARGV[2]) < tonumber(oldest[2][4]) then
  return newest('TRIMMED')
end
if ARGV[3] == meta[1] or ARGV[3] == meta[3] then
  return newest('DIVERGED')
end
return newest('EPOCH')
