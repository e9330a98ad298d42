//! Are numbers, money, dates and places read as the public test suites expect?
