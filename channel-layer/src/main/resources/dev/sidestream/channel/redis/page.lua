-- Reads a part of a room's history, bounded in entries and in bytes. Changes nothing.
--
-- KEYS[1]  ss:{p<k>}:room:<room>
-- ARGV[1]  XRANGE, oldest first, or XREVRANGE, newest first
-- ARGV[2]  id to begin at
-- ARGV[3]  id to end at
-- ARGV[4]  entries at most
-- ARGV[5]  bytes of data at most; one entry is returned whatever its size
-- Returns  {1 when the bytes ended it, else 0, entries}
local entries = redis.call(ARGV[1], KEYS[1], ARGV[2], ARGV[3], 'COUNT', ARGV[4])
local bytes, most = 0, tonumber(ARGV[5])
for i, entry in ipairs(entries) do
  bytes = bytes + #entry[2][10]
  if bytes > most and i > 1 then
    return {1, {unpack(entries, 1, i - 1)}}
  end
end
return {0, entries}
