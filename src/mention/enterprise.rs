//! Which enterprise or body carries a project? `临江天山化工科技开发有限公司高性能碳纤维` is the company and what it builds.

use crate::lexicon::coined::coined_opening;

/// The endings of the names of bodies that carry projects, longest first where one ends another.
const ENDINGS: &[&str] = &[
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "集团公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
    "研究院",
    "研究所",
    "设计院",
    "科学院",
    "研究中心有限公司",
    "大学",
    "学院",
    "合作社",
    "农场",
    "总厂",
    "电厂",
    "钢厂",
    "药厂",
    "书店",
    "医院",
];

/// What an enterprise makes, at the end of its short name: `国达化工`, `桥头铝电`.
const TRADES: &[&str] = &["化工", "锂业", "铝业", "铜业", "镁业", "铝电", "钢铁", "重工", "锂电", "药业", "矿业", "实业", "科技", "股份"];

/// The short name of an enterprise that opens an item: words coined for it and its trade, and then what it builds.
fn short_name(item: &str) -> Option<usize> {
    let coined = coined_opening(item)?;
    // The first character of a trade may read as coined too: 锂 of 蓝科锂业.
    let starts = item.char_indices().map(|(at, _)| at).skip(2).take(2).filter(|at| *at <= coined);
    let end = starts
        .flat_map(|at| TRADES.iter().filter(move |trade| item[at..].starts_with(**trade)).map(move |trade| at + trade.len()))
        .next()?;
    let builds = item[end..].starts_with(|c: char| c.is_ascii_digit()) || item[end..].chars().count() >= 6;
    (builds && owner_ends(item, end)).then_some(end)
}

/// Splits a project's item into owner and content: the owner reaches to the last ending of a body's name that is
/// followed by something to build. None where no body is named.
pub fn split_owner(item: &str) -> Option<(&str, &str)> {
    let end = full_name(item).or_else(|| short_name(item))?;
    Some((&item[..end], &item[end..]))
}

fn full_name(item: &str) -> Option<usize> {
    ENDINGS.iter().flat_map(|ending| item.match_indices(ending).map(|(at, _)| at + ending.len())).filter(|end| owner_ends(item, *end)).max()
}

/// A body's name ends where content follows and no bracket stands open: not in `集团（大庆` nor before `公司总部`.
fn owner_ends(item: &str, end: usize) -> bool {
    let rest = &item[end..];
    let (owner, opened) = (&item[..end], item[..end].matches('（').count());
    // “…”大学|生创业扶持
    let students = rest.starts_with('生') && ["大学", "中学", "小学"].iter().any(|school| owner.ends_with(school));
    !rest.is_empty()
        && !students
        && owner.chars().count() > 2
        && opened == owner.matches('）').count()
        && (!rest.starts_with('城') || owner.ends_with("公司"))
        && ![
            "总部",
            "化",
            "型",
            "级",
            "园",
            "产业",
            "基地",
            "等",
            "的",
            "总公司",
            "分公司",
            "公司",
            "有限",
            "股份",
            "财务",
            "和",
            "及",
            "）",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners() {
        for (item, owner) in [
            ("东陶集团南山特种砖有限责任公司窑炉产品优化", Some("东陶集团南山特种砖有限责任公司")),
            ("白鹭（江北）乳品有限公司乳品加工", Some("白鹭（江北）乳品有限公司")),
            ("某某省华山集团江心岛文化景区", Some("某某省华山集团")),
            ("临江陶瓷研究所特种优质釉料生产基地", Some("临江陶瓷研究所")),
            ("中煤煤炭化工（集团）公司块状页岩炼油", Some("中煤煤炭化工（集团）公司")),
            ("蓝科锂业碳酸锂装置系统性优化改造", Some("蓝科锂业")),
            ("国达化工60万吨钾肥造粒", Some("国达化工")),
            ("高端化工新材料一体化项目", None),
            ("临江现代农业园", None),
            ("某某集团", None),
        ] {
            assert_eq!(split_owner(item).map(|(owner, _)| owner), owner, "{item}");
        }
    }
}
