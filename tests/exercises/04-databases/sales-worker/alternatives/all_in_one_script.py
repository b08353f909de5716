# Claims, reads and adds within one script, so that nothing is ever pending with a worker of ours.
# exercise: databases.sales-worker
import redis

WORK = """
local stream, sums, dead, me, idle = KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2]
redis.pcall('XGROUP', 'CREATE', stream, 'revenue', '0', 'MKSTREAM')
local added = 0

local function handle(entries)
    for _, entry in ipairs(entries) do
        local sale = {}
        for i = 1, #entry[2], 2 do sale[entry[2][i]] = entry[2][i + 1] end
        if type(redis.pcall('HINCRBY', sums, sale.event, sale.cents or '')) == 'number' then
            added = added + 1
        else
            redis.call('XADD', dead, '*', 'id', entry[1], unpack(entry[2]))
        end
        redis.call('XACK', stream, 'revenue', entry[1])
    end
end

local from = '0-0'
repeat
    local claimed = redis.call('XAUTOCLAIM', stream, 'revenue', me, idle, from)
    handle(claimed[2])
    from = claimed[1]
until from == '0-0'
local new = redis.call('XREADGROUP', 'GROUP', 'revenue', me, 'STREAMS', stream, '>')
if new then handle(new[1][2]) end
return added
"""


def work(url, me, idle):
    with redis.Redis.from_url(url) as server:
        return server.eval(WORK, 3, "sales", "revenue", "sales:dead", me, idle)
