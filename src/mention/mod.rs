//! Which small facts stand in a clause? Quantities, periods, units, places, enterprises, citations, counted lists.
//!
//! `到2015年，装备工业实现主营业务收入3200亿元` holds the period 到2015年 and the quantity 3200亿元.

pub mod citation;
pub mod clause;
pub mod deadline;
pub mod enterprise;
pub mod list;
pub mod period;
pub mod quantity;
pub mod units;
