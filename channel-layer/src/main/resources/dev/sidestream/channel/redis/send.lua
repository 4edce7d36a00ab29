-- Appends to the log of a partition what is not kept: a message, or a change of membership. Atomic; one round trip.
--
-- KEYS[1]  ss:{p<k>}:log     stream: the log of partition k
-- KEYS[2]  ss:{p<k>}:life    hash: count of the entries that the log has had
-- ARGV[1]  kind              c to a channel, g to the members of a group, + makes a channel a member, - ends its membership
-- ARGV[2]  name              of the channel or the group, not encoded
-- ARGV[3]  type of a message, or the channel of a membership
-- ARGV[4]  body of a message; empty for a membership
-- ARGV[5]  entries kept in the log (10000)
-- Returns  the entry id
local kind, name, what, body = ARGV[1], ARGV[2], ARGV[3], ARGV[4] or ''
local message = kind == 'c' or kind == 'g'
if not message and kind ~= '+' and kind ~= '-' then
  return redis.error_reply('INVALID a kind is one of c g + -')
end
if #name == 0 or #name > 800 or #what == 0 or #what > 800 or #body > 65536 then
  return redis.error_reply('INVALID names have 1 to 800 bytes, a body 65536 at most')
end
local count = string.format('%.0f', redis.call('HINCRBY', KEYS[2], 'count', 1))
if message then
  return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[5] or '10000', '*',
    'k', kind, 'n', name, 'x', count, 't', what, 'd', body)
end
return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[5] or '10000', '*', 'k', kind, 'n', name, 'x', count, 'c', what)
