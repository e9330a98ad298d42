//! What is measured? Heads of indicators with their other names.
//!
//! `GDP` and `生产总值` are 地区生产总值; `合格碘盐覆盖率` is an indicator by its ending.

use std::sync::LazyLock;

use super::industry::Names;
pub use super::industry::Relation;

const INDICATORS: &str = include_str!("indicators.tsv");

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(INDICATORS));

/// Endings that make an indicator of what stands before them.
const ENDINGS: &[&str] = &[
    "率",
    "比重",
    "占比",
    "比例",
    "总额",
    "总值",
    "总量",
    "产值",
    "增加值",
    "收入",
    "投资",
    "投入",
    "产量",
    "产能",
    "销量",
    "面积",
    "里程",
    "容量",
    "浓度",
    "强度",
    "密度",
    "指数",
    "余额",
    "规模",
    "能力",
    "动力",
    "能耗",
    "水耗",
    "消耗",
    "消费量",
    "排放量",
    "用水量",
    "储备量",
    "开采量",
    "吞吐量",
    "交易额",
    "成交额",
    "销售额",
    "零售额",
    "贷款",
    "利税",
    "利润",
    "税收",
    "价格",
    "人数",
    "数量",
    "户数",
    "个数",
    "家数",
    "拥有量",
    "寿命",
    "年限",
    "时限",
    "时间",
    "成本",
    "费用",
    "增速",
    "增幅",
    "涨幅",
    "降幅",
    "水平",
    "程度",
    "满意度",
    "份额",
    "资产",
    "资金",
    "支出",
    "装机",
    "床位",
    "床位数",
    "次数",
    "天数",
    "件数",
    "库存",
    "用量",
    "储量",
    "存量",
    "缺口",
    "顺差",
    "额",
    "增长率",
    "贡献度",
    "覆盖面",
];

/// Words that end like an indicator and are none.
const NO_INDICATORS: &[&str] = &[
    "效率",
    "比率",
    "概率",
    "汇率",
    "利率",
    "税率",
    "频率",
    "金额",
    "名额",
    "超额",
    "大额",
    "全额",
    "足额",
    "同时间",
    "高水平",
    "招商引资和投资",
    "努力程度",
];

/// The head name of an indicator and how the name stands to it: `GDP` → 地区生产总值, equal.
pub fn canonical(name: &str) -> Option<(&'static str, Relation)> {
    NAMES.heads(name).first().copied()
}

/// The indicator heads that a text names, from left to right, the longest at each point, as printed, with their first byte.
pub fn find_in(text: &str) -> Vec<(usize, &'static str)> {
    NAMES.find_in(text)
}

/// The longest indicator head that `text` ends with: `全省规模以上工业主营业务收入` → 主营业务收入.
pub fn ending(text: &str) -> Option<&'static str> {
    NAMES.ending(text)
}

/// Whether a phrase reads as the name of an indicator, by the table or by its ending: `合格碘盐覆盖率`.
pub fn looks_like_indicator(text: &str) -> bool {
    if ending(text).is_some() {
        return true;
    }
    text.chars().count() >= 2
        && ENDINGS.iter().any(|end| text.ends_with(end))
        && !NO_INDICATORS.contains(&text)
}

/// How two names of indicators stand to each other; `None` where the table knows no relation.
pub fn relation(one: &str, other: &str) -> Option<Relation> {
    NAMES.relation(one, other)
}

/// Other names for an indicator, equal ones first: for search.
pub fn others(name: &str) -> Vec<(&'static str, Relation)> {
    NAMES.others(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tsv;

    #[test]
    fn every_indicator_is_found_in_its_example() {
        for [head, names, example] in tsv::rows(INDICATORS) {
            assert!(
                find_in(example).iter().any(|&(_, name)| name == head),
                "{example}"
            );
            assert_eq!(canonical(head), Some((head, Relation::Equal)), "{head}");
            for name in names.split(' ').filter(|name| !name.is_empty()) {
                let name = name.trim_end_matches('~');
                assert!(relation(name, head).is_some(), "{name} {head}");
            }
        }
    }

    #[test]
    fn an_ending_makes_an_indicator() {
        assert!(looks_like_indicator("合格碘盐覆盖率"));
        assert!(!looks_like_indicator("效率"));
        assert!(!looks_like_indicator("加强领导"));
        assert_eq!(ending("全省规模以上工业主营业务收入"), Some("主营业务收入"));
        assert_eq!(canonical("GDP"), Some(("地区生产总值", Relation::Equal)));
    }
}
