-- Says again that a node is there. Two processes of one name take the key from each other, so that both find out.
--
-- KEYS[1]  ss:node:<node>
-- ARGV[1]  who says so, one process of that name
-- ARGV[2]  for how long, in ms
-- Returns  0 when another process of that name had said so since; else 1
local holder = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
if holder and holder ~= ARGV[1] then
  return 0
end
return 1
