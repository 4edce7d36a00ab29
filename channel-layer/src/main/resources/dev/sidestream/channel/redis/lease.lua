-- Says again that a node is there, unless another process holds its name.
--
-- KEYS[1]  ss:node:<node>
-- ARGV[1]  who says so, one process of that name
-- ARGV[2]  for how long, in ms
-- Returns  1 when it is said, also where nothing stood there any more; 0 when another process holds the name
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
