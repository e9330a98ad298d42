//! Which enterprise or body carries a project? `临江天山化工科技开发有限公司高性能碳纤维` is the company and what it builds.

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

/// Splits a project's item into owner and content: the owner reaches to the last ending of a body's name that is
/// followed by something to build. None where no body is named.
pub fn split_owner(item: &str) -> Option<(&str, &str)> {
    let end = ENDINGS
        .iter()
        .flat_map(|ending| item.match_indices(ending).map(|(at, _)| at + ending.len()))
        .filter(|end| owner_ends(item, *end))
        .max()?;
    Some((&item[..end], &item[end..]))
}

/// A body's name ends where content follows and no bracket stands open: not in `集团（大庆` nor before `公司总部`.
fn owner_ends(item: &str, end: usize) -> bool {
    let rest = &item[end..];
    let (owner, opened) = (&item[..end], item[..end].matches('（').count());
    !rest.is_empty()
        && owner.chars().count() > 2
        && opened == owner.matches('）').count()
        && (!rest.starts_with('城') || owner.ends_with("公司"))
        && !["总部", "化", "型", "级", "等", "的", "总公司", "分公司", "公司", "有限", "股份", "财务", "和", "及", "）"]
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
            ("临江现代农业园", None),
            ("某某集团", None),
        ] {
            assert_eq!(split_owner(item).map(|(owner, _)| owner), owner, "{item}");
        }
    }
}
