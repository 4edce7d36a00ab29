-- Reads what follows a position in a room, and whether it is proved that nothing is missing. Changes nothing.
--
-- KEYS[1]  ss:{p<k>}:meta:<room>
-- KEYS[2]  ss:{p<k>}:room:<room>
-- ARGV[1]  entry id of the position
-- ARGV[2]  its seq
-- ARGV[3]  its epoch
-- ARGV[4]  publications to return at most
-- ARGV[5]  bytes of their data at most; one is returned whatever its size
-- Returns  {'', entries, oldest first} when the history is contiguous after the position, else
--          {reason, entries, newest first} with the reason TRIMMED, EPOCH, DIVERGED or LIMIT
local limit, most = tonumber(ARGV[4]), tonumber(ARGV[5])

-- How many of the entries fit. An entry is {id, {'e', epoch, 's', seq, 'u', user, 'c', cid, 'd', data}}.
local function fitting(entries)
  local bytes = 0
  for i, entry in ipairs(entries) do
    bytes = bytes + #entry[2][10]
    if bytes > most and i > 1 then
      return i - 1
    end
  end
  return #entries
end

local function newest(reason)
  local entries = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', limit)
  return {reason, {unpack(entries, 1, fitting(entries))}}
end

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'was')
if not meta[1] then
  return {'EPOCH', {}}
end

local at = redis.call('XRANGE', KEYS[2], ARGV[1], ARGV[1])[1]
if at and at[2][2] == ARGV[3] and at[2][4] == ARGV[2] then
  local after = redis.call('XRANGE', KEYS[2], '(' .. ARGV[1], '+', 'COUNT', limit + 1)
  if #after > limit or fitting(after) < #after then
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
