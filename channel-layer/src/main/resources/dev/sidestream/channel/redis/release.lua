-- Takes back that a node is there, when it was this process that said so.
--
-- KEYS[1]  ss:node:<node>
-- ARGV[1]  who said so
-- Returns  1 when it is taken back, 0 when nothing or another one's word stands there
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
