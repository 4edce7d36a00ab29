-- Begins a new epoch of a room, when it still is in the given one. What the room retains stays.
--
-- KEYS[1]  ss:{p<k>}:meta:<room>
-- ARGV[1]  the epoch to end
-- Returns  1 when a new epoch has begun, 0 when the room was in another one, or in none
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then
  return 0
end
local now = redis.call('TIME')
local epoch = string.sub(redis.sha1hex(now[1] .. now[2] .. tostring({}) .. KEYS[1]), 1, 12)
redis.call('HSET', KEYS[1], 'epoch', epoch, 'seq', '0', 'was', ARGV[1])
return 1
