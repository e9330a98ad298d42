//! Which units does a list of units name? `省财政厅、统计局等，十大产业推进组办公室` names three, the second 省统计局.

use crate::lexicon::{agency, place};
use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Folded, Reading, Span};

/// The units of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    /// Their names, clean, the level put back where the list leaves it out.
    pub names: Vec<String>,
    /// Whether the list ends in 等.
    pub open: bool,
}

/// Reads the list of units that stands in `span`.
pub fn read(reading: &Reading, span: Span<Folded>) -> Units {
    let mut names: Vec<String> = Vec::new();
    let mut open = false;
    let mut level = "";
    for part in parts(reading, span) {
        let name = without_duty(without_aside(reading.slice(part)).trim());
        let rest = others(name);
        open |= rest.is_some();
        let name = rest.map_or(name, |at| &name[..at]);
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '，' | '、' | '；' | '。' | '：'));
        if !name.chars().any(char::is_alphanumeric) || matches!(name, "无" | "暂无") {
            continue;
        }
        if let Some(own) = level_of(name) {
            level = own;
        }
        let vertical = ["税务局", "气象局", "地震局", "邮政管理局", "通信管理局", "国税局"].contains(&name);
        if let Some(government) = names.last().and_then(|party| government_of(party, name)) {
            names.push(government);
            continue;
        }
        let bare = level_of(name).is_none() && !level.is_empty() && (vertical || is_body(name));
        let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        names.push(if bare { format!("{level}{plain}") } else { plain });
    }
    share_endings(&mut names);
    Units { names, open }
}

/// `合肥、芜湖市人民政府`: the last of places, or of streets and townships, tells what all are.
fn share_endings(names: &mut [String]) {
    const OF_PLACES: [&str; 2] = ["人民政府", "政府"];
    const OF_TOWNS: [&str; 5] = ["街道办事处", "街道", "镇政府", "乡政府", "镇人民政府"];
    for at in (1..names.len()).rev() {
        let (before, last) = (names[at - 1].as_str(), names[at].as_str());
        let ending = OF_PLACES.iter().find_map(|body| {
            let level = last.strip_suffix(body)?.chars().next_back()?;
            place::by_name(&format!("{before}{level}")).map(|_| format!("{level}{body}"))
        });
        // 鼎城区、桃源县|政府; 石桥经开区、云溪旅游度假区|管委会
        let whole = || {
            let body = OF_PLACES.iter().find(|body| last.strip_suffix(**body).is_some_and(|place| place::by_name(place).is_some()))?;
            place::by_name(before).filter(|place| place.name == before).map(|_| (*body).to_owned())
        };
        let zone = || {
            let zone = |name: &str| name.ends_with('区') && name.chars().count() > 3 && !name.starts_with('各');
            last.strip_suffix("管委会").filter(|last| zone(last) && zone(before)).map(|_| "管委会".to_owned())
        };
        let town = || {
            let own = OF_TOWNS.iter().find(|end| last.strip_suffix(**end).is_some_and(|own| (2..=4).contains(&own.chars().count())))?;
            ((2..=4).contains(&before.chars().count()) && !agency::looks_like_unit(before)).then(|| (*own).to_owned())
        };
        if let Some(ending) = ending.or_else(whole).or_else(zone).or_else(town) {
            names[at - 1].push_str(&ending);
        }
    }
}

/// Where a name ends that others follow untold: `国资委|等国务院相关部门`, `统计局|等`.
pub fn others(name: &str) -> Option<usize> {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("等(?:(?:国务院|中央|省|市|州|县|区)?[级直]?(?:各|各有关|各相关|有关|相关)?(?:部门|单位|部委|委办局))?$")
            .expect("the pattern of open lists is well formed")
    });
    OTHERS.find(name).map(|others| others.start())
}

/// The government beside a committee of the party: `各设区市党委和|政府` is 各设区市政府, `汉寿县委、|县政府` 汉寿县政府.
fn government_of(party: &str, name: &str) -> Option<String> {
    let place = party.strip_suffix("党委").or_else(|| party.strip_suffix('委'))?;
    let own = name.strip_suffix("人民政府").or_else(|| name.strip_suffix("政府"))?;
    let (above, level) = place.char_indices().last().map(|(at, _)| place.split_at(at))?;
    (own.is_empty() || own == level && !above.is_empty()).then(|| format!("{place}{}", &name[own.len()..]))
}

/// Whether a name is that of a department, a court or an office that the level goes before: 检察院 of `省法院、检察院`.
fn is_body(name: &str) -> bool {
    const BODIES: [&str; 12] =
        ["法院", "检察院", "密码管理局", "密码局", "保密局", "档案局", "信访局", "铁路办", "台办", "侨办", "外办", "扶贫办"];
    BODIES.contains(&name) || agency::is_department(name)
}

/// The word of level that opens a department's name: `省` in `省财政厅`; none in `省内高校`.
fn level_of(name: &str) -> Option<&'static str> {
    const LEVELS: &[&str] = &["自治区", "省", "市", "区", "县", "州", "盟", "旗"];
    LEVELS
        .iter()
        .find(|level| {
            name.strip_prefix(**level)
                .is_some_and(|rest| !rest.starts_with(['场', '域']) && is_body(rest) || rest.starts_with("政府") || rest.starts_with('委'))
        })
        .copied()
}

/// A name without what its unit does: `市应急管理局|分别牵头`, `政务和数据局等单位|按职责分工负责`.
fn without_duty(name: &str) -> &str {
    static DUTY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:按照?职责分工(?:牵头推进|负责|落实)?|(?:分别|共同)?牵头|牵头负责|(?:分别)?负责|配合|结合实际(?:落实)?)$")
            .expect("the pattern of duties is well formed")
    });
    let is_unit = |unit: &&str| ends_unit(unit) || ["部门", "单位", "等"].iter().any(|end| unit.ends_with(end));
    DUTY.find(name).map(|duty| &name[..duty.start()]).filter(is_unit).unwrap_or(name)
}

/// A name without an aside: `各区县政府（以下统称区县政府）`, `市财政局（2018年6月前）`.
fn without_aside(name: &str) -> &str {
    let aside = |at: usize| {
        ["以下", "含", "简称"].iter().any(|word| name[at..].starts_with(word)) || name[at..].starts_with(|c: char| c.is_ascii_digit())
    };
    name.match_indices('（').find(|(at, bracket)| aside(at + bracket.len())).map_or(name, |(at, _)| &name[..at])
}

/// The parts of a list of units: at `、`, `，`, `；`, wide gaps and line ends; at 和 and 及 where both sides read as units.
fn parts(reading: &Reading, span: Span<Folded>) -> Vec<Span<Folded>> {
    let text = reading.text();
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0i32;
    for (k, c) in text[span.range()].char_indices() {
        let at = span.start + k;
        match c {
            '（' | '〔' | '《' | '“' => depth += 1,
            '）' | '〕' | '》' | '”' => depth -= 1,
            // A cell of Markdown breaks its line so.
            '<' if text[at..].starts_with("<br>") => cuts.push((at, at + "<br>".len())),
            '、' | '，' | '；' | ' ' | '／' | '/' if depth <= 0 => cuts.push((at, at + c.len_utf8())),
            '和' | '及' | '与' if depth <= 0 && joins(text, span, at, c) => {
                cuts.push((at - if c == '及' && text[..at].ends_with('以') { '以'.len_utf8() } else { 0 }, at + c.len_utf8()));
            }
            _ if depth <= 0 && reading.gap_before(at) && at > span.start && ends_unit(&text[span.start..at]) => cuts.push((at, at)),
            _ => {}
        }
    }
    let mut out: Vec<Span<Folded>> = Vec::new();
    let mut start = span.start;
    for (from, to) in cuts.into_iter().chain([(span.end, span.end)]) {
        if from >= start {
            let part = Span::new(start, from);
            // 市政府有关部门、单位: one word for all of them.
            let of_all =
                |last: &str| matches!(&text[part.range()], "单位" | "部门") && ["部门", "单位"].iter().any(|end| last.ends_with(end));
            match out.last_mut() {
                Some(last) if is_prefix(&text[last.range()]) && !text[..start].ends_with('，') || of_all(&text[last.range()]) => {
                    *last = last.join(part);
                }
                _ => out.push(part),
            }
            start = to;
        }
    }
    out.retain(|part| !text[part.range()].trim().is_empty());
    out
}

/// `各市`, `市`, `各省`, `县`: the first words of `各市、县（市、区）政府`, no unit by themselves.
fn is_prefix(part: &str) -> bool {
    // 各市、县、区政府: what was joined so far is still a first word.
    let part = part.trim().rsplit('、').next().unwrap_or(part);
    let bare = part.strip_prefix('各').unwrap_or(part);
    let bare = bare.strip_prefix("有关").or_else(|| bare.strip_prefix("相关")).unwrap_or(bare);
    let bare = bare.strip_suffix('）').and_then(|b| b.find('（').map(|at| &b[..at])).unwrap_or(bare);
    let of_a_kind = ["自治区", "直辖市", "自治州", "自治县"].contains(&bare);
    of_a_kind
        || !bare.is_empty()
            && bare.chars().all(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '级' | '设' | '地'))
            && bare.chars().count() <= 3
}

/// Whether 和 or 及 at `at` parts two units rather than standing in one's name (`人力资源和社会保障厅`, `发展和改革委员会`).
fn joins(text: &str, span: Span<Folded>, at: usize, joiner: char) -> bool {
    let left = text[span.start..at].trim_end_matches('以');
    let left = left.rsplit(['、', '，', '；', ' ']).next().unwrap_or(left);
    let right = &text[at + joiner.len_utf8()..span.end];
    let right = right.split(['、', '，', '；', ' ']).next().unwrap_or(right);
    (ends_unit(left) || others(left).is_some() || ["部门", "单位"].iter().any(|end| left.ends_with(end)))
        && !right.is_empty()
        && (agency::looks_like_unit(right.trim_end_matches('等'))
            || right.starts_with('各')
            || right.starts_with("有关")
            || right.starts_with("相关"))
        || left.ends_with(['府', '委', '局', '厅']) && right.chars().count() >= 2 && text[at..].contains("管委会")
}

fn ends_unit(text: &str) -> bool {
    text.trim().ends_with([
        '厅', '局', '委', '办', '部', '会', '府', '院', '社', '行', '署', '司', '心', '团', '组', '关', '校', '处', '所', '区', '）', '〕',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> (Vec<String>, bool) {
        let reading = Reading::new(text, 0);
        let units = read(&reading, reading.all());
        (units.names, units.open)
    }

    #[test]
    fn lists_of_units() {
        for (text, want, open) in [
            ("省财政厅、统计局等，十大产业推进组办公室", &["省财政厅", "省统计局", "十大产业推进组办公室"][..], true),
            ("省发改委　　省财政厅", &["省发改委", "省财政厅"], false),
            ("市商务委、市市场监管局及各区县政府", &["市商务委", "市市场监管局", "各区县政府"], false),
            ("省经信委，各市、县〔市、区〕政府", &["省经信委", "各市、县〔市、区〕政府"], false),
            ("省人力资源和社会保障厅、省发展和改革委员会", &["省人力资源和社会保障厅", "省发展和改革委员会"], false),
            ("省委组织部 省直机关工委 省发改委", &["省委组织部", "省直机关工委", "省发改委"], false),
            ("市发改委，各县（市、区）政府、市开发区管委会", &["市发改委", "各县（市、区）政府", "市开发区管委会"], false),
            ("省级各部门，各市、县、区政府", &["省级各部门", "各市、县、区政府"], false),
            ("省科技厅、省数据局等单位按职责分工负责", &["省科技厅", "省数据局"], true),
            ("省科技厅，各市人民政府结合实际落实", &["省科技厅", "各市人民政府"], false),
            ("发展改革委、国资委等国务院相关部门及各地区", &["发展改革委", "国资委", "各地区"], true),
            ("市水利局等市有关部门和各县区政府", &["市水利局", "各县区政府"], true),
            ("教育部，各省、自治区、直辖市人民政府", &["教育部", "各省、自治区、直辖市人民政府"], false),
            ("各设区市党委和政府、汉寿县委、县政府", &["各设区市党委", "各设区市政府", "汉寿县委", "汉寿县政府"], false),
            ("省委、省政府", &["省委", "省政府"], false),
            ("省财政厅，合肥、芜湖、马鞍山市人民政府", &["省财政厅", "合肥市人民政府", "芜湖市人民政府", "马鞍山市人民政府"], false),
            ("区民政局，大坪、石油路街道办事处", &["区民政局", "大坪街道办事处", "石油路街道办事处"], false),
            ("市文旅局<br>市财政局（2018年6月前）", &["市文旅局", "市财政局"], false),
            ("省法院、检察院、公安厅", &["省法院", "省检察院", "省公安厅"], false),
            ("云溪市鼎城区、桃源县政府", &["云溪市鼎城区", "桃源县政府"], false),
            ("鼎城区、桃源县政府", &["鼎城区政府", "桃源县政府"], false),
            ("石桥经开区、云溪旅游度假区管委会", &["石桥经开区管委会", "云溪旅游度假区管委会"], false),
            ("省农委，相关市、县政府", &["省农委", "相关市、县政府"], false),
            ("市级各有关部门及各县市区政府", &["市级各有关部门", "各县市区政府"], false),
            ("市政府有关部门、单位", &["市政府有关部门、单位"], false),
            ("各县区，市直相关部门", &["各县区", "市直相关部门"], false),
            ("市商务局按照职责分工牵头推进", &["市商务局"], false),
            ("省内高校、科研院所", &["省内高校", "科研院所"], false),
        ] {
            assert_eq!(names(text), (want.iter().map(|s| (*s).to_owned()).collect(), open), "{text}");
        }
    }
}
