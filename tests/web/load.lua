-- Mixed queries: words, phrases, fields, questions. With KIND=new each differs from all before it.
local subjects = { "产业园区", "招商引资", "环境保护", "财政补贴", "小微企业", "科技创新", "农民工", "税收优惠", "疫情防控", "知识产权",
  "社会保险", "安全生产", "土地使用权", "行政处罚", "高等学校", "食品安全", "人民法院", "外商投资", "数据安全", "乡村振兴" }
local forms = { "%s", '"%s"', "%s 管理 办法", "类型:段落 %s", "谁负责%s", "%s -收费", "%s OR 贷款", "%s有哪些措施" }
local function encode(text)
  return (text:gsub("[^%w]", function(c) return string.format("%%%02X", c:byte()) end))
end
local count = 0
function request()
  count = count + 1
  local subject = subjects[count % #subjects + 1]
  if os.getenv("KIND") == "new" then subject = subject .. " " .. count end
  local query = string.format(forms[math.floor(count / #subjects) % #forms + 1], subject)
  return wrk.format("GET", "/api/search?limit=10&q=" .. encode(query), { Host = "localhost" })
end
