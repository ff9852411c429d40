#include "model/rules/catalogue_ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "model/judge.hpp"
#include "model/rules/not_decided.hpp"

namespace interlock::model {
namespace {

using Ids = std::set<std::string_view>;

Ids parts_of(const Rule& rule) {
    Ids              parts{rule.id};
    std::string_view rest = rule.also;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        parts.insert(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return parts;
}

Ids ruled() {
    Ids all;
    for (const Rule& rule : rules())
        all.merge(parts_of(rule));
    return all;
}

Ids undecidable() {
    Ids all;
    for (const NotDecided& one : not_decided())
        all.insert(one.id);
    return all;
}

Ids catalogue() {
    Ids all(control_ids.begin(), control_ids.end());
    all.insert(data_ids.begin(), data_ids.end());
    return all;
}

TEST(Catalogue, NamesEachIdOnce) {
    EXPECT_EQ(catalogue().size(), control_ids.size() + data_ids.size());
}

TEST(Catalogue, EachIdIsRuledOrSaidToBeUndecidable) {
    const Ids granted(granted_ids.begin(), granted_ids.end());
    const Ids rule = ruled(), not_to_decide = undecidable();
    for (const std::string_view id : catalogue()) {
        const auto places = rule.count(id) + not_to_decide.count(id) + granted.count(id);
        EXPECT_EQ(places, 1U) << id;
    }
}

TEST(Catalogue, HasAllThatIsRuledOrUndecidable) {
    const Ids known = catalogue();
    // RUN-*, IRP-*: what no page of the switch has to forbid, because the kernel's do.
    for (const std::string_view id : ruled())
        EXPECT_TRUE(known.contains(id) || id.starts_with("RUN-") || id.starts_with("IRP-")) << id;
    for (const std::string_view id : undecidable())
        EXPECT_TRUE(known.contains(id)) << id;
}

TEST(Catalogue, WhatIsNotDecidedSaysWhy) {
    EXPECT_TRUE(std::ranges::is_sorted(not_decided(), {}, &NotDecided::id));
    EXPECT_EQ(undecidable().size(), not_decided().size());
    for (const NotDecided& one : not_decided()) {
        EXPECT_FALSE(one.page.empty() || one.page.ends_with(".md")) << one.id;
        EXPECT_TRUE(one.reason.ends_with('.')) << one.id;
    }
}

}  // namespace
}  // namespace interlock::model
