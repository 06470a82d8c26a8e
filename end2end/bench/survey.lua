-- Submits one survey per request: `wrk --script survey.lua URL -- LINKS FIRST [ACKNOWLEDGED]`. LINKS holds a path per line, FIRST is how
-- many of them were used before; the path of every link whose answers were acknowledged is written to ACKNOWLEDGED.

local main_threads = {}

function setup(thread)
  table.insert(main_threads, thread)
end

local links, acknowledged = {}, nil

function init(arguments)
  for link in io.lines(arguments[1]) do
    links[#links + 1] = link
  end
  used = tonumber(arguments[2])
  if arguments[3] then
    acknowledged = io.open(arguments[3], "w")
    -- Only here: reading each answer costs as much as the rest of the script.
    response = note
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Origin"] = string.format("http://%s:%s", wrk.host, wrk.port)
end

function request()
  used = used + 1
  local link = links[used]
  if not link then
    wrk.thread:stop()
    link = links[#links]
  end
  -- Pages name themselves with a secret; a link's own, reversed, is as good and as unique.
  local secret = link:match("-(%w+)$"):reverse()
  local body = string.format(
    "secret=%s&listening=%d&understanding=4&trust=5&value=3&progress=cant_say&recommend=%d&follow_up=no",
    secret, used % 5 + 1, used % 11)
  return wrk.format(nil, link, nil, body)
end

function note(status, headers)
  local cookie = headers["set-cookie"]
  if status == 200 and cookie then
    acknowledged:write(cookie:match("[Pp]ath=([^;]+)"), "\n")
    acknowledged:flush()
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"answered":%d,"refused":%d,"broken":%d,"seconds":%f,"p50_ms":%f,"p99_ms":%f,"used":%d}\n',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, main_threads[1]:get("used")))
end
